# Prints the chains of the bridge family and one of its tables, each as a line of JSON. Prints `@absent` without nft,
# `@unusable REASON` if nft does not work, and `@ebtables TABLE CHAIN` for each chain of ebtables-legacy. Argument: the
# table.
if ! command -v nft >/dev/null 2>&1; then
  echo @absent
elif nft -j list chains bridge 2>/dev/null; then
  exec 4>&1
  errors=$(nft -j list table bridge "$1" 2>&1 >&4) || case $errors in *'No such file'*) ;; *) exit 1 ;; esac
else
  errors=$(nft -j list chains bridge 2>&1 >/dev/null)
  case $errors in *'not supported'* | *'not compiled'*) printf '@unusable %s\n' "$errors" ;; *) exit 1 ;; esac
fi
command -v ebtables-legacy >/dev/null 2>&1 && for table in nat filter; do
  grep -qs "^ebtable_$table " /proc/modules &&
    ebtables-legacy -t "$table" -L | sed -n "s/^Bridge chain: \([^ ,]*\).*/@ebtables $table \1/p"
done
:
