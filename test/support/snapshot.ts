import type { Shell } from '../../src/model/host.ts';
import type { TestNode } from './node.ts';

/**
 * What a snapshot leaves out before it is compared: numbers that the kernel assigns, and running timers. Counters are
 * zero.
 */
const NUMBERED = new Set([
  'ifindex', 'link_index', 'link_netnsid', 'operstate',
  'valid_life_time', 'preferred_life_time', 'tentative', 'dadfailed',
  // Bridge and port: numbers assigned in order of creation, and running timers.
  'no', 'id', 'port_id', 'designated_port', 'designated_cost', 'root_path_cost',
  'topology_change', 'topology_change_detected', 'topology_change_ack', 'config_pending',
  'hello_timer', 'tcn_timer', 'topology_change_timer', 'gc_timer', 'message_age_timer',
  'forward_delay_timer', 'hold_timer',
  'tso_max_size', 'tso_max_segs', 'num_tx_queues', 'num_rx_queues', 'hash_elasticity',
]); // prettier-ignore

/** Devices with a random MAC. */
const RANDOM_ADDRESS = /^(tap|p-|q(?:br|vb|vo)|br-int|br-other|br-third|ovs-netdev)/;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Returns a string, number or boolean as text; empty for any other value. */
export function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

interface Row {
  [key: string]: Json;
}

function strip(value: Json): Json {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !NUMBERED.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, strip(inner)]),
  );
}

/** True for an address that the kernel adds itself, some seconds after the link is up. */
function isKernels(row: Row): boolean {
  return row['family'] === 'inet6' && row['scope'] === 'link';
}

/** Returns a value as lines `path=value`, so that each difference is one line. */
function lines(value: Json, path: string): string[] {
  if (value === null || typeof value !== 'object') return [`${path}=${String(value)}`];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return [`${path}=${value.join(',')}`];
  return Object.entries(value).flatMap(([key, inner]) => lines(inner, path === '' ? key : `${path}.${key}`));
}

/**
 * Sorts addresses of a namespace, whose order matters only within one network. `deviceState` compares the order of the
 * node's own addresses.
 */
function byLocal(a: Row, b: Row): number {
  return a['prefixlen'] === b['prefixlen'] && a['prefixlen'] !== 32
    ? 0
    : plain(a['local']) < plain(b['local'])
      ? -1
      : 1;
}

function normalLinks(rows: Row[]): string[] {
  return rows
    .filter((row) => row['ifname'] !== undefined)
    .map((row) => {
      const addresses = ((row['addr_info'] ?? []) as Row[]).filter((a) => !isKernels(a)).sort(byLocal);
      // Carrier, and what depends on it, changes a moment after its cause.
      const flags = ((row['flags'] ?? []) as string[]).filter((flag) => flag !== 'LOWER_UP' && flag !== 'NO-CARRIER');
      const random = RANDOM_ADDRESS.test(plain(row['ifname'])) ? { address: 'random' } : {};
      return strip({ ...row, ...random, flags, addr_info: addresses }) as Row;
    })
    .sort((a, b) => (plain(a['ifname']) < plain(b['ifname']) ? -1 : 1))
    .flatMap((row) => lines(row, '').map((line) => `${plain(row['ifname'])} ${line}`))
    .filter((line) => !/info_slave_data\.state=(disabled|forwarding)$/.test(line));
}

/** Normalises routes in the order of the kernel, which lists those of one table by destination. */
function normalRoutes(rows: Row[]): string[] {
  return rows
    .filter((row) => row['dst'] !== undefined)
    .filter((row) => !(plain(row['dst']).includes(':') && row['protocol'] === 'kernel'))
    .map((row) =>
      JSON.stringify(
        strip({
          ...row,
          flags: ((row['flags'] ?? []) as string[]).filter((flag) => flag !== 'linkdown' && flag !== 'dead'),
        }),
      ),
    );
}

/**
 * Normalises rules: counters zero, no comments, tables sorted by name. A table without rules and user-defined chains
 * counts as absent.
 */
