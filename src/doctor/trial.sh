# Tries features in the temporary namespaces that it is started in, and prints of each `ID TAB EXIT-CODE TAB
# FIRST-LINE`. Arguments, of each feature: its id, the lines of sh that try it, and what those read from stdin.
mount -t tmpfs -o mode=755 tmpfs /run || exit 99
export LC_ALL=C
while [ $# -ge 3 ]; do
  output=$(printf %s "$3" | sh -c "$2" 2>&1)
  printf '%s\t%s\t%s\n' "$1" "$?" "$(printf '%s\n' "$output" | head -n 1)"
  shift 3
done
