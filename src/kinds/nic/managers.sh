# Prints a line for each link that another program manages: `networkd FILE:…`, `NetworkManager FILE:…`, or `dhcp` and
# the command line of a client that runs in our namespace. No line of this script begins with the name of a client: the
# process that reads the node has this text in its command line.
[ ! -d /run/systemd/netif/links ] ||
  grep -sHE '^ADMIN_STATE=(configured|configuring|pending|linger)' /run/systemd/netif/links/* | sed 's/^/networkd /'
[ ! -d /run/NetworkManager/devices ] ||
  grep -sHE '^managed=true' /run/NetworkManager/devices/* | sed 's/^/NetworkManager /'
found=$(grep -lsaE '(^|/)(dhclient|dhcpcd|udhcpc|busybox.udhcpc)' /proc/[0-9]*/cmdline)
[ -z "$found" ] || me=$(readlink /proc/self/ns/net)
for f in $found; do
  [ "$(readlink "${f%/cmdline}/ns/net")" = "$me" ] && printf 'dhcp %s\n' "$(tr '\0\n' '  ' <"$f")"
done
:
