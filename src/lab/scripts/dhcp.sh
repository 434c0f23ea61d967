# The script that the DHCP client of an instance calls: udhcpc with the event as argument, dhclient with it in `reason`
# (dhclient-words.sh precedes this). It changes only the device and the instance's own files.
# shellcheck disable=SC2154 # the variables are udhcpc's
self=$NETLOOM_GUEST

write_dns() {
  mkdir -p "$self/dns"
  {
    [ -z "${domain-}" ] || echo "search $domain"
    for server in ${dns-}; do echo "nameserver $server"; done
  } >"$self/dns/port-$interface"
  cat "$self"/dns/port-* >/etc/resolv.conf
}

set_route() { # DESTINATION GATEWAY
  if [ "$2" = 0.0.0.0 ]; then
    # If the guest has an address in that network, the kernel has added the route, with that address as source.
    ip -4 route show "$1" dev "$interface" proto kernel | grep -q . ||
      ip -4 route replace "$1" dev "$interface" scope link proto dhcp metric "${NETLOOM_METRIC:-0}"
  else
    ip -4 route replace "$1" via "$2" dev "$interface" onlink proto dhcp metric "${NETLOOM_METRIC:-0}"
  fi
}

# Sets the addresses that the guest has besides its lease. They follow the lease, so that the leased address is the
# source address.
set_others() {
  for own in $(echo "${NETLOOM_ADDRESSES-}" | tr , ' '); do
    [ "$own" = "$ip/${mask:-32}" ] || ip -4 address replace "$own" brd + dev "$interface"
  done
}

set_routes() {
  ip -4 route flush dev "$interface" proto dhcp
  # With classless routes the router option is ignored (RFC 3442).
  # shellcheck disable=SC2086 # words
  set -- ${staticroutes:-${msstaticroutes-}}
  if [ $# -eq 0 ]; then
    for gateway in ${router-}; do set -- 0.0.0.0/0 "$gateway"; break; done
  fi
  while [ $# -ge 2 ]; do
    set_route "$1" "$2"
    shift 2
  done
}

report() {
  {
    echo 'kind dhcp'
    echo "address $ip/${mask:-32}"
    echo "server ${serverid-}"
    echo "lease ${lease-}"
    echo "router ${router-}"
    echo "routes ${staticroutes:-${msstaticroutes-}}"
    echo "dns ${dns-}"
    echo "mtu ${mtu-}"
  } >"$self/lease/new-$interface"
  mv "$self/lease/new-$interface" "$self/lease/port-$interface"
}

case $1 in
deconfig)
  rm -f "$self/lease/port-$interface"
  ip -4 address flush dev "$interface"
  ip link set dev "$interface" up
  ;;
bound | renew)
  [ -z "${mtu-}" ] || ip link set dev "$interface" mtu "$mtu"
  ip -4 -o address show dev "$interface" | grep -q " $ip/${mask:-32} " || ip -4 address flush dev "$interface"
  ip -4 address replace "$ip/${mask:-32}" brd + dev "$interface"
  set_others
  set_routes
  write_dns
  report
  ;;
esac
exit 0
