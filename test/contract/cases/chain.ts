import { chain, tableMarker } from '../../../src/kinds/chain/spec.ts';
import { policy } from '../../../src/kinds/policy/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { ROUTER, node, router, varied } from './objects.ts';

const natPlace = { ...ROUTER, family: 4, table: 'nat' } as const;

const CHAIN_RULES = [
  '-d 203.0.113.5/32 -j DNAT --to-destination 10.0.0.5',
  '-s 10.0.0.0/24 -m comment --comment "a \\"quoted\\" one # no" -j RETURN',
];

const inner = chain({ ...natPlace, chain: 'neutron-l3-agent-PREROUTING' }, CHAIN_RULES, ORIGIN);

const other = chain({ ...natPlace, chain: 'neutron-l3-agent-OUTPUT' }, [], ORIGIN);

const jumps = chain(
  { ...natPlace, chain: 'PREROUTING' },
  ['-j neutron-l3-agent-PREROUTING', '-j neutron-l3-agent-OUTPUT'],
  ORIGIN,
);

const six = chain(
  { ...ROUTER, family: 6, table: 'mangle', chain: 'neutron-l3-agent-scope' },
  ['-i qr-1 -j MARK --set-xmark 0x4000000/0xffff0000'],
  ORIGIN,
);

const nodeNat = { node, netns: null, family: 4, table: 'nat' } as const;

const marker = tableMarker(nodeNat, 'demo', ORIGIN);

const nodeChain = chain({ ...nodeNat, chain: 'neutron-l3-agent-PREROUTING' }, CHAIN_RULES, ORIGIN);

const nodeSecond = chain({ ...nodeNat, chain: 'neutron-l3-agent-snat' }, [], ORIGIN);

const nodeJumps = chain({ ...nodeNat, chain: 'PREROUTING' }, ['-j neutron-l3-agent-PREROUTING'], ORIGIN);

const forward = policy({ ...ROUTER, family: 6, table: 'filter', chain: 'FORWARD' }, ORIGIN);

const security = policy({ ...ROUTER, family: 4, table: 'security', chain: 'OUTPUT' }, ORIGIN);

/** Chains of iptables and ip6tables, and their policies. */
export const CHAINS: readonly KindCase[] = [
  {
    title: 'chain',
    base: [router],
    object: inner,
    updates: {
      rules: varied(inner, { rules: ['-p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697', CHAIN_RULES[1] ?? ''] }),
    },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'built-in chain',
    base: [router, varied(inner, { rules: [] }), other],
    object: jumps,
    updates: { rules: varied(jumps, { rules: [...jumps.spec.rules].reverse() }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'chain of ip6tables',
    base: [router],
    object: six,
    updates: { rules: varied(six, { rules: [] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'chain of the node itself',
    base: [marker],
    object: nodeChain,
    updates: { rules: varied(nodeChain, { rules: [] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'built-in chain of the node itself',
    base: [marker, nodeChain, nodeSecond],
    object: nodeJumps,
    updates: { rules: varied(nodeJumps, { rules: ['-j neutron-l3-agent-snat', '-j neutron-l3-agent-PREROUTING'] }) },
    damages: {},
    fixed: { builtin: 'part of the name' },
  },
  {
    title: 'mark of a table of the node itself',
    // Whatever existed before, all tables exist after the first listing.
    setup: 'iptables-restore --noflush </dev/null; iptables -t nat -S >/dev/null',
    base: [],
    object: marker,
    updates: {},
    damages: { rules: 'iptables -t nat -A netloom-demo -j RETURN' },
    fixed: { builtin: 'part of the name' },
  },
  ...[forward, security].map((object): KindCase => {
    return {
      title: `policy ${object.name}`,
      setup: 'iptables-restore --noflush </dev/null',
      base: [router],
      object,
      updates: {},
      damages: {},
      fixed: { policy: 'only DROP is observed' },
    };
  }),
];
