import { kindWord } from '../../src/model/resource.ts';
import { expect, test } from 'vitest';
import { withMarkers } from '../../src/compile/markers.ts';
import { antiSpoof } from '../../src/kinds/anti-spoof/spec.ts';
import { chain } from '../../src/kinds/chain/spec.ts';
import { ipset, setName } from '../../src/kinds/ipset/spec.ts';
import type { Family } from '../../src/model/command.ts';
import type { Resource } from '../../src/model/resource.ts';

function stands(netns: string | null, family: Family, table: string, name: string): Resource {
  return chain({ node: 'n', netns, family, table, chain: name }, [], { path: 'routers.r' });
}

test('each table of a node’s own namespace has one mark, before the objects that it marks', () => {
  const inside = stands('qrouter-1', 4, 'nat', 'neutron-l3-agent-snat');
  expect(withMarkers('demo', [inside])).toEqual([inside]);
  const found = withMarkers('demo', [
    inside,
    stands(null, 4, 'nat', 'neutron-l3-agent-snat'),
    stands(null, 4, 'nat', 'PREROUTING'),
    stands(null, 4, 'filter', 'neutron-l3-agent-INPUT'),
    stands(null, 6, 'filter', 'neutron-l3-agent-INPUT'),
  ]);
  expect(found.filter(({ name }) => name.includes('netloom'))).toMatchObject([
    { netns: null, name: '4/nat/netloom-demo', spec: { builtin: false, rules: [] } },
    { netns: null, name: '4/filter/netloom-demo' },
    { netns: null, name: '6/filter/netloom-demo' },
  ]);
  expect(found.findIndex(({ name }) => name === '4/nat/netloom-demo')).toBeLessThan(
    found.findIndex(({ netns, name }) => netns === null && name === '4/nat/PREROUTING'),
  );
});

test('a set is identified by the mark of the filter table of its IP version', () => {
  const name = setName(6, 'cccccccc-0000-0000-0000-000000000001');
  const set = ipset({ node: 'n' }, name, { family: 6, members: [] }, { path: 'security_groups.g' });
  expect(withMarkers('demo', [set])).toMatchObject([
    { kind: 'chain', netns: null, name: '6/filter/netloom-demo' },
    set,
  ]);
});

test('each node with a guarded tap has one nft table, before its taps', () => {
  const origin = { path: 'instances.a' };
  const guarded = (node: string, device: string): Resource =>
    antiSpoof({ node, device }, { macs: [], sources: [] }, origin);
  const found = withMarkers('demo', [guarded('n', 'tap1'), guarded('m', 'tap2'), guarded('n', 'tap3')]);
  expect(found.map(({ node, kind, name }) => `${node} ${kindWord(kind)} ${name}`)).toEqual([
    'n nft-table netloom-demo',
    'm nft-table netloom-demo',
    'n anti-spoof tap1',
    'm anti-spoof tap2',
    'n anti-spoof tap3',
  ]);
  expect(found[0]?.origin).toEqual(origin);
});
