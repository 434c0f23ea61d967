# Prints the state of each member: a line `member KIND NAME`, its devices and addresses as one line of JSON, `runs
# DAEMON` for each daemon of Open vSwitch that runs in it, then for an instance its DHCP leases, as `lease DEVICE KEY
# VALUE` (runs.sh precedes this).
set -u
for dir in /run/netloom-lab/node/* /run/netloom-lab/instance/* /run/netloom-lab/host/*; do
  pid=
  { read -r pid <"$dir/pid"; } 2>/dev/null || continue
  [ -e "/proc/$pid/ns/net" ] || continue
  kind=${dir%/*}
  echo "member ${kind##*/} ${dir##*/}"
  nsenter "--net=/proc/$pid/ns/net" -- ip -j address show || echo '[]'
  for name in ovsdb-server ovs-vswitchd; do
    if runs "$dir/run/openvswitch" "$pid" "$name"; then echo "runs $name"; fi
  done
  for lease in "$dir"/lease/port-*; do
    [ -f "$lease" ] || continue
    while read -r key value; do echo "lease ${lease##*/port-} $key $value"; done <"$lease"
  done
done
