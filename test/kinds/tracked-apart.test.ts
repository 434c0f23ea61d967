import { describe, expect, test } from 'vitest';
import { trackedApart } from '../../src/kinds/chain/tracked-apart.ts';
import { CHAIN } from '../../src/kinds/chain/spec.ts';
import type { Change } from '../../src/model/change.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Observed } from '../../src/model/resource.ts';
import { contextOf, viewOf } from '../support/view.ts';

const SESSION = { client: '198.51.100.7', clientPort: 50022, server: '192.0.2.9', serverPort: 2222 };
const BY_BRIDGE = '-i brq1 -m comment --comment "Set zone for x" -j CT --zone 4097';
const BY_TAP = '-m physdev --physdev-in tap1 -m comment --comment "Set zone for x" -j CT --zone 4097';
const STATEFUL = [
  ':INPUT DROP [0:0]',
  '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A INPUT -p tcp -m tcp --dport 2222 -m conntrack --ctstate NEW -j ACCEPT',
];

/** What else differs: the chain, its rules before, and the connection to the node. */
interface Given {
  readonly name?: string;
  readonly before?: readonly string[];
  readonly session?: object | null;
}

/** Returns what a chain with these rules takes from a node with these rules of its own. */
function taken(
  rules: readonly string[],
  own: readonly string[],
  { name = '4/raw/agent-PREROUTING', before = [], session = SESSION }: Given = {},
): unknown {
  const view = viewOf('n1', [{ netns: null, save4: `*filter\n${own.join('\n')}\nCOMMIT\n` }], {
    values: { 'ssh-session': session ?? undefined },
  });
  const ref = { node: 'n1', netns: null, kind: CHAIN, name };
  const observed: Observed = { ...ref, owner: 'ours', spec: { builtin: false, rules: before } };
  const change: Change = {
    ...ref,
    address: `n1/-/chain/${name}`,
    action: 'update',
    reason: '',
    impact: 'none',
    fields: [],
    desired: { ...ref, spec: { builtin: false, rules }, origin: { path: '' } },
    observed,
  };
  return trackedApart(change, contextOf(desiredGraph('demo', ['n1'], []), [view]));
}

describe('SSH by a bridge whose frames are tracked in a zone of their own', () => {
  test.each([
    ['a policy', STATEFUL, '-P INPUT DROP'],
    [
      'a rule for INVALID',
      [':INPUT ACCEPT [0:0]', '-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      '-A INPUT -m conntrack --ctstate INVALID -j DROP',
    ],
  ])('is dropped by %s', (_, own, rule) => {
    expect(taken([BY_TAP, BY_BRIDGE], own)).toEqual([
      {
        takes: 'passage',
        device: 'brq1',
        rule,
        hint: 'on n1: iptables -I INPUT -i brq1 -p tcp --dport 2222 -j ACCEPT',
      },
    ]);
  });

  test.each([
    ['no filter', taken([BY_BRIDGE], [])],
    ['a rule without states', taken([BY_BRIDGE], [...STATEFUL, '-A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT'])],
    ['taps alone', taken([BY_TAP], STATEFUL)],
    ['a rule that exists', taken([BY_BRIDGE], STATEFUL, { before: [BY_BRIDGE] })],
    ['the other family', taken([BY_BRIDGE], STATEFUL, { name: '6/raw/agent-PREROUTING' })],
    ['another table', taken([BY_BRIDGE], STATEFUL, { name: '4/filter/agent-INPUT' })],
    ['no connection over SSH', taken([BY_BRIDGE], STATEFUL, { session: null })],
  ])('passes with %s', (_, found) => {
    expect(found).toEqual([]);
  });
});
