import type { Network } from './network.ts';
import { until } from './suite.ts';

/**
 * Files of Open vSwitch that record every change, its database and its logs. A snapshot lists the contents of the
 * database instead.
 */
const SWITCH_FILES = ['/run/openvswitch', '/var/log/openvswitch'].map((path) => `-o -path ${path}`).join(' ');

/** Files of the lab itself and of the tests, lock files, and the cache, which every read may write. */
const VOLATILE = [
  '/run/netloom/.cache',
  '/run/netloom-lab',
  '/run/netloom-guests',
  '/run/mount',
  "'/run/snapshot*'",
  "'/run/e2e-*'",
  '/run/lock',
  '/run/xtables.lock',
]
  .map((path) => `-path ${path}`)
  .join(' -o ');

/** Columns that the switch writes, ids of rows, counters of changes, and values derived from a random MAC. */
const WRITTEN_BY_SWITCH = [
  ...[
    '_uuid',
    'bridges',
    'ports',
    'interfaces',
    'cur_cfg',
    'next_cfg',
    'statistics',
    'status',
    'datapath_id',
    'ofport',
  ],
  ...[
    'ifindex',
    'mac_in_use',
    'admin_state',
    'link_state',
    'link_resets',
    'link_speed',
    'duplex',
    'mtu',
    'lacp_current',
  ],
].join('|');

/**
 * Prints all state of a node that netloom could change: links, addresses, routes, rules, firewalls, kernel parameters,
 * namespaces with their contents, files, processes. Values that change without netloom are left out by name.
 */
const SCRIPT = `
# Timers of bridges, and what follows from a device's age.
place() {
  echo "== $1: links and addresses"
  ip -j -d addr show | tr '{' '\\n' | sed -E 's/"[a-z_]*timer":[0-9.]*,?//g; s/"root_port":[0-9]*,?//g'
  echo "== $1: routes"
  ip -d -4 route show table all; ip -d -6 route show table all
  echo "== $1: rules"
  ip rule; ip -6 rule
  echo "== $1: firewall"
  # A table that was looked into once is there for ever, empty.
  { iptables-save 2>&1; ip6tables-save 2>&1; ebtables-nft-save 2>&1; iptables-legacy-save 2>&1; } \
    | perl -0pe 's/^# .*\\n//gm; s/^\\*\\w+\\n(?::[A-Z]+ ACCEPT \\[\\d+:\\d+\\]\\n)+COMMIT\\n//gm'
  nft list ruleset bridge 2>&1; ipset save 2>&1
  echo "== $1: kernel parameters"
  find /proc/sys/net -type f ! -name '*nf_conntrack_count' ! -name '*stable_secret' ! -name '*rss_key' \\
    ! -name '*tcp_fastopen_key' \\
    ! -path '/proc/sys/net/*/neigh/*' -exec grep -sH '' {} + | sort
}
if [ "$1" = inside ]; then place "$2"; exit; fi
place node
for name in $(ls /run/netns); do
  echo "== namespace $name"
  if [ -e "/run/netns/$name" ]; then nsenter --net="/run/netns/$name" sh "$0" inside "$name" 2>&1; fi
done
echo "== switch"
if [ -S /run/openvswitch/db.sock ]; then
  for bridge in $(ovs-vsctl --timeout=5 list-br); do
    ovs-vsctl --timeout=5 list-ports "$bridge" | sed "s/^/$bridge holds /"
  done
  # Each row on a line of its own: its table, its name, and the columns that the switch does not write.
  for table in Open_vSwitch Bridge Port Interface Mirror Manager Controller QoS Queue; do
    ovs-vsctl --timeout=5 list "$table" | grep -vE '^(${WRITTEN_BY_SWITCH}) *:' | tr -s ' ' |
      awk -v table="$table" 'function say() { if (row != "") print table row; row = "" }
        NF == 0 { say() } NF { row = row "; " $0 } END { say() }' | sort
  done
fi
echo "== files"
find /run /etc /var -xdev \\( ${VOLATILE} ${SWITCH_FILES} \\) -prune -o -type f -exec sha256sum {} + | sort -k2
find /run /etc /var -xdev \\( ${VOLATILE} ${SWITCH_FILES} \\) -prune -o -printf '%y %m %p %l\\n' | sort -k3
find /tmp -printf '%y %m %p\\n' | sort
echo "== processes"
me=$(readlink /proc/self/ns/uts)
for process in /proc/[0-9]*; do
  [ "$(readlink "$process/ns/uts")" = "$me" ] || continue
  args=$(tr '\\0' ' ' <"$process/cmdline" 2>/dev/null)
  case $args in *snapshot.sh* | *'/proc/[0-9]'* | '' | *'sleep 1000000'* | 'sort ' | 'tr '*) continue ;; esac
  echo "$args"
done | sort
`;

/** Returns the state of a node as text, with counters zeroed. Two snapshots are equal if nothing was left behind. */
export async function snapshot(network: Network, node: string): Promise<string> {
  const look = `cat >/run/snapshot.sh <<'END'\n${SCRIPT}\nEND\nsh /run/snapshot.sh 2>&1; rm /run/snapshot.sh`;
  // Duplicate address detection of a new link-local address takes a second or two, and a cable that was just plugged in
  // has no carrier, and so no such address, for a moment.
  const text = await until(
    () => network.in(node, look),
    (seen) => !seen.includes('"tentative":true') && !/"ifname":"eth\d+","flags":\["NO-CARRIER"/.test(seen),
  );
  return (
    text
      .split('\n')
      .filter((line) => !/^# (?:Generated|Completed) /.test(line) && !line.startsWith('# Warning'))
      .map((line) => line.replace(/\[\d+:\d+\]/, '[0:0]').trimEnd())
      // Lifetimes count down.
      .map((line) => line.replace(/(_life_time":)\d{1,9}\b|( expires )\d+sec/g, '$1$2…'))
      .join('\n')
  );
}

/** Returns the snapshot of every node of a network. */
export async function snapshots(network: Network): Promise<Record<string, string>> {
  const nodes = [...network.resolved.nodes.keys()];
  return Object.fromEntries(
    await Promise.all(nodes.map(async (node) => [node, await snapshot(network, node)] as const)),
  );
}

/** Returns the lines that differ between two snapshots: easier to read than two texts of a thousand lines. */
export function difference(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const [inA, inB] = [counts(a), counts(b)];
  return [
    ...a.filter((line) => (inA.get(line) ?? 0) > (inB.get(line) ?? 0)).map((line) => `- ${line}`),
    ...b.filter((line) => (inB.get(line) ?? 0) > (inA.get(line) ?? 0)).map((line) => `+ ${line}`),
  ];
}

function counts(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of lines) found.set(line, (found.get(line) ?? 0) + 1);
  return found;
}
