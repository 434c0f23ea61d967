# Deletes the connections of many addresses. Of many ports that lose the same, few have such a connection: who has is
# asked once, not once for each. Arguments: `src` or `dst`, the addresses with a blank before and behind each, and the
# filter.
side=$1 wanted=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed "s/ $side=/\n/" | sed -n 'n;s/ .*//p' | sort -u | while read -r one; do
  case $wanted in *" $one "*) conntrack -D "$@" "--orig-$side" "$one" ;; esac
done
