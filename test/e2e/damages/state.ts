import type { Network } from '../support/network.ts';

/**
 * Prints what a damage can change on a node and an apply must restore, one fact a line. Left out: what the kernel and
 * the switch number or count, neighbours that are learned, contents of a daemon's state folder, the cache of netloom.
 */
const SCRIPT = `
inside() {
  ip -d -o link show | sed 's/^/link /'
  ip -o addr show | sed 's/^/addr /'
  { ip -4 route show table all; ip -6 route show table all; } | sed 's/^/route /'
  { ip rule; ip -6 rule; } | sed 's/^/rule /'
  { ip neigh show nud permanent; ip neigh show proxy; } | sed 's/^/neigh /'
  { ip xfrm policy; ip xfrm state; } | sed 's/^/xfrm /'
  tc qdisc show | sed 's/^/qdisc /'
  bridge fdb show | grep -E 'permanent|static' | sed 's/^/fdb /'
  for save in iptables-save ip6tables-save iptables-legacy-save ebtables-nft-save; do
    $save 2>/dev/null | perl -0pe 's/^#.*\\n//gm; s/^\\*\\w+\\n(?::[A-Z]+ ACCEPT(?: \\[\\d+:\\d+\\])?\\n)+(?:COMMIT)?\\n*//gm' |
      sed "s/^/$save /"
  done
  nft list tables | grep -vE '^table (ip|ip6) (raw|mangle|nat|filter|security)$|^table bridge (nat|filter)$' |
    while read -r _ family name; do nft list table "$family" "$name"; done | sed 's/^/nft /'
  ipset save | sed 's/^/ipset /'
  find /proc/sys/net -type f ! -name '*nf_conntrack_count' ! -name '*stable_secret' ! -name '*rss_key' \\
    ! -name '*tcp_fastopen_key' ! -path '/proc/sys/net/*/neigh/*' -exec grep -sH '' {} + | sed 's/^/sysctl /'
}
if [ "$1" = inside ]; then inside; exit; fi
inside 2>&1 | sed 's/^/node /'
for name in $(ls /run/netns); do
  echo "netns $name"
  nsenter --net="/run/netns/$name" sh "$0" inside 2>&1 | sed "s/^/$name /"
done
find /run/netloom -path /run/netloom/.cache -prune -o -printf 'file %y %m %u %p %l\\n'
find /run/netloom -path /run/netloom/.cache -prune -o -type f ! -path '*/state/*' -exec sha256sum {} + | sed 's/^/file /'
for process in /proc/[0-9]*; do
  read -r name <"$process/comm" || continue
  case $name in dnsmasq | haproxy) ;; *) continue ;; esac
  state=$(sed -n 's/^State:.\\([A-Z]\\).*/\\1/p' "$process/status")
  case $state in R | S | D) state=alive ;; esac
  echo "process $state $(tr '\\0' ' ' <"$process/cmdline")"
done 2>/dev/null
if [ -S /run/openvswitch/db.sock ]; then
  for bridge in $(ovs-vsctl --timeout=5 list-br); do
    ovs-vsctl --timeout=5 list-ports "$bridge" | sed "s/^/ovs $bridge holds /"
  done
  ovs-vsctl --timeout=5 -f csv --no-headings --columns=name,external_ids,other_config,datapath_type,fail_mode,controller list bridge |
    sed 's/^/ovs bridge /'
  ovs-vsctl --timeout=5 -f csv --no-headings --columns=name,external_ids,tag,trunks,vlan_mode,other_config,qos list port |
    sed 's/^/ovs port /'
  ovs-vsctl --timeout=5 -f csv --no-headings --columns=name,external_ids,type,options,mac,error,ingress_policing_rate list interface |
    sed 's/^/ovs interface /'
fi
`;

const PATH = '/run/e2e-damage-state.sh';

/** Puts the script on a node, where it runs once for each damage. */
export async function prepareState(network: Network, node: string): Promise<void> {
  await network.in(node, `cat >${PATH} <<'END'\n${SCRIPT}\nEND`);
}

/** Returns the state of a node as sorted lines: equal if nothing of a damage is left. */
export async function stateOf(network: Network, node: string): Promise<string> {
  const text = await network.in(node, `sh ${PATH} 2>&1`);
  return text.split('\n').map(normalised).filter(Boolean).sort().join('\n');
}

/** MACs that netloom does not set are random, and differ after a device was recreated. */
const RANDOM_MAC = /\b(?!fa:16:3e|33:33|01:00:5e|00:00:00|ff:ff:ff)[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/g;

function normalised(line: string): string {
  const plain = line
    .replace(/ (link|addr) \d+: /, ' $1 ')
    .replace(/ [a-z_]*timer +[\d.]+/g, '')
    .replace(/(?:link-netnsid|numtxqueues|numrxqueues|root_port|port_id|port_no|ifindex|designated_\w+) \S+/g, '')
    .replace(/@if\d+|\bbridge_id \S+|\broot_path_cost \d+/g, '')
    .replace(/,?(?:NO-CARRIER|LOWER_UP|M-DOWN)\b|\bstate \w+ /g, '')
    .replace(/\[\d+:\d+\]/g, '')
    .replace(/packets \d+ bytes \d+/g, '')
    .replace(/(?:valid_lft|preferred_lft|expires) \S+/g, '')
    .replace(RANDOM_MAC, 'MAC');
  // Link-local addresses and multicast groups follow from MACs and what is up.
  return /fe80:| fdb (?:33:33|01:00:5e):/.test(plain) ? '' : plain.replace(/\s+/g, ' ').trim();
}
