# Prints the chains of the bridge family and one of its tables, each as a line of JSON; `@absent` or `@unusable WHY`
# where there is no nft that could, and `@ebtables TABLE CHAIN` for each chain of ebtables-legacy. Argument: the
# table.
if ! command -v nft >/dev/null 2>&1; then
  echo @absent
elif nft -j list chains bridge 2>/dev/null; then
  exec 4>&1
  said=$(nft -j list table bridge "$1" 2>&1 >&4) || case $said in *'No such file'*) ;; *) exit 1 ;; esac
else
  said=$(nft -j list chains bridge 2>&1 >/dev/null)
  case $said in *'not supported'* | *'not compiled'*) printf '@unusable %s\n' "$said" ;; *) exit 1 ;; esac
fi
command -v ebtables-legacy >/dev/null 2>&1 && for table in nat filter; do
  grep -qs "^ebtable_$table " /proc/modules &&
    ebtables-legacy -t "$table" -L | sed -n "s/^Bridge chain: \([^ ,]*\).*/@ebtables $table \1/p"
done
:
