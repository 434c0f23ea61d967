import { kindWord } from '../../../src/model/resource.ts';
import { hasErrors } from '../../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { applyOn, carryOut, inShort, planOn } from '../../support/engine.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import type { TestNode } from '../../support/node.ts';
import { settled, snapshot, type Snapshot } from '../../support/snapshot.ts';
import type { Damage } from './damages/damage.ts';
import { damagesOf } from './damages/index.ts';
import { switchDamages } from './damages/switches.ts';
import { healGraph, prepare } from './network.ts';

/** An applied network, and all damages to it. */
export interface Standing {
  readonly node: TestNode;
  readonly graph: DesiredGraph;
  readonly whole: Snapshot;
  readonly damages: readonly Damage[];
  /** The state at its last read. */
  identities: ReadonlyMap<string, string>;
}

export async function standing(node: TestNode): Promise<Standing> {
  const graph = await healGraph(node);
  await prepare(node, graph);
  await applyOn(node, graph);
  const again = await applyOn(node, graph);
  if (again.batches.length > 0)
    throw new Error(`the second apply changes ${inShort(again.first.plan.changes).join(', ')}`);
  const sysctls = [...graph.resources.values()]
    .filter(({ kind }) => kindWord(kind) === 'sysctl')
    .map(({ netns, name, spec }) => ({ netns, name, value: (spec as { value: string }).value }));
  return {
    node,
    graph,
    whole: await snapshot(node),
    damages: [
      ...(await damagesOf(node, sysctls)),
      ...(testedMechanism() === 'openvswitch' ? await switchDamages(node) : []),
    ],
    identities: await identities(node),
  };
}

/** Numbers that tell a recreated object from one that stayed. */
async function identities(node: TestNode): Promise<Map<string, string>> {
  const text = await node.sh(`
    for n in /run/netns/*; do echo "$n $(stat -Lc %i "$n")"; ip -n "\${n##*/}" -o link | sed -E "s|^([0-9]+): ([^:@]+).*|\${n##*/} \\2 \\1|"; done
    ip -o link | sed -E 's|^([0-9]+): ([^:@]+).*|- \\2 \\1|'
    for f in $(grep -lsaF /run/netloom/ /proc/[0-9]*/cmdline); do echo "$(head -zn1 "$f" | tr -d '\\0') $f"; done | grep -E '^(dnsmasq|haproxy) '`);
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
  );
}

/** Returns what is wrong after independent damages were done and repaired by one apply; nothing if all is well. */
export async function damageAndHeal(network: Standing, damages: readonly Damage[]): Promise<string[]> {
  const { node, graph, whole, identities: before } = network;
  const wrong: string[] = [];
  const done: Damage[] = [];
  for (const damage of damages) {
    const { code, output } = await node.try(`set -e\n${damage.script}`);
    // A kernel that does not support it can't be damaged by it.
    if (/not supported|Cannot enable/.test(output)) continue;
    if (code !== 0) return [`the damage itself fails: ${output}`];
    done.push(damage);
  }
  if (done.length === 0) return [];
  let first: PlanResult;
  try {
    first = await planOn(node, graph);
  } catch (error) {
    return [`no plan: ${String(error)}`];
  }
  if (hasErrors(first.diagnostics)) wrong.push(...first.diagnostics.map((d) => `${d.code}: ${d.summary}`));
  const { changes } = first.plan;
  for (const { touches, seen = touches, harmless, title } of done) {
    if (harmless !== true && !changes.some(({ address }) => seen.test(address)))
      wrong.push(`nothing is planned: ${title}`);
  }
  const beside = changes.filter(({ address }) => !done.some(({ touches }) => touches.test(address)));
  wrong.push(...inShort(beside).map((line) => `not needed: ${line}`));
  const seen = inShort(changes);
  if (wrong.length === 0 || !hasErrors(first.diagnostics)) {
    try {
      const { rounds } = await carryOut(node, graph, first);
      if (rounds > 2) wrong.push(`${rounds} rounds`);
    } catch (error) {
      wrong.push(String(error));
    }
  }
  const after = await settled(node, whole, 1200);
  wrong.push(...difference(whole, after).filter((line) => !done.some(({ lost }) => lost?.test(line))));
  const now = await identities(node);
  network.identities = now;
  for (const [name, number] of before) {
    if (now.get(name) !== number && !done.some(({ remade }) => remade?.test(name)))
      wrong.push(`${name} was ${number} and is ${now.get(name) ?? 'gone'}`);
  }
  return wrong.length > 0 ? [...wrong, `planned: ${seen.join('; ')}`] : [];
}

export function difference(before: Snapshot, after: Snapshot): string[] {
  const lines: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [before[key] ?? [], after[key] ?? []];
    if (JSON.stringify(a) === JSON.stringify(b)) continue;
    const lost = a.filter((line) => !b.includes(line)).map((line) => `- ${key}: ${line}`);
    const found = b.filter((line) => !a.includes(line)).map((line) => `+ ${key}: ${line}`);
    lines.push(...lost, ...found);
    if (lost.length + found.length === 0) lines.push(`order or number of ${key}: ${a.join(' | ')} → ${b.join(' | ')}`);
  }
  return lines;
}
