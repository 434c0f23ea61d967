# Ends the daemons that have a state folder among their arguments and run in this namespace; PID is a file. A process of
# the node's own namespace must be root's, or named in that file: any user can start a process with any arguments.
runs_as() { # PID STATE PROGRAM...
  words=$({ tr '\0' '\n' <"/proc/$1/cmdline"; } 2>/dev/null) || return 1
  case $words in *"$2"*) : ;; *) return 1 ;; esac
  first=${words%%
*}
  shift 2
  for program; do [ "${first##*/}" = "$program" ] && return 0; done
  return 1
}
end_daemon() { # OWN STATE PROGRAM...
  own=$1
  shift
  here=$(readlink /proc/self/ns/net)
  grep -lsaF -- "$1" /proc/[0-9]*/cmdline | while read -r file; do
    pid=${file#/proc/}
    pid=${pid%/cmdline}
    runs_as "$pid" "$@" || continue
    [ "$(readlink "/proc/$pid/ns/net")" = "$here" ] || continue
    if [ "$own" = 1 ] && [ "$(stat -c %u "/proc/$pid" 2>/dev/null)" != 0 ]; then
      [ "$(cat "$1/pid" 2>/dev/null)" = "$pid" ] || continue
    fi
    kill -TERM "$pid" 2>/dev/null
    kill -CONT "$pid" 2>/dev/null
    i=0
    while runs_as "$pid" "$@"; do
      if [ "$i" -ge 250 ]; then
        kill -KILL "$pid"
        break
      fi
      sleep 0.02
      i=$((i + 1))
    done
  done
  return 0
}
