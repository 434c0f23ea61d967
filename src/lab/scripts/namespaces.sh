# Prints the addresses in each named network namespace of each node: a line `namespace NODE NAME`, then its devices and
# addresses as one line of JSON.
set -u
for dir in /run/netloom-lab/node/*; do
  pid=
  { read -r pid <"$dir/pid"; } 2>/dev/null || continue
  for mount in "/proc/$pid/root/run/netns"/*; do
    [ -e "$mount" ] || continue
    echo "namespace ${dir##*/} ${mount##*/}"
    # A namespace that is about to be created or deleted cannot be entered.
    nsenter "--net=$mount" -- ip -j address show 2>/dev/null || echo '[]'
  done
done
