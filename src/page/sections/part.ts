import type { Change } from '../../model/change.ts';
import { addressOf, kindWord, type Origin, type Resource } from '../../model/resource.ts';
import { pathsAbove } from '../../model/subject.ts';
import { clean, cleanLines } from '../../render/clean.ts';
import { explainPort, type ExplainedRule } from '../../render/explain/port.ts';
import { shownOf } from '../../render/show/shown.ts';
import { hideUserData } from '../../render/user-data.ts';
import type { Sighting } from '../../session/watch/onlooker.ts';
import type { AllowedRow, ObjectRow, PartDetails, PartName, PortDetails, RuleRow } from '../wire/part.ts';
import { floatingIpWays } from './ways.ts';

/** The most objects and rules that are sent. */
const MOST = 300;

/** The collections of the file, in the words of a reader. */
const WORDS: Readonly<Record<string, string>> = {
  nodes: 'node',
  networks: 'network',
  routers: 'router',
  instances: 'instance',
  floating_ips: 'floating IP',
  security_groups: 'security group',
  hosts: 'outside host',
};

/**
 * Returns what the file says of a part, and what stands of it on the nodes; `undefined` if the file has none of this
 * name. `sources`: the texts of the files, by name.
 */
export function partDetails(
  part: PartName,
  { desired, result }: Sighting,
  sources: ReadonlyMap<string, string>,
): PartDetails | undefined {
  const { topology, resolved, graph } = desired;
  const { collection, name } = part;
  const word = Object.hasOwn(WORDS, collection) ? WORDS[collection] : undefined;
  const range = topology.locate([collection, name], 'key');
  if (word === undefined || range === undefined) return undefined;
  const path = `${collection}.${name}`;
  const changes = new Map(result.plan.changes.map((change) => [change.address, change]));
  const leftOut = new Set(result.plan.leftOut);
  const own = [...graph.resources.values()].filter((resource) => originsOf(resource).some((one) => isBelow(one, path)));
  const end = topology.locate([collection, name])?.end ?? range.end;
  return {
    part,
    title: clean(`${word} ${name}`),
    source: sourceOf(sources.get(range.file), range.file, range.start.line, end.column === 1 ? end.line - 1 : end.line),
    objects: own.slice(0, MOST).map((resource) => objectRow(resource, changes.get(addressOf(resource)), leftOut)),
    rules: own.flatMap((resource) => rulesOf(resource, path)).slice(0, MOST),
    ports: portsOf(part, resolved),
    ways: floatingIpWays(part, resolved),
  };
}

function originsOf({ origin, lineOrigins = [] }: Resource): readonly Origin[] {
  return [origin, ...lineOrigins];
}

function isBelow({ path }: Origin, above: string): boolean {
  return [...pathsAbove(path)].includes(above);
}

function sourceOf(text: string | undefined, file: string, first: number, last: number): PartDetails['source'] {
  if (text === undefined) return null;
  // Hidden by the whole text: a value may begin above.
  const lines = hideUserData(text.split('\n')).slice(first - 1, Math.max(first, last));
  while (lines.at(-1)?.trim() === '') lines.splice(-1);
  return { file: clean(file), first, lines: cleanLines(lines.join('\n')) };
}

function objectRow(resource: Resource, change: Change | undefined, leftOut: ReadonlySet<string>): ObjectRow {
  const states = { create: 'missing', update: 'differs', replace: 'differs', delete: 'extra' } as const;
  return {
    what: clean(`${kindWord(resource.kind)} ${resource.name}`),
    node: clean(resource.node),
    netns: clean(resource.netns ?? ''),
    state: leftOut.has(resource.node) ? 'unknown' : change ? states[change.action] : 'ok',
  };
}

/** Returns the rules of a chain that come from a path, each with its own origin. */
function rulesOf(resource: Resource, path: string): readonly RuleRow[] {
  const { rules } = shownOf(resource);
  if (rules === undefined) return [];
  return rules.rules.flatMap((rule, index) => {
    const origin = resource.lineOrigins?.[index] ?? resource.origin;
    if (!isBelow(origin, path)) return [];
    const { family, table, chain } = rules;
    const where = origin.range ? `${origin.range.file}:${String(origin.range.start.line)}` : origin.path;
    return [
      {
        chain: clean(`${family === 6 ? 'ip6 ' : ''}${table} ${chain}`),
        node: clean(resource.node),
        netns: clean(resource.netns ?? ''),
        rule: clean(rule),
        origin: clean(where),
      },
    ];
  });
}

/** Returns what the groups of each port of an instance allow, as `explain port` prints it. */
function portsOf({ collection, name }: PartName, resolved: Sighting['desired']['resolved']): readonly PortDetails[] {
  if (collection !== 'instances') return [];
  return (resolved.instances.get(name)?.ports ?? []).map((port) => {
    const { filtered, groups, ingress, egress } = explainPort(resolved, name, port);
    const rows = (rules: readonly ExplainedRule[]): readonly AllowedRow[] =>
      rules.map(({ what, who, group, line }) => ({
        what: clean(what),
        who: clean(who),
        group: clean(group),
        origin: clean(line ?? 'a built-in rule'),
      }));
    return {
      name: clean(port.device),
      filtered,
      groups: groups.map(clean),
      ingress: rows(ingress),
      egress: rows(egress),
    };
  });
}
