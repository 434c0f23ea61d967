# Prints the state of a lab: the devices as one line of JSON, then per member `KIND NAME PID SWITCH SPEC`; SWITCH is
# `switch` if Open vSwitch runs in it, else `-` (runs.sh precedes this).
set -u
ip -j link show
for dir in /run/netloom-lab/node/* /run/netloom-lab/instance/* /run/netloom-lab/host/*; do
  [ -d "$dir" ] || continue
  pid=0 spec=- switch=-
  { read -r pid <"$dir/pid"; read -r spec <"$dir/spec"; } 2>/dev/null
  [ -d "/proc/$pid/ns" ] || pid=0
  if runs "$dir/run/openvswitch" "$pid" ovsdb-server && runs "$dir/run/openvswitch" "$pid" ovs-vswitchd; then
    switch=switch
  fi
  kind=${dir%/*}
  printf '%s %s %s %s %s\n' "${kind##*/}" "${dir##*/}" "$pid" "$switch" "$spec"
done
