# Prints `@table TABLE`, then the chains of the bridge family and one of its tables, each as a line of JSON; `@none`
# instead of a table that does not exist. Prints `@absent` without nft, `@unusable REASON` if nft does not work, and
# `@ebtables TABLE CHAIN` for each chain of ebtables-legacy. Argument: the table.
exec 3>&1
printf '@table %s\n' "$1"
if ! command -v nft >/dev/null 2>&1; then
  echo @absent
elif errors=$(nft -j list chains bridge 2>&1 >&3); then
  errors=$(nft -j list table bridge "$1" 2>&1 >&3) || case $errors in
  *'No such file'*) echo @none ;;
  *) printf '%s\n' "$errors" >&2; exit 1 ;;
  esac
else
  code=$?
  case $errors in
  *'not supported'* | *'not compiled'*) printf '@unusable %s\n' "$errors" ;;
  *) printf '%s\n' "$errors" >&2; exit "$code" ;;
  esac
fi
command -v ebtables-legacy >/dev/null 2>&1 || exit 0
# Listing a table would load it.
[ ! -r /proc/modules ] || while read -r module _; do
  case $module in ebtable_nat | ebtable_filter) ;; *) continue ;; esac
  list=$(ebtables-legacy -t "${module#ebtable_}" -L) || exit
  printf '%s\n' "$list" | sed -n "s/^Bridge chain: \([^ ,]*\).*/@ebtables ${module#ebtable_} \1/p"
done </proc/modules
