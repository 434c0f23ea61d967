# Prints two lines (0 or 1): whether bridged frames pass iptables, and ip6tables. Prints nothing without br_netfilter.
for program in iptables ip6tables; do
  file=/proc/sys/net/bridge/bridge-nf-call-$program
  [ ! -r "$file" ] || { read -r value <"$file"; echo "$value"; }
done