function normalRules(text: string): string[] {
  return text
    .split(/^(?=\*)/m)
    .map((table) => table.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((rows) => rows.some((line) => line.startsWith('-A') || / - \[/.test(line) || / DROP \[/.test(line)))
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .flatMap((rows) => rows.map((line) => line.replace(/\[\d+:\d+\]/, '[0:0]')));
}

/** The state of a node that netloom could change, per namespace, to be compared with `toEqual`. */
export type Snapshot = Record<string, string[]>;

const BODY = `
printf 'addr show\\nroute show table all\\nrule show\\n' | ip -j -d -batch -
ip -6 -j -d rule; echo
echo @save4; iptables-save 2>/dev/null; echo @save6; ip6tables-save 2>/dev/null
echo @sysctl; grep -sH '' /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_nonlocal_bind \\
  /proc/sys/net/ipv4/conf/*/arp_announce /proc/sys/net/ipv4/conf/*/arp_ignore \\
  /proc/sys/net/ipv4/conf/*/arp_notify /proc/sys/net/ipv4/conf/*/promote_secondaries \\
  /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv6/conf/*/forwarding \\
  /proc/sys/net/ipv6/conf/*/disable_ipv6 /proc/sys/net/ipv6/conf/*/accept_ra; :
`;

/** Lists what was written into the database of Open vSwitch, and the switch's errors. */
const SWITCH = `ovs-vsctl --timeout=5 \\
  -- --columns=name,datapath_type,fail_mode,external_ids,other_config,ports list Bridge \\
  -- --columns=name,tag,external_ids,other_config list Port \\
  -- --columns=name,type,mac,mtu_request,error,external_ids,options,other_config list Interface`;

/**
 * Normalises sets, which are sorted because ipset(8) prints them in the order of a hash. The kernel chooses the hash's
 * seed and size.
 */
function normalSets(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/ (?:hashsize|bucketsize|initval) \S+/g, ''));
}

/** Returns each row as one line; of the ids of a bridge's ports only their count matters. */
function normalRows(text: string): string[] {
  return text
    .split(/^(?=name )/m)
    .map((row) =>
      row
        .trim()
        .replace(/\s*\n\s*/g, '; ')
        .replace(/ +/g, ' ')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[,\]])/g, 'port'),
    )
    .filter((row) => row !== '')
    .sort();
}

const SCRIPT = `
BODY='${BODY.replaceAll("'", String.raw`'\''`)}'
echo "@namespace -"; sh -c "$BODY"
for n in /run/netns/* /run/netloom-guests/*; do [ -e "$n" ] || continue
  echo "@namespace $n"; nsenter --net="$n" sh -c "$BODY" || echo "@dead"; done
echo "@files"
[ -d /run/netloom ] &&
  find /run/netloom -type f ! -name leases ! -path '*/state/pid' -printf '%m %p\\n' -exec sha256sum {} + | sort
[ -d /run/netloom ] && find /run/netloom -type d | sort
echo "@processes"
for f in $(grep -lsaF /run/netloom/ /proc/[0-9]*/cmdline); do n=$(readlink "\${f%/cmdline}/ns/net") || continue
  at=; for m in /run/netns/*; do [ -e "$m" ] && [ "net:[$(stat -Lc %i "$m")]" = "$n" ] && at=$m; done
  echo "$at $(tr '\\0' ' ' <"$f")"; done | grep -v ' sh -c ' | sort
echo "@bridge"
nft -j list ruleset bridge 2>/dev/null; echo
echo "@sets"
ipset save 2>/dev/null | sort
echo "@switch"
[ ! -S /run/openvswitch/db.sock ] || ${SWITCH}
echo "@end"
`;

/**
 * Returns the tables of nft's bridge family: each object as one line, without its handle; the elements of a set are
 * sorted.
 */
