# Prints what ovs-vsctl(8) lists, or `@silence REASON` if it gets no answer; `@answer CODE`, where 0 means that
# ovs-vswitchd runs; and `@module` if its kernel module is loaded. Arguments: those of ovs-vsctl.
(
  said=$(ovs-appctl --timeout=3 -t ovs-vswitchd version 2>&1) || exit
  case $said in ovs-vswitchd*) ;; *) exit 1 ;; esac
) &
appctl=$!
exec 3>&1
errors=$(ovs-vsctl --timeout=5 --format=json "$@" 2>&1 >&3)
code=$?
case $code:$errors in
0:*) ;;
# SIGALRM is what ends ovs-vsctl after its time.
142:* | *'connection failed'*) printf '@silence %s\n' "$(printf %s "$errors" | tr '\n' ' ')" ;;
*) printf '%s\n' "$errors" >&2; exit "$code" ;;
esac
wait "$appctl"
echo "@answer $?"
[ ! -r /proc/modules ] || while read -r module _; do [ "$module" != openvswitch ] || echo @module; done </proc/modules
