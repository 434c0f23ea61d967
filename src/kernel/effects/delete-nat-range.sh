# Deletes the connections to a range of ports of an address. conntrack(8) filters by one port, not by a range, and one
# process per port could be thousands: the ports in use are listed first. Arguments: protocol, address, first and last
# port.
found=$(find_all "s/$ORIGINAL sport=[0-9]* dport=\\([0-9]*\\) .*/\\1/p" -p "$1" --orig-dst "$2")
case $found in *@all*) ;; *) not_all -p "$1" --orig-dst "$2" ;; esac
for port in ${found%@all}; do
  [ "$port" -lt "$3" ] || [ "$port" -gt "$4" ] || delete -p "$1" --orig-dst "$2" --orig-port-dst "$port" || exit
done
