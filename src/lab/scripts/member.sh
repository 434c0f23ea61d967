# The first process of a node, an instance or an outside host, in its new net, mount and UTS namespaces: makes the
# member's own files, prints `KIND NAME PID` on stdout, and keeps running. Arguments: kind, name.
set -eu
kind=$1
name=$2
base=/run/netloom-lab
self=$base/$kind/$name
exec 3>&1 >"$self/log" 2>&1 </dev/null

hostname "$name" || hostname "$(printf %s "$name" | tr _ -)" || :
mount -t sysfs sysfs /sys
mkdir -p "$self/etc" "$self/work" "$self/var" "$self/tmp" "$self/run/netns" "$self/run/lock" \
  "$self/run/netloom-lab" "$self/run/netloom-guests"
chmod 1777 "$self/tmp"
cp -r "$base/var/." "$self/var/"
if ! mount -t overlay -o "lowerdir=$base/etc,upperdir=$self/etc,workdir=$self/work" overlay /etc 2>/dev/null; then
  cp -r "$base/etc/." "$self/etc/"
  mount --bind "$self/etc" /etc
fi
echo "$name" >/etc/hostname
printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 %s\n' "$name" >/etc/hosts
mount --bind "$self/var" /var
mount --bind "$self/tmp" /tmp
mount --bind "$base" "$self/run/netloom-lab"
mount --rbind "$self/run" /run
ip link set dev lo up
cd /

echo "$$" >"$self/pid"
echo "$kind $name $$" >&3
exec 3>&-
[ "$kind" != instance ] || exec sh /run/netloom-lab/bin/guest.sh "$name"
while :; do sleep 1000000 & wait "$!"; done
