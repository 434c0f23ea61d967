import type { MechanismName } from '../../../src/topology/defaults.ts';
import { NAME } from './network.ts';

/** A common command that deletes marks of ours among other things. */
export interface Wipe {
  readonly what: string;
  readonly script: string;
  /** Only over this mechanism. */
  readonly only?: MechanismName;
}

const each = (programs: string, tables: string, command: string): string =>
  `for p in ${programs}; do for t in ${tables}; do ${command}; done; done`;
const BOTH = 'iptables ip6tables';
const ALL = 'filter raw mangle nat';
const clearAliases = (enter: string, links: string): string =>
  `for l in $(${enter} ${links}); do ${enter} ip link set dev "$l" alias ''; done`;
const EACH_NETNS = 'for n in $(ls /run/netns); do';
const clearRows = (...tables: readonly string[]): string =>
  `for t in ${tables.join(' ')}; do for u in $(ovs-vsctl --bare --columns=_uuid list $t); do
     ovs-vsctl clear $t $u external_ids; done; done`;

/** Each is one command of an operator or a service's restart, or some of them together. */
export const WIPES: readonly Wipe[] = [
  { what: 'nft flush ruleset', script: 'nft flush ruleset' },
  { what: 'iptables -F; -X in all tables', script: each(BOTH, ALL, '$p -t $t -F; $p -t $t -X') },
  { what: 'iptables -F; -X of IPv4', script: each('iptables', ALL, '$p -t $t -F; $p -t $t -X') },
  { what: 'ip6tables -F; -X', script: each('ip6tables', ALL, '$p -t $t -F; $p -t $t -X') },
  { what: 'iptables -F; -X of the filter table', script: each(BOTH, 'filter', '$p -t $t -F; $p -t $t -X') },
  { what: 'iptables -F', script: each(BOTH, ALL, '$p -t $t -F') },
  { what: 'iptables -X, which is refused for most chains', script: each(BOTH, ALL, '$p -t $t -X || true') },
  { what: 'an empty table restored', script: each(BOTH, ALL, String.raw`printf '*%s\nCOMMIT\n' $t | $p-restore`) },
  { what: 'ipset destroy, after the rules', script: `${each(BOTH, ALL, '$p -t $t -F; $p -t $t -X')}; ipset destroy` },
  { what: 'ipset flush', script: 'ipset flush' },
  { what: 'our nft table deleted', script: `nft delete table bridge netloom-${NAME}` },
  { what: 'the bridge family of nft flushed', script: 'nft flush ruleset bridge' },
  { what: 'the marker chains deleted', script: each(BOTH, 'filter raw', `$p -t $t -X netloom-${NAME}`) },
  { what: 'the marker chain of one table deleted', script: `iptables -t filter -X netloom-${NAME}` },
  { what: 'the marker chain of ip6tables’ raw table deleted', script: `ip6tables -t raw -X netloom-${NAME}` },
  { what: 'rm -rf /run/netloom', script: 'rm -rf /run/netloom' },
  {
    what: 'empty folders left by an apply that died',
    script: `mkdir -p /run/netloom/${NAME}/dhcp/00000000-0000-4000-8000-000000000000 /run/netloom/${NAME}/metadata/x/y`,
  },
  { what: 'rm -rf /run/netloom; nft flush ruleset', script: 'rm -rf /run/netloom; nft flush ruleset' },
  {
    what: 'the aliases of all bridges cleared',
    script: clearAliases('', `ip -br link show type bridge | sed 's/[@ ].*//'`),
  },
  { what: 'the aliases of lo cleared in each namespace', script: `${EACH_NETNS} ip -n $n link set lo alias ''; done` },
  { what: 'external_ids of ports cleared', script: clearRows('Port'), only: 'openvswitch' },
  { what: 'external_ids of bridges cleared', script: clearRows('Bridge'), only: 'openvswitch' },
];
