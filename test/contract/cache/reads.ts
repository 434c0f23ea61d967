import { KINDS } from '../../../src/kinds/registry.ts';
import type { ReadCost, Probe } from '../../../src/model/probe.ts';
import { withWitnesses } from '../../../src/observe/observe.ts';
import { readScript, type CacheUse } from '../../../src/observe/script.ts';
import { parseView } from '../../../src/observe/view.ts';
import type { TestNode } from '../../support/node.ts';

const NONCE = 'cafe';

/** Every probe of namespaces; those of the node itself are not cached. */
const PROBES: readonly Probe<unknown>[] = [
  ...new Map(
    withWitnesses(KINDS.flatMap((kind) => kind.probes))
      .filter(({ scope }) => scope !== 'node')
      .map((probe) => [probe.id, probe]),
  ).values(),
];

/** A namespace in which all probes run: a link in it carries the mark. */
export const OURS = 'qrouter-00000000-0000-4000-8000-000000000001';

/** What was read of all namespaces. */
export interface Reading {
  /** The output of each probe that the cache holds, by `NAMESPACE PROBE`, without what changes by itself. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly cost: ReadCost;
  /** Of the whole answer. */
  readonly digest: string | undefined;
}

/** Reads a node. */
export async function reading(node: TestNode, cache: CacheUse): Promise<Reading> {
  const text = await node.shell.read(readScript(NONCE, PROBES, { topology: 'demo' }, { cache }));
  const outputs: Record<string, string> = {};
  for (const section of text.split(/^@cafe (?=namespace )/m).slice(1)) {
    const [name = '', ...parts] = section.split('\n@cafe ');
    for (const part of parts) {
      const [probe = '', ...lines] = part.split('\n');
      if (/^probe (?:ip|ip6?tables-save|netlink)$/.test(probe))
        outputs[`${name} ${probe.slice(6)}`] = steady(lines.join('\n'));
    }
  }
  const { cost, digest } = parseView(node.name, NONCE, text, PROBES);
  if (cost === undefined) throw new Error('the reader printed no numbers');
  return { outputs, cost, digest };
}

/** Returns an output without the time, counters, neighbours (which tell their age), and timers of bridges. */
function steady(text: string): string {
  return text
    .replace(/^(?:#|neighbour ).*$/gm, '')
    .replace(/ \[\d+:\d+\]/g, '')
    .replace(/"(?:\w+_timer|valid_life_time|preferred_life_time|expires)":\d+(?:\.\d+)?,?/g, '');
}
