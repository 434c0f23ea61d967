import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { addressOf } from '../../src/model/resource.ts';
import { topologyDocs } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';
import { renamed } from './renamed.ts';

/** The graph of a document without the locations in its file. */
function graphOf(doc: object): ReadonlyMap<string, unknown> {
  const { graph } = compiled(stringify(doc));
  return new Map(
    [...graph.resources.values()].map((resource) => [
      addressOf(resource),
      { ...resource, origin: undefined, lineOrigins: undefined },
    ]),
  );
}

test('an entry with another key and renamed_from compiles to the same objects', () => {
  fc.assert(
    fc.property(topologyDocs(), fc.infiniteStream(fc.boolean()), (doc, choices) => {
      const after = renamed(doc, (section) => section !== 'instances' && choices.next().value === true);
      const [old, fresh] = [graphOf(doc), graphOf(after)];
      if (!isDeepStrictEqual(old, fresh)) expect(fresh).toEqual(old);
    }),
    { numRuns: 10 },
  );
});

test('an instance with another key keeps all but its stand-in in a lab and its metadata', () => {
  fc.assert(
    fc.property(topologyDocs(), (doc) => {
      const after = renamed(doc, (section) => section === 'instances');
      const [old, fresh] = [graphOf(doc), graphOf(after)];
      for (const [address, resource] of fresh) {
        const hasName = JSON.stringify(resource).includes('new-vm') || address.includes('/metadata/');
        if (hasName) continue;
        expect(old.get(address), address).toEqual(resource);
      }
      expect(fresh.size).toBe(old.size);
    }),
    { numRuns: 5 },
  );
});

describe('renamed_from', () => {
  const network = (key: string, from?: string): string => `
name: t
physical_networks: { wire: {} }
networks: { ${key}: { ${from === undefined ? '' : `renamed_from: ${from}, `}physical_network: wire } }
`;
  const idOf = (text: string, key: string): string | undefined => compiled(text).resolved.networks.get(key)?.id;

  test('names the first key: it stays when the key changes again', () => {
    const first = idOf(network('a'), 'a');
    expect(idOf(network('b', 'a'), 'b')).toBe(first);
    expect(idOf(network('c', 'a'), 'c')).toBe(first);
    expect(idOf(network('c', 'b'), 'c')).not.toBe(first);
  });

  test('of a subnet changes no other id of a network that is called interfaces', () => {
    const portOf = (subnet: string): string | undefined =>
      compiled(`
name: t
physical_networks: { wire: {} }
nodes: { n: { reach: { via: lab }, roles: [network], nics: { eth1: { physical_network: wire } } } }
networks: { interfaces: { physical_network: wire, dhcp: { node: n }, subnets: { dhcp: { ${subnet} } } } }
`).resolved.networks.get('interfaces')?.dhcp?.id;
    const id = portOf('cidr: 10.0.0.0/24');
    expect(id).toBeDefined();
    expect(portOf('renamed_from: old, cidr: 10.0.0.0/24')).toBe(id);
  });

  test('swaps two names', () => {
    const two = (first: string, second: string): string => `
name: t
physical_networks: { w: {}, x: {} }
networks:
  a: { ${first}physical_network: w }
  b: { ${second}physical_network: x }
`;
    const straight = compiled(two('', '')).resolved.networks;
    const swapped = compiled(two('renamed_from: b, ', 'renamed_from: a, ')).resolved.networks;
    expect(swapped.get('a')?.id).toBe(straight.get('b')?.id);
    expect(swapped.get('b')?.id).toBe(straight.get('a')?.id);
  });
});
