# Prints what ovs-vsctl(8) lists, or `@silence WHY` where it gets no answer; `@answer CODE`, where 0 means that
# ovs-vswitchd lives; and `@module` where its module is loaded. Arguments: what is to be listed.
ovs-appctl --timeout=3 -t ovs-vswitchd version >/dev/null 2>&1 &
asked=$!
if said=$(ovs-vsctl --timeout=5 --format=json "$@" 2>&1); then
  printf '%s\n' "$said"
else
  printf '@silence %s\n' "$(printf %s "$said" | tr '\n' ' ')"
fi
wait "$asked"
echo "@answer $?"
{ while read -r module _; do [ "$module" != openvswitch ] || echo @module; done </proc/modules; } 2>/dev/null
:
