import type { Item, Picture } from '../../render/graph/picture.ts';
import type { Scene, Thing, ThingKind } from './scene.ts';

const SHAPES: Readonly<Record<ThingKind, Item['shape']>> = {
  network: 'wire',
  'physical-network': 'wire',
  router: 'router',
  dhcp: 'dhcp',
  instance: 'instance',
  instances: 'instance',
  host: 'host',
  nic: 'nic',
  bridge: 'bridge',
};

/** Returns a scene without containers as items and edges, for Mermaid and Graphviz. */
export function itemsOf({ title, things, links }: Scene): Picture {
  const ids = new Map(things.map(({ id }, index) => [id, `n${String(index + 1)}`]));
  const texts = new Map(
    things.flatMap(({ west, east }) =>
      [...west, ...east].flatMap(({ port, text }) => (port === undefined ? [] : [[port, text] as const])),
    ),
  );
  return {
    title,
    clusters: [],
    items: things.map((thing) => ({ id: ids.get(thing.id) ?? '', shape: SHAPES[thing.kind], label: labelOf(thing) })),
    edges: links.map(({ from, to }) => {
      const label = texts.get(from.port ?? to.port ?? '');
      return { from: ids.get(from.thing) ?? '', to: ids.get(to.thing) ?? '', ...(label !== undefined && { label }) };
    }),
  };
}

/** Returns the lines of a thing; the addresses of its ports are at its edges. */
function labelOf({ name, about, west, east }: Thing): readonly string[] {
  const chips = [...west, ...east].filter(({ chip }) => chip !== undefined);
  return [name, ...about, ...chips.map(({ text }) => text)];
}
