import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { changesByHeld, learnHeld } from '../../src/compile/learn-held.ts';
import { compileTopology, type Compiled } from '../../src/compile/compile.ts';
import { heldPath } from '../../src/features/held/index.ts';
import type { Observed } from '../../src/model/resource.ts';
import { parseIp } from '../../src/net/ip.ts';
import { contains, parseBlock } from '../../src/net/block.ts';
import { validTopology } from '../support/compiled.ts';

/** What an operator does to the file, or an accident to the nodes. Numbers choose from what there is. */
type Step =
  | { readonly type: 'add' | 'remove' | 'move' | 'unpin' | 'float' | 'sink'; readonly which: number }
  | { readonly type: 'pin'; readonly which: number; readonly address: number }
  | { readonly type: 'pool'; readonly start: number; readonly size: number }
  | { readonly type: 'lose'; readonly nodes: readonly ('n1' | 'n2')[] };

interface Guest {
  node: 'n1' | 'n2';
  address?: number;
  floating?: boolean;
}

/** A file: its guests by name, and the allocation pool of their subnet. */
interface File {
  guests: Map<string, Guest>;
  pool?: { start: number; size: number };
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function textOf({ guests, pool }: File): string {
  const at = (last: number): string => `10.0.0.${String(last)}`;
  const entries = [...guests].map(([name, { node, address }]) => {
    const port = { network: 'lan', ...(address !== undefined && { fixed_ip_address: at(address) }) };
    return [name, { node, ports: { eth0: port } }] as const;
  });
  const floating = [...guests].flatMap(([name, guest]) => (guest.floating === true ? [name] : []));
  return stringify({
    name: 't',
    physical_networks: { wire: {}, out: {} },
    nodes: {
      n1: { reach: { via: 'lab' }, nics: { eth1: { physical_network: 'wire' }, eth2: { physical_network: 'out' } } },
      n2: { reach: { via: 'lab' }, nics: { eth1: { physical_network: 'wire' } } },
    },
    address_scopes: { inner: {} },
    networks: {
      lan: {
        physical_network: 'wire',
        dhcp: { node: 'n2' },
        subnets: {
          lan: {
            cidr: '10.0.0.0/27',
            address_scope: 'inner',
            ...(pool && { allocation_pools: [{ start: at(pool.start), end: at(pool.start + pool.size) }] }),
          },
          more: { cidr: '10.0.1.0/27', address_scope: 'inner' },
        },
      },
      out: { physical_network: 'out', external: true, subnets: { out: { cidr: '192.0.2.0/27', enable_dhcp: false } } },
    },
    routers: {
      r: { node: 'n1', external_gateway: { network: 'out' }, interfaces: { lan: {} } },
      s: { node: 'n1', external_gateway: { network: 'out' }, interfaces: { more: {} } },
    },
    ...(entries.length > 0 && { instances: Object.fromEntries(entries) }),
    ...(floating.length > 0 && {
      floating_ips: Object.fromEntries(floating.map((name) => [name, { floating_network: 'out', instance: name }])),
    }),
  });
}

/** Changes the file; returns false if the step has nothing to change. */
function edit(file: File, step: Step): boolean {
  const present = [...file.guests.keys()];
  const absent = NAMES.filter((name) => !file.guests.has(name));
  const pick = (names: readonly string[]): string | undefined =>
    'which' in step && names.length > 0 ? names[step.which % names.length] : undefined;
  if (step.type === 'add') {
    const name = pick(absent);
    if (name !== undefined) file.guests.set(name, { node: step.which % 2 === 0 ? 'n1' : 'n2' });
    return name !== undefined;
  }
  if (step.type === 'pool') {
    file.pool = { start: step.start, size: step.size };
    return true;
  }
  const guest = file.guests.get(pick(present) ?? '');
  if (step.type === 'lose' || guest === undefined) return false;
  if (step.type === 'remove') file.guests.delete(pick(present) ?? '');
  else if (step.type === 'move') guest.node = guest.node === 'n1' ? 'n2' : 'n1';
  else if (step.type === 'unpin') delete guest.address;
  else if (step.type === 'float') guest.floating = true;
  else if (step.type === 'sink') guest.floating = false;
  else if ('address' in step) {
    if ([...file.guests.values()].some(({ address }) => address === step.address)) return false;
    guest.address = step.address;
  }
  return true;
}

function observedOf({ graph }: Compiled): readonly Observed[] {
  return [...(graph?.resources.values() ?? [])].map(({ node, netns, kind, name, spec }): Observed => ({
    node,
    netns,
    kind,
    name,
    spec,
    owner: 'ours',
  }));
}

/** Every address of a port, gateway, DHCP server and floating IP, by id, whether it is given or derived. */
function addressesOf({ resolved }: Compiled): ReadonlyMap<string, readonly string[]> {
  const { networks, routers, instances, floatingIps } = resolved!;
  const ports = [
    ...[...networks.values()].flatMap(({ dhcp }) => dhcp ?? []),
    ...[...routers.values()].flatMap(({ interfaces, gateway }) => [...interfaces, ...(gateway ? [gateway] : [])]),
    ...[...instances.values()].flatMap((instance) => instance.ports),
  ];
  return new Map<string, readonly string[]>([
    ...ports.map(({ id, fixedIps }) => [id, fixedIps.map(({ address }) => address)] as const),
    ...floatingIps.map(({ id, address }) => [id, [address]] as const),
  ]);
}

const which = fc.nat(100);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constantFrom('add', 'add', 'remove', 'move', 'unpin', 'float', 'sink'), which }),
  fc.record({ type: fc.constant('pin'), which, address: fc.integer({ min: 2, max: 30 }) }),
  fc.record({
    type: fc.constant('pool'),
    start: fc.integer({ min: 2, max: 10 }),
    size: fc.integer({ min: 3, max: 20 }),
  }),
  fc.record({ type: fc.constant('lose'), nodes: fc.subarray(['n1', 'n2'] as const, { minLength: 1 }) }),
);

