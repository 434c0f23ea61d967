# Pid 1 of a lab: makes the mount namespace from which every member is copied (own /run, /tmp, /var and /etc, all else
# read-only), holds the lock of a running lab, and reaps. If it is killed, the whole lab ends. Argument: the state
# directory, which contains `lock` and `bin/`. Prints `ready` on stdout.
set -eu
state=$1
base=/run/netloom-lab
# The pid as seen from outside; it must be read before /proc is this namespace's own.
read -r outer_pid _ </proc/self/stat
: >>"$state/lock"
# Opened for reading, because / cannot become read-only while a file is open for writing.
exec 9<"$state/lock"
flock -w 5 9 || { echo "another lab of this name holds $state/lock" >&2; exit 1; }
rm -f "$state/pid"

mount -t proc proc /proc
resolv=$(cat /etc/resolv.conf 2>/dev/null || :)
mount -t tmpfs -o mode=755 netloom /run
mkdir -p /run/netns /run/lock "$base/bin" "$base/etc" "$base/node" "$base/instance" "$base/host" "$base/var" "$base/tmp"
cp "$state"/bin/* "$base/bin/"
mount -t sysfs sysfs /sys

# Files that an ordinary user cannot read (shadow, private keys) are left out.
cp -r /etc/. "$base/etc/" 2>/dev/null || :
rm -f "$base/etc/resolv.conf"
printf '%s\n' "$resolv" >"$base/etc/resolv.conf"
for name in backups cache lib lib/dhcp lib/misc local log mail opt spool tmp; do mkdir -p "$base/var/$name"; done
ln -s /run "$base/var/run"
ln -s /run/lock "$base/var/lock"
chmod 1777 "$base/tmp" "$base/var/tmp"

echo "$outer_pid" >"$state/pid.new"
mv "$state/pid.new" "$state/pid"

mount --bind "$base/etc" /etc
mount --bind "$base/var" /var
mount --bind "$base/tmp" /tmp
mount -t tmpfs -o mode=1777 netloom /dev/shm 2>/dev/null || :
# Everything else is the host's and becomes read-only. In a user namespace the flags of a mount are locked, so they are
# repeated.
while read -r _ at _ options _; do
  case $at in /proc | /proc/* | /sys | /sys/* | /dev | /dev/* | /run | /run/* | /etc | /var | /tmp) continue ;; esac
  case ,$options, in *,ro,*) continue ;; esac
  flags=
  for flag in nosuid nodev noexec noatime nodiratime relatime; do
    case ,$options, in *,$flag,*) flags=$flags,$flag ;; esac
  done
  at=$(printf '%b' "$at")
  mount -o "remount,bind,ro$flags" "$at" 2>/dev/null || echo "warning: $at stays writable" >&2
done </proc/self/mounts

# The lab's switches are in this namespace: they forward frames and have no addresses.
for name in all default; do
  echo 1 >"/proc/sys/net/ipv6/conf/$name/disable_ipv6" 2>/dev/null || :
done
for name in iptables ip6tables arptables; do
  echo 0 >"/proc/sys/net/bridge/bridge-nf-call-$name" 2>/dev/null || :
done
ip link set dev lo up
hostname netloom-lab || :
cd /
: >"$base/ready"
echo ready
exec </dev/null >/dev/null 2>&1
while :; do sleep 1000000 & wait "$!"; done
