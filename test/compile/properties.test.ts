import { isDeepStrictEqual } from 'node:util';
import { kindWord } from '../../src/model/resource.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { everyPort } from '../../src/resolve/collisions.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import type { ChainSpec } from '../../src/kinds/chain/spec.ts';
import type { VethSpec } from '../../src/kinds/veth/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { cidrContains } from '../../src/net/block.ts';
import { reversed, topologyDocs, topologyTexts } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';

test('the same text compiles to the same graph', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const [one, other] = [[...compiled(text).graph.resources], [...compiled(text).graph.resources]];
      // Graphs are usually equal, and toEqual takes longer than compiling both.
      if (!isDeepStrictEqual(one, other)) expect(one).toStrictEqual(other);
    }),
  );
});

test('ids, MACs and addresses do not depend on the order of the file', () => {
  fc.assert(
    fc.property(topologyDocs(), (doc) => {
      const straight = compiled(stringify(doc)).resolved;
      expect(identities(compiled(stringify(reversed(doc))).resolved)).toEqual(identities(straight));
    }),
  );
});

test('device names are unique in their namespace', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const names = deviceNames(compiled(text).graph);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

test('addresses are in their subnets, and unique on a network', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const { resolved } = compiled(text);
      const floating = [...resolved.floatingIps, ...resolved.forwardedIps];
      const held: string[] = floating.map(({ address }) => `outer ${address}`);
      for (const { network, fixedIps } of everyPort(resolved)) {
        for (const { address, subnet } of fixedIps) {
          expect(subnet.network).toBe(network);
          expect(cidrContains(subnet.cidr, address), `${subnet.cidr} holds ${address}`).toBe(true);
          held.push(`${network} ${address}`);
        }
      }
      expect(new Set(held).size).toBe(held.length);
    }),
  );
});

test('MACs are unicast and unique', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const macs = [...everyPort(compiled(text).resolved)].map(({ mac }) => mac);
      for (const mac of macs) expect(mac).toMatch(/^fa:16:3e(?::[0-9a-f]{2}){3}$/);
      expect(new Set(macs).size).toBe(macs.length);
    }),
  );
});

test('dependencies and bridges of a resource are in the graph', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const { resources } = compiled(text).graph;
      const named = [...resources.values()].flatMap(({ node, kind, spec, after = [] }) =>
        kindWord(kind) === 'veth' ? [...after, `${node}/-/bridge/${(spec as VethSpec).tap.bridge}`] : after,
      );
      expect(named.filter((other) => !resources.has(other))).toEqual([]);
    }),
  );
});

test('rules are complete, and jump to chains of their table only', () => {
  fc.assert(
    fc.property(topologyTexts(), (text) => {
      const { resources } = compiled(text).graph;
      const chains = [...resources.values()].filter(({ kind }) => kindWord(kind) === 'chain');
      const rules = chains.flatMap(({ spec }) => (spec as ChainSpec).rules);
      expect(rules.filter((rule) => /\$| {2}|^ | $/.test(rule))).toEqual([]);
      const targets = chains.flatMap(({ node, netns, name, spec }) => {
        const [family = '', table = ''] = name.split('/');
        return (spec as ChainSpec).rules.flatMap((rule) => {
          const target = /-j ((?:neutron|quantum)\S+)/.exec(rule)?.[1];
          return target === undefined ? [] : [`${node}/${netns ?? '-'}/chain/${family}/${table}/${target}`];
        });
      });
      expect(targets.filter((chain) => !resources.has(chain))).toEqual([]);
    }),
  );
});

function identities(resolved: ResolvedTopology): Map<string, unknown> {
  const ports = [...everyPort(resolved)].map(({ origin, id, mac, fixedIps }): [string, unknown] => [
    origin.path,
    { id, mac, addresses: fixedIps.map(({ address }) => address).sort() },
  ]);
  const floating = resolved.floatingIps.map(({ name, ...rest }): [string, unknown] => [
    name,
    { id: rest.id, address: rest.address, fixedAddress: rest.fixedAddress },
  ]);
  const forwarded = resolved.forwardedIps.map(({ name, id, address, forwardings }): [string, unknown] => [
    name,
    { id, address, forwardings: forwardings.map(({ id: own, fixedAddress }) => ({ own, fixedAddress })) },
  ]);
  return new Map([...ports, ...floating, ...forwarded]);
}

function deviceNames({ resources }: DesiredGraph): string[] {
  return [...resources.values()].flatMap(({ node, netns, kind, name, spec }) => {
    if (!['nic', 'bridge', 'tap', 'veth'].includes(kindWord(kind))) return [];
    const own = `${node} ${netns ?? '-'} ${name}`;
    return kindWord(kind) === 'veth' ? [own, `${node} - ${(spec as VethSpec).tap.name}`] : [own];
  });
}
