# Makes the DHCP clients of an instance give up their leases and ask again, and prints for each port `DEVICE BEFORE
# ADDRESS MTU`, with `-` for an unknown value, or `DEVICE static`. The instance's own program starts a client that ended
# (guest.sh). Runs in the instance. Argument: its name.
set -u
self=/run/netloom-lab/instance/$1
most=150

lease() { # DEVICE KEY
  value=
  while read -r key rest; do [ "$key" != "$2" ] || value=${rest%%/*}; done <"$self/lease/port-$1" 2>/dev/null
  echo "${value:--}"
}

children() { # PID
  for stat in /proc/[0-9]*/stat; do
    { read -r child _ _ parent _ <"$stat"; } 2>/dev/null || continue
    [ "$parent" != "$1" ] || echo "$child"
  done
}

asked=
for file in "$self"/client/port-*; do
  [ -e "$file" ] || continue
  device=${file##*/port-}
  read -r keeper _ <"$file"
  if [ "$keeper" = 0 ]; then
    echo "$device static"
    continue
  fi
  before=$(lease "$device" address)
  rm -f "$self/lease/port-$device" "$self/dhclient.$device.leases"
  client=$(children "$keeper")
  # udhcpc releases its lease on SIGUSR2; dhclient ends.
  # shellcheck disable=SC2086 # words
  [ -z "$client" ] || kill -USR2 $client 2>/dev/null
  asked="$asked $device=$before=$keeper"
done
[ -z "$asked" ] || sleep 0.2
for one in $asked; do
  # shellcheck disable=SC2046 # words
  kill $(children "${one##*=}") 2>/dev/null
done
for one in $asked; do
  device=${one%%=*}
  before=${one#*=}
  while [ ! -e "$self/lease/port-$device" ] && [ "$most" -gt 0 ]; do
    most=$((most - 1))
    sleep 0.1
  done
  mtu=-
  { read -r mtu <"/sys/class/net/$device/mtu"; } 2>/dev/null
  if [ -e "$self/lease/port-$device" ]; then
    echo "$device ${before%%=*} $(lease "$device" address) $mtu"
  else
    echo "$device ${before%%=*} - $mtu"
  fi
done
