import type { ChangeGroup } from '../../model/plan.ts';
import { countLines } from '../../render/plan/counts.ts';
import type { FloatingIpState } from '../../render/show/floating-ips.ts';
import type { Service } from '../../render/show/services.ts';
import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { joinMarks, type Mark, type Marks } from './mark.ts';

/** What was found on the nodes: the services as `show` lists them, and what a plan would change. */
export interface Found {
  readonly services: readonly Service[];
  readonly floatingIps: readonly FloatingIpState[];
  readonly groups: readonly ChangeGroup[];
}

/** The words for each health that is not ok. */
const WORDS = { degraded: 'differs', missing: 'missing', foreign: 'in conflict', unknown: 'not read' } as const;

/**
 * Returns the marks of what is drawn: the health of its services and what they lack, and for an entry of the file what
 * a plan would change for it.
 */
export function marksOf(resolved: ResolvedTopology, { services, floatingIps, groups }: Found): Marks {
  const marks = new Map<string, Mark>();
  const add = (key: string | undefined, mark: Mark): void => {
    if (key === undefined) return;
    const joined = joinMarks([marks.get(key), mark]);
    if (joined) marks.set(key, joined);
  };
  for (const service of services) for (const key of keysOf(resolved, service)) add(key, markOf(service));
  const paths = new Map(
    [...resolved.floatingIps, ...resolved.forwardedIps].map(({ name, origin }) => [name, origin.path]),
  );
  for (const { name, address, health, port_forwardings: forwardings } of floatingIps) {
    const worst = joinMarks(
      [health, ...forwardings.map((one) => one.health)].map((each) => ({ health: each, lines: [] })),
    );
    add(paths.get(name), markOf({ health: worst?.health ?? health, detail: '', of: `floating IP ${address}` }));
  }
  for (const { subject, counts } of groups) {
    if (typeof subject === 'string') continue;
    const { path } = subject.origin;
    const lines = countLines(counts).map((line) => `apply: ${line}`);
    // Its objects may all be in another service, as the rules of a floating IP are.
    const known = marks.get(path) ?? { health: 'ok', lines: [] };
    marks.set(path, { health: known.health === 'ok' ? 'degraded' : known.health, lines: [...known.lines, ...lines] });
  }
  return marks;
}

/** Returns what a service is in the picture: its entry in the file, and its bridge or DHCP server. */
function keysOf(resolved: ResolvedTopology, { type, node, name, object }: Service): readonly (string | undefined)[] {
  switch (type) {
    case 'node':
      return [resolved.nodes.get(name)?.origin.path];
    case 'router':
      return [resolved.routers.get(name)?.origin.path];
    case 'dhcp': {
      const path = resolved.networks.get(name)?.origin.path ?? name;
      return [path, `dhcp ${path}`];
    }
    case 'bridge':
      return [`bridge ${node} ${object}`];
    case 'instance':
      // Its name is that of the instance and the device.
      return [resolved.instances.get(name.slice(0, name.lastIndexOf(' ')))?.origin.path];
  }
}

function markOf({ health, detail, of }: Pick<Service, 'health' | 'detail'> & { readonly of?: string }): Mark {
  if (health === 'ok') return { health, lines: [] };
  if (detail !== '') return { health, lines: [detail] };
  return { health, lines: [of === undefined ? WORDS[health] : `${of} ${WORDS[health]}`] };
}
