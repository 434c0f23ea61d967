#!/bin/sh
# Translates dhclient's variables into udhcpc's: sets $1 to the event, and the variables to the values of the lease.
# shellcheck disable=SC2034,SC2154 # the variables are dhclient's, and dhcp.sh's

prefix_length() { # 255.255.255.0
  bits=0
  for part in $(echo "$1" | tr . ' '); do
    while [ "$part" -gt 0 ]; do
      bits=$((bits + part % 2))
      part=$((part / 2))
    done
  done
  echo "$bits"
}
classless_routes() { # the bytes of option 121
  while [ $# -gt 4 ]; do
    length=$1 bytes=$((($1 + 7) / 8)) network=
    shift
    for octet in 1 2 3 4; do
      if [ "$octet" -le "$bytes" ]; then network=$network.$1; shift; else network=$network.0; fi
    done
    printf '%s/%s %s.%s.%s.%s ' "${network#.}" "$length" "$1" "$2" "$3" "$4"
    shift 4
  done
}
if [ -n "${reason-}" ]; then
  case $reason in
  PREINIT | EXPIRE | FAIL | STOP | RELEASE) set -- deconfig ;;
  BOUND | REBOOT) set -- bound ;;
  RENEW | REBIND) set -- renew ;;
  *) set -- ignored ;;
  esac
  ip=${new_ip_address-} mask=$(prefix_length "${new_subnet_mask-255.255.255.255}")
  router=${new_routers-} dns=${new_domain_name_servers-} domain=${new_domain_name-} mtu=${new_interface_mtu-}
  serverid=${new_dhcp_server_identifier-} lease=${new_dhcp_lease_time-}
  # shellcheck disable=SC2086 # words
  staticroutes=$(classless_routes ${new_rfc3442_classless_static_routes-})
fi
