# Prints what filters packets in this namespace besides the iptables that netloom works with: a line of JSON for each
# nft table with a chain at an IP or bridge hook, without the elements of its named sets; and after `@iptables FAMILY
# PROGRAM` the tables of the other variant of iptables. Prints `@unreadable WHAT` for what exists and cannot be read.
chains=$(nft -j list chains 2>/dev/null | sed 's/{"chain": /\
&/g' | grep '"hook": "\(prerouting\|input\|forward\|output\|postrouting\)"')
# The tables of iptables-nft have built-in chains.
builtin='"family": "ip6*", "table": "\(raw\|mangle\|nat\|filter\|security\)", "name": "[A-Z]*"'
[ -z "$chains" ] || printf '%s\n' "$chains" | grep -v "$builtin" |
  sed -n 's/.*"family": "\(ip\|ip6\|inet\|bridge\)", "table": "\([^"]*\)".*/\1 \2/p' | sort -u |
  while read -r family table; do
    case "$family $table" in
    'bridge netloom-'*) ;;
    *[!A-Za-z0-9_./\ -]*) echo "@unreadable an nft table of the family $family with an unusual name" ;;
    *)
      nft -j -t list table "$family" "$table" 2>/dev/null || nft -j list table "$family" "$table" 2>/dev/null ||
        echo "@unreadable the nft table $family $table"
      ;;
    esac
  done
for version in '' 6; do
  legacy='' translated=''
  { [ -r "/proc/net/ip${version}_tables_names" ] && read -r legacy <"/proc/net/ip${version}_tables_names"; } 2>/dev/null
  [ -z "$chains" ] || translated=$(printf '%s\n' "$chains" | grep "\"family\": \"ip$version\"" | grep "$builtin")
  [ -n "$legacy$translated" ] || continue
  own=$(command -v "ip${version}tables-save") && own=$(readlink -f "$own")
  case $own in
  *nft*) other=legacy exists=$legacy ;;
  *) other=nft exists=$translated ;;
  esac
  if [ -z "$own" ] || [ -z "$exists" ]; then continue; fi
  program=ip${version}tables-$other
  if saved=$("$program-save" 2>/dev/null); then
    printf '@iptables %s %s\n%s\n' "${version:-4}" "$program" "$saved"
  else
    echo "@unreadable the tables of $program"
  fi
done
:
