# Deletes the connections to a range of ports of an address. conntrack(8) filters by one port, not by a range, and one
# process per port could be thousands: the ports in use are listed first. Arguments: protocol, address, first and last
# port.
conntrack -L -p "$1" --orig-dst "$2" 2>/dev/null |
  sed -n 's/ dport=\([0-9]*\) .*/ \1/p' | sed 's/.* //' | sort -u | while read -r port; do
  [ "$port" -lt "$3" ] || [ "$port" -gt "$4" ] || conntrack -D -p "$1" --orig-dst "$2" --orig-port-dst "$port"
done