function normalTables(text: string): string[] {
  const { nftables } = JSON.parse(text.trim() === '' ? '{"nftables":[]}' : text) as { nftables: Row[] };
  const objects = nftables.filter(({ metainfo }) => metainfo === undefined).flatMap((object) => Object.entries(object));
  return objects.map(([sort, row]) => {
    const { handle: _, elem = [], ...rest } = row as Row;
    const elements = (elem as Json[]).map((one) => JSON.stringify(one)).sort();
    return `${sort} ${JSON.stringify(rest)} ${elements.join(' ')}`;
  });
}

function parseNamespace(text: string): Snapshot {
  const part = (from: string, to: string): string => text.slice(text.indexOf(from) + from.length, text.indexOf(to));
  const [links = [], routes = [], ...policy] = text
    .slice(0, text.indexOf('@save4'))
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) => JSON.parse(line) as Row[]);
  return {
    links: normalLinks(links),
    routes: normalRoutes(routes),
    policy: policy.flat().map((row) => JSON.stringify(row)),
    rules4: normalRules(part('@save4', '@save6')),
    rules6: normalRules(part('@save6', '@sysctl')),
    sysctl: text
      .slice(text.indexOf('@sysctl') + 8)
      .split('\n')
      .filter((line) => line !== ''),
  };
}

/** Returns the normalised state of a node. */
export async function snapshot({ shell }: { readonly shell: Pick<Shell, 'read'> }): Promise<Snapshot> {
  const text = await shell.read(SCRIPT);
  const whole: Snapshot = {};
  const [namespaces = '', rest = ''] = text.split('@files\n');
  for (const part of namespaces.split(/^@namespace /m).slice(1)) {
    const name = part.slice(0, part.indexOf('\n'));
    for (const [key, value] of Object.entries(parseNamespace(part))) whole[`${name} ${key}`] = value;
  }
  const [files = '', processes = ''] = rest.split('@processes\n');
  whole['files'] = files.split('\n').filter((line) => line !== '');
  const [running = '', more = ''] = processes.split('@bridge\n');
  const [bridged = '', others = ''] = more.split('@sets\n');
  const [sets = '', rows = ''] = others.split('@switch\n');
  whole['processes'] = running.split('\n').filter((line) => line !== '');
  whole['bridged'] = normalTables(bridged);
  whole['sets'] = normalSets(sets);
  whole['switch'] = normalRows(rows.split('@end')[0] ?? '');
  return whole;
}

/**
 * Returns the addresses, in order, and the routes of one device in the node's own namespace; the device's name is
 * written NIC.
 */
export async function deviceState(node: TestNode, device: string): Promise<string[]> {
  const text = await node.sh(`ip -j -d addr show dev ${device}; echo; ip -j -d route show table all; echo`);
  const [addresses = '[]', ...routes] = text.split('\n').filter((line) => line.startsWith('['));
  const [link] = JSON.parse(addresses) as Row[];
  const named = (value: unknown): string =>
    JSON.stringify(value).replaceAll(`"${device}"`, '"NIC"').replaceAll(`"${device}:`, '"NIC:');
  const info = ((link?.['addr_info'] ?? []) as Row[]).filter((a) => !isKernels(a)).map((a) => named(strip(a)));
  const mine = routes
    .flatMap((line) => JSON.parse(line) as Row[])
    .filter((row) => row['dev'] === device || JSON.stringify(row['nexthops'] ?? []).includes(`"${device}"`))
    .filter((row) => !(row['protocol'] === 'kernel' && JSON.stringify(row).includes(':')) && !isLinkLocal(row));
  return [...info, ...normalRoutes(mine).map((line) => line.replaceAll(`"${device}"`, '"NIC"'))];
}

function isLinkLocal(row: Row): boolean {
  return /^(fe80|ff00)::/.test(plain(row['dst']));
}

/** Takes snapshots until one equals another (carrier and states take the kernel a moment), and returns the last one. */
export async function settled(node: TestNode, expected: Snapshot, limitMs = 1500): Promise<Snapshot> {
  const begin = Date.now();
  for (;;) {
    const seen = await snapshot(node);
    if (JSON.stringify(seen) === JSON.stringify(expected) || Date.now() - begin > limitMs) return seen;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
