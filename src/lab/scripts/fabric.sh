# Functions that change a running lab. A shell in the namespace of the lab's switches reads them before their calls.
set -eu
base=/run/netloom-lab

# Kills all processes of a member. They share its UTS namespace, also those with their own net or mount namespace.
kill_all_of() { # PID
  [ -e "/proc/$1/ns/uts" ] || return 0
  exec 5<"/proc/$1/ns/uts"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    found=
    for process in /proc/[0-9]*; do
      if [ "$process/ns/uts" -ef /proc/self/fd/5 ]; then found="$found ${process#/proc/}"; fi
    done
    [ -n "$found" ] || break
    # shellcheck disable=SC2086 # words
    kill -9 $found 2>/dev/null || :
    sleep 0.01
  done
  exec 5<&-
}

forget_guest() { # NAME: deletes the file in its node that holds the namespace
  for node in "$base"/node/*; do
    read -r pid 2>/dev/null <"$node/pid" || continue
    # shellcheck disable=SC2016 # for the inner shell
    nsenter "--mount=/proc/$pid/ns/mnt" -- sh -c '
      [ ! -e "$1" ] || { umount "$1"; rm -f "$1"; }' sh "/run/netloom-guests/$1" || :
  done
}

remove_member() { # KIND NAME
  pid=
  { read -r pid <"$base/$1/$2/pid"; } 2>/dev/null || :
  [ -z "$pid" ] || kill_all_of "$pid"
  [ "$1" != instance ] || forget_guest "$2"
  rm -rf "$base/${1:?}/${2:?}"
}

start_member() { # KIND NAME
  rm -rf "$base/${1:?}/${2:?}"
  mkdir -p "$base/$1/$2"
  unshare -n -m -u --propagation private sh "$base/bin/member.sh" "$1" "$2" 2>"$base/$1/$2/log" </dev/null &
}

show_guest() { # NODE-PID NAME PID: mounts the guest's namespace as a file in its node
  # shellcheck disable=SC2016 # for the inner shell
  nsenter "--mount=/proc/$1/ns/mnt" -- sh -ec '
    file=/run/netloom-guests/$1
    [ ! -e "$file" ] || { umount "$file" || :; rm -f "$file"; }
    : >"$file"
    mount --bind "/proc/$2/ns/net" "$file"' sh "$2" "$3"
}

set_ports() { # NAME [DEVICE LINE]...
  dir=$base/instance/$1
  shift
  mkdir -p "$dir/port"
  devices=' '
  while [ $# -ge 2 ]; do
    printf '%s\n' "$2" >"$dir/port-new"
    mv "$dir/port-new" "$dir/port/port-$1"
    devices="$devices$1 "
    shift 2
  done
  for file in "$dir"/port/port-*; do
    case $devices in *" ${file##*/port-} "*) ;; *) rm -f "$file" ;; esac
  done
  if [ -p "$dir/events" ]; then echo ports >"$dir/events"; fi
}

set_listen() { # KIND NAME PID [PORT]...
  dir=$base/$1/$2 name=$2 ns=/proc/$3/ns
  shift 3
  if [ -f "$dir/listen.pid" ]; then
    read -r old <"$dir/listen.pid"
    kill -9 "-$old" 2>/dev/null || :
    rm -f "$dir/listen.pid"
  fi
  [ $# -gt 0 ] || return 0
  setsid nsenter "--net=$ns/net" "--uts=$ns/uts" -- perl "$base/bin/listen.pl" "$name" "$@" \
    </dev/null >"$dir/listen.log" 2>&1 &
  echo "$!" >"$dir/listen.pid"
}

start_switch() { # NODE PID: prints `switch NODE` when the node's Open vSwitch answers
  if nsenter "--net=/proc/$2/ns/net" "--mount=/proc/$2/ns/mnt" "--uts=/proc/$2/ns/uts" -- \
    sh "$base/bin/openvswitch.sh" </dev/null >"$base/node/$1/switch.log" 2>&1; then
    echo "switch $1"
  fi
}

set_spec() { # KIND NAME SPEC
  printf '%s\n' "$3" >"$base/$1/$2/spec.new"
  mv "$base/$1/$2/spec.new" "$base/$1/$2/spec"
}
