# The program that an instance runs in place of an operating system. For each port it waits until the device exists and
# has carrier, then runs a DHCP client on it (or sets the address, in a network without DHCP) until the device is
# deleted. It checks only after events: `ip monitor` and `netloom lab up` write into the pipe `events`.
#
# `port/port-DEVICE` is the desired state: `MODE VERSION METRIC ADDRESS/LENGTH,…|- GATEWAY|- MTU|-`. MODE is `static`,
# or `dhcp`: then the addresses are set besides the leased one. `client/port-DEVICE` is the current state: pid of the
# client, ifindex and version. Argument: the instance's name.
set -u
name=$1
self=/run/netloom-lab/instance/$name
NETLOOM_GUEST=$self
export NETLOOM_GUEST
mkdir -p "$self/port" "$self/client" "$self/lease" "$self/dns"
rm -f /etc/resolv.conf "$self/events"
: >/etc/resolv.conf
mkfifo "$self/events"
exec 4<>"$self/events"

dhcp_client() {
  if command -v udhcpc >/dev/null; then
    exec udhcpc -f -i "$1" -s /run/netloom-lab/bin/dhcp.sh -t 5 -T 1 -A 1 -O staticroutes -O msstaticroutes -O mtu \
      -x "hostname:$name"
  elif busybox udhcpc --help >/dev/null 2>&1; then
    exec busybox udhcpc -f -i "$1" -s /run/netloom-lab/bin/dhcp.sh -t 5 -T 1 -A 1 -O staticroutes -O msstaticroutes \
      -O mtu -x "hostname:$name"
  fi
  exec dhclient -4 -d -e "NETLOOM_GUEST=$self" -e "NETLOOM_METRIC=$NETLOOM_METRIC" \
    -e "NETLOOM_ADDRESSES=$NETLOOM_ADDRESSES" \
    -cf /run/netloom-lab/bin/dhclient.conf -sf /run/netloom-lab/bin/dhcp.sh -lf "$self/dhclient.$1.leases" \
    -pf "$self/dhclient.$1.pid" "$1"
}

keep_client() { # DEVICE
  client=
  trap '[ -z "$client" ] || kill "$client"; exit 0' TERM
  while :; do
    (dhcp_client "$1") >/dev/null 2>&1 & client=$!
    wait "$client"
    sleep 1 & client=$!
    wait "$client"
  done
}

set_static() { # DEVICE METRIC ADDRESSES GATEWAY MTU
  [ "$5" = - ] || ip link set dev "$1" mtu "$5"
  for own in $(echo "$3" | tr , ' '); do ip -4 address replace "$own" brd + dev "$1"; done
  [ "$4" = - ] || ip -4 route replace default via "$4" dev "$1" onlink proto static metric "$2"
  printf 'kind static\naddress %s\n' "${3%%,*}" >"$self/lease/port-$1"
}

stop() { # DEVICE PID
  if [ "$2" != 0 ]; then
    kill "$2"
    wait "$2"
  fi 2>/dev/null
  rm -f "$self/client/port-$1" "$self/lease/port-$1"
  ip -4 address flush dev "$1" 2>/dev/null
}

start() { # DEVICE STATE
  case $mode in
  dhcp)
    NETLOOM_METRIC=$metric NETLOOM_ADDRESSES=${addresses#-}
    export NETLOOM_METRIC NETLOOM_ADDRESSES
    keep_client "$1" 4>&- &
    echo "$! $2" >"$self/client/port-$1"
    ;;
  static)
    set_static "$1" "$metric" "$addresses" "$gateway" "$mtu"
    echo "0 $2" >"$self/client/port-$1"
    ;;
  esac
}

# Sets "want" to the desired state of a device, as "IFINDEX VERSION"; empty if the device does not exist or has no
# carrier.
look() { # DEVICE
  want=
  [ -e "/sys/class/net/$1/ifindex" ] || return 0
  { read -r ifindex <"/sys/class/net/$1/ifindex" && read -r flags <"/sys/class/net/$1/flags"; } 2>/dev/null || return 0
  [ $((flags & 1)) = 1 ] || ip link set dev "$1" up
  carrier=0
  { read -r carrier <"/sys/class/net/$1/carrier"; } 2>/dev/null
  [ "$carrier" != 1 ] || want="$ifindex $version"
}

check() {
  for file in "$self"/port/port-* "$self"/client/port-*; do
    [ -e "$file" ] || continue
    device=${file##*/}
    device=${device#port-}
    mode=none version=- metric=0 addresses=- gateway=- mtu=-
    { read -r mode version metric addresses gateway mtu <"$self/port/port-$device"; } 2>/dev/null
    want=
    [ "$mode" = none ] || look "$device"
    pid=0 have=
    { read -r pid have <"$self/client/port-$device"; } 2>/dev/null
    [ "$have" != "$want" ] || continue
    [ -z "$have" ] || stop "$device" "$pid"
    [ -z "$want" ] || start "$device" "$want"
  done
}

(while :; do ip -o monitor link; sleep 1; done) >&4 2>/dev/null &
# There may have been an event before the monitor listened.
(sleep 0.3; echo start >&4) &
while :; do
  check
  read -r _ <&4
done
