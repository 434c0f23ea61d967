# Prints the programs that are missing, and the version of iptables(8). Arguments: the programs.
for program in "$@"; do
  command -v "$program" >/dev/null 2>&1 || printf '%s\n' "$program"
done
iptables --version
