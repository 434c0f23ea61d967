/**
 * What each member has: a line `member KIND NAME`, its devices and addresses as one line of JSON, then for an instance
 * what its DHCP clients were told, as `lease DEVICE KEY VALUE`.
 */
export const STATUS_SCRIPT = `set -u
for dir in /run/netloom-lab/node/* /run/netloom-lab/instance/* /run/netloom-lab/host/*; do
  pid=
  { read -r pid <"$dir/pid"; } 2>/dev/null || continue
  [ -e "/proc/$pid/ns/net" ] || continue
  kind=\${dir%/*}
  echo "member \${kind##*/} \${dir##*/}"
  nsenter "--net=/proc/$pid/ns/net" -- ip -j address show || echo '[]'
  for lease in "$dir"/lease/port-*; do
    [ -f "$lease" ] || continue
    while read -r key value; do echo "lease \${lease##*/port-} $key $value"; done <"$lease"
  done
done
`;
