# Deletes the connections of many addresses. Of many ports that lose a permission, few have such a connection: conntrack
# lists the connections once, and is not run once per address. Arguments: `src` or `dst`; the addresses with a blank
# before and after each; the filter.
side=$1 addresses=$2
shift 2
# The first address of a side is that of the original direction.
found=$(find_all "s/^[^=]*\\( src=[^ ]*\\)\\{0,1\\} $side=\\([^ ]*\\).*/\\2/p" "$@")
case $found in *@all*) ;; *) not_all "$@" ;; esac
for one in $found; do
  case $addresses in *" $one "*) delete "$@" "--orig-$side" "$one" || exit ;; esac
done
