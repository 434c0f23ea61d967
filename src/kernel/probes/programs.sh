# Prints the programs that are missing, and the versions of iptables(8) and ip6tables(8). Arguments: the programs.
for program in "$@"; do
  command -v "$program" >/dev/null 2>&1 || printf '%s\n' "$program"
done
iptables --version && ip6tables --version
