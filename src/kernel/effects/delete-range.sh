# Deletes the connections that match a filter of conntrack(8) and go to a port of a range. conntrack(8) filters by one
# port, not by a range, and one process per port could be thousands: the ports in use are listed first. Arguments: first
# and last port, the filter.
first=$1 last=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed -n 's/ dport=\([0-9]*\) .*/ \1/p' | sed 's/.* //' | sort -u | while read -r port; do
  [ "$port" -lt "$first" ] || [ "$port" -gt "$last" ] || conntrack -D "$@" --orig-port-dst "$port"
done
