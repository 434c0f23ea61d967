# Deletes the connections that match a filter of conntrack(8) and go to a port of a range. conntrack(8) filters by one
# port, not by a range, and one process per port could be thousands: the ports in use are listed first. Arguments: first
# and last port, the filter.
first=$1 last=$2
shift 2
found=$(find_all "s/$ORIGINAL sport=[0-9]* dport=\\([0-9]*\\) .*/\\1/p" "$@")
case $found in *@all*) ;; *) not_all "$@" ;; esac
for port in ${found%@all}; do
  [ "$port" -lt "$first" ] || [ "$port" -gt "$last" ] || delete "$@" --orig-port-dst "$port" || exit
done
