import { parse, stringify } from 'yaml';
import { batchScript } from '../../src/apply/script.ts';
import { floatingIp } from '../../src/features/floating-ip/index.ts';
import type { Contribution } from '../../src/model/feature.ts';
import { addressOf, kindWord } from '../../src/model/resource.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { compiled } from '../support/compiled.ts';
import { asObserved, planFrom } from '../support/ordered.ts';
import { baseText } from './topologies.ts';

/** The example that ARCHITECTURE.md follows, and its floating IP. */
const FILE = 'topologies/linuxbridge-flat.yaml';

/** What each stage makes of the floating IP that is added to a running network, as text. */
export function stages(): Readonly<Record<string, string>> {
  const text = baseText(FILE);
  const { floating_ips: _, expect: __, ...before } = parse(text) as Topology;
  const { resolved, graph } = compiled(text);
  const observed = asObserved(compiled(stringify(before, { aliasDuplicateObjects: false })).graph);
  const plan = planFrom(observed, graph);
  const inRouter = [...graph.resources.values()].filter(({ netns }) => netns?.startsWith('qrouter-') === true);
  return {
    topology: text,
    resolved: lines(
      resolved.floatingIps.flatMap((each) => Object.entries(each).map(([key, value]) => show(key, value))),
    ),
    contributions: lines([...floatingIp.contribute(resolved)].map(contribution)),
    desired: lines(inRouter.map((resource) => `${addressOf(resource)}\n  ${JSON.stringify(resource.spec)}`)),
    changes: lines(
      plan.changes.map(({ action, address, impact, reason }) => `${action} ${address}\n  ${impact} (${reason})`),
    ),
    plan: lines(
      plan.batches.map(({ id, lane, steps, after }) => {
        const kinds = steps.map(({ command }) => command.tool).join(' ');
        return `batch ${String(id)} lane ${lane} after [${after.join(' ')}]: ${kinds}`;
      }),
    ),
    script: plan.batches.map((batch) => batchScript(batch, { rootless: false }).text).join('\n'),
  };
}

function contribution(each: Contribution): string {
  if (each.type === 'resource') return `${kindWord(each.resource.kind)} ${each.resource.name}`;
  const place = `${each.table} ${each.chain}`;
  return each.type === 'chain' ? `chain ${place}` : `rules ${place} @${each.slot}: ${each.rules.join(' ')}`;
}

function show(name: string, value: unknown): string {
  return `${name}: ${JSON.stringify(value)}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