test('through any sequence of edits no address changes, except one that is given to another port', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 3, maxLength: 8 }), (steps) => {
      let file: File = { guests: new Map(NAMES.slice(0, 4).map((name) => [name, { node: 'n1', floating: true }])) };
      let compiled = compileTopology(validTopology(textOf(file)));
      let observed = observedOf(compiled);
      for (const each of steps) {
        if (each.type === 'lose') {
          observed = observed.filter(({ node, name }) => name !== heldPath('t') || !each.nodes.includes(node as 'n1'));
          continue;
        }
        const last = structuredClone(file);
        if (!edit(file, each)) continue;
        const topology = validTopology(textOf(file));
        const fresh = compileTopology(topology);
        // A file whose pools are too small is refused before the nodes are asked.
        if (fresh.graph === undefined) {
          expect(fresh.diagnostics.map(({ code }) => code)).toContain('NLC01');
          file = last;
          continue;
        }
        const { held } = learnHeld(topology, fresh.resolved!, observed);
        const after = changesByHeld(fresh.resolved!, held) ? compileTopology(topology, held) : fresh;
        expect(after.diagnostics).toEqual([]);
        const before = addressesOf(compiled);
        const told = new Map(after.moved.map(({ origin, from }) => [origin.path, from]));
        const derived = new Map(
          after.resolved!.derived.flatMap(({ id, addresses, origin }) =>
            addresses.length > 0 ? [[id, origin.path]] : [],
          ),
        );
        const given = [...file.guests.values()].map(({ address }) => `10.0.0.${String(address)}`);
        for (const [id, addresses] of addressesOf(after)) {
          const path = derived.get(id);
          const [was] = before.get(id) ?? [];
          if (path === undefined || was === undefined || addresses.length === 0) continue;
          if (told.has(path)) expect(given).toContain(told.get(path));
          else expect({ path, address: addresses[0] }).toEqual({ path, address: was });
          const [address = ''] = addresses;
          expect(
            ['10.0.0.0/27', '10.0.1.0/27', '192.0.2.0/27'].some((cidr) => contains(parseBlock(cidr), parseIp(address))),
          ).toBe(true);
        }
        compiled = after;
        observed = observedOf(after);
      }
    }),
    { numRuns: 15 },
  );
});
