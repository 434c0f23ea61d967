# Deletes the connections that a filter of conntrack(8) finds, of those only what is for a port from the first to the
# last. conntrack(8) finds connections by one port, not by a range, and one process for each port would be thousands:
# it is asked which there are. Arguments: first and last port, and the filter.
first=$1 last=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed -n 's/ dport=\([0-9]*\) .*/ \1/p' | sed 's/.* //' | sort -u | while read -r port; do
  [ "$port" -lt "$first" ] || [ "$port" -gt "$last" ] || conntrack -D "$@" --orig-port-dst "$port"
done
