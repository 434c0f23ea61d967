# Deletes the connections of many addresses. Of many ports that lose a permission, few have such a connection: conntrack
# lists the connections once, and is not run once per address. Arguments: `src` or `dst`; the addresses with a blank
# before and after each; the filter.
side=$1 addresses=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed "s/ $side=/\n/" | sed -n 'n;s/ .*//p' | sort -u | while read -r one; do
  case $addresses in *" $one "*) conntrack -D "$@" "--orig-$side" "$one" ;; esac
done
