# Prints two lines: whether bridged frames are handed to iptables, and to ip6tables. Nothing without br_netfilter.
for program in iptables ip6tables; do
  file=/proc/sys/net/bridge/bridge-nf-call-$program
  [ ! -r "$file" ] || { read -r value <"$file"; echo "$value"; }
done
