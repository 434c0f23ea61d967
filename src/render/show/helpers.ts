import type { Change } from '../../model/change.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Plan } from '../../model/plan.ts';
import { addressOf, kindWord } from '../../model/resource.ts';
import type { ResolvedTopology } from '../../resolve/resolved.ts';
import type { Service } from './services.ts';
import { shownOf } from './shown.ts';

/** A part of a node that serves others there: a metadata proxy, or the rules that filter its ports. */
export interface Helper extends Pick<Service, 'node' | 'name' | 'object' | 'health' | 'detail'> {
  readonly type: 'metadata' | 'filter';
}

/** Returns the metadata proxies of the desired state, each with its health: missing if its process does not run. */
export function proxiesOf(
  { routers, networks }: ResolvedTopology,
  graph: DesiredGraph,
  { changes, leftOut }: Pick<Plan, 'changes' | 'leftOut'>,
): readonly Helper[] {
  const owners = new Map(
    [...routers.values(), ...[...networks.values()].flatMap(({ name, dhcp }) => (dhcp ? [{ ...dhcp, name }] : []))].map(
      ({ node, netns, name }) => [`${node}/${netns ?? ''}`, name],
    ),
  );
  const changed = new Map(changes.map((change) => [change.address, change]));
  return [...graph.resources.values()].flatMap((resource) => {
    const { process } = shownOf(resource);
    if (process === undefined || !process.startsWith(PROXY)) return [];
    const { node, netns } = resource;
    const change = changed.get(addressOf(resource));
    const health = leftOut.includes(node)
      ? 'unknown'
      : change === undefined
        ? 'ok'
        : change.action === 'create'
          ? 'missing'
          : 'degraded';
    const name = owners.get(`${node}/${netns ?? ''}`) ?? '-';
    const detail = health === 'unknown' ? 'the node is left out' : change ? wordsOf(change) : '';
    return [{ type: 'metadata', node, name, object: netns ?? '-', health, detail }] as const;
  });
}

/** The program that a metadata proxy is. */
const PROXY = 'haproxy ';

/** Returns the filter of each node with filtered ports: its rules, and the sets that they name. */
export function filtersOf(
  { instances }: ResolvedTopology,
  { groups, changes, leftOut }: Pick<Plan, 'groups' | 'changes' | 'leftOut'>,
): readonly Helper[] {
  const ports = [...instances.values()].flatMap((instance) => instance.ports).filter(({ security }) => security);
  const own = new Set(
    groups.flatMap((group) =>
      typeof group.subject !== 'string' && group.subject.type === 'security group' ? group.changes : [],
    ),
  );
  return [...new Set(ports.map(({ node }) => node))].map((node) => {
    const number = ports.filter((port) => port.node === node).length;
    const object = `${String(number)} ${number === 1 ? 'port' : 'ports'}`;
    const differing = changes.filter(
      (change) => change.node === node && change.netns === null && own.has(change.address),
    );
    const health = leftOut.includes(node) ? 'unknown' : differing.length === 0 ? 'ok' : 'degraded';
    const more = differing.length > 3 ? [`${String(differing.length - 3)} more`] : [];
    const detail =
      health === 'unknown' ? 'the node is left out' : [...differing.slice(0, 3).map(wordsOf), ...more].join(', ');
    return { type: 'filter', node, name: 'security groups', object, health, detail } as const;
  });
}

function wordsOf({ kind, name, action }: Change): string {
  const words = { create: 'missing', delete: 'not in the file', update: 'differs', replace: 'differs' };
  return `${kindWord(kind)} ${name} ${words[action]}`;
}
