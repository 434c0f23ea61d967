# Prints what ovs-vsctl(8) lists, or `@silence REASON` if it gets no answer; `@answer CODE`, where 0 means that
# ovs-vswitchd runs; and `@module` if its kernel module is loaded. Arguments: those of ovs-vsctl.
ovs-appctl --timeout=3 -t ovs-vswitchd version >/dev/null 2>&1 &
appctl=$!
if output=$(ovs-vsctl --timeout=5 --format=json "$@" 2>&1); then
  printf '%s\n' "$output"
else
  printf '@silence %s\n' "$(printf %s "$output" | tr '\n' ' ')"
fi
wait "$appctl"
echo "@answer $?"
{ while read -r module _; do [ "$module" != openvswitch ] || echo @module; done </proc/modules; } 2>/dev/null
:
