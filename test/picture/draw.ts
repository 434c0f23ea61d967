import { compileTopology } from '../../src/compile/compile.ts';
import { layout } from '../../src/picture/layout/layout.ts';
import type { Geometry } from '../../src/picture/layout/geometry.ts';
import type { Marks } from '../../src/picture/live/mark.ts';
import { MOST_SINGLY, sceneOf } from '../../src/picture/scene/draw.ts';
import type { Level, Scene } from '../../src/picture/scene/scene.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { validTopology } from '../support/compiled.ts';

/** Returns the file and the resolved topology of a text, which must be valid. */
export function read(text: string): { readonly doc: Topology; readonly resolved: ResolvedTopology } {
  const topology = validTopology(text);
  const { resolved } = compileTopology(topology);
  if (!resolved) throw new Error('it does not compile');
  return { doc: topology.doc, resolved };
}

/** Returns what is drawn of a text. */
export function scene(text: string, level: Level = 'networks', most = MOST_SINGLY, marks?: Marks): Scene {
  return sceneOf(level, { ...read(text), most, ...(marks && { marks }) });
}

/** Returns the picture of a text. */
export function picture(text: string, level: Level = 'networks', most = MOST_SINGLY, marks?: Marks): Promise<Geometry> {
  return layout(scene(text, level, most, marks));
}

/** Returns a topology of a router, a network and so many instances, and their floating IPs. */
export function manyInstances(instances: number, floatingIps = 0): string {
  const numbers = Array.from({ length: instances }, (_, i) => i);
  return JSON.stringify({
    name: 'many',
    physical_networks: { lan: {}, wan: {} },
    nodes: {
      n1: { reach: { via: 'lab' }, nics: { eth1: { physical_network: 'lan' }, eth2: { physical_network: 'wan' } } },
      n2: { reach: { via: 'lab' }, nics: { eth1: { physical_network: 'lan' } } },
    },
    networks: {
      ext: {
        physical_network: 'wan',
        external: true,
        subnets: { outer: { cidr: '203.0.0.0/16', enable_dhcp: false } },
      },
      net: { physical_network: 'lan', subnets: { inner: { cidr: '10.0.0.0/16' } } },
    },
    routers: { r: { node: 'n1', external_gateway: { network: 'ext' }, interfaces: { inner: {} } } },
    instances: Object.fromEntries(
      numbers.map((i) => [`vm${i}`, { node: `n${1 + (i % 2)}`, attach: 'tap', ports: { eth0: { network: 'net' } } }]),
    ),
    floating_ips: Object.fromEntries(
      numbers.slice(0, floatingIps).map((i) => [`fip${i}`, { floating_network: 'ext', instance: `vm${i}` }]),
    ),
  });
}
