import { expect, test } from 'vitest';
import { netnsKind } from '../../src/kinds/netns/index.ts';
import { DEFAULT_RULES } from '../../src/kernel/netlink/rule.ts';
import { viewOf } from '../support/view.ts';

const IPV4 = DEFAULT_RULES.filter(({ family }) => family === 4);

/** Returns the rules that are missed in a namespace with only the IPv4 rules and these kernel parameters. */
function missed(parameters: Readonly<Record<string, string>>): unknown {
  const values = {
    l3: { rules: IPV4, neighbours: [], policies: [], states: [] },
    sysctl: new Map(Object.entries(parameters)),
    'service-parameters': new Map(),
  };
  const view = viewOf('n1', [{ netns: 'qrouter-1', alias: 'netloom:demo', values }]);
  return [...netnsKind.observe(view, 'demo')].map(({ spec }) => spec.lostRules);
}

test('a kernel without IPv6 (ipv6.disable=1) has lost no rule of it', () => {
  expect(missed({ 'net/ipv4/ip_forward': '1' })).toEqual([undefined]);
});

test('a namespace with IPv6 has lost its rules', () => {
  expect(missed({ 'net/ipv4/ip_forward': '1', 'net/ipv6/conf/all/forwarding': '0' })).toEqual([
    ['-6 rule add pref 0 from all lookup local', '-6 rule add pref 32766 from all lookup main'],
  ]);
});
