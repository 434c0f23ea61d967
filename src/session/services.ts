import { setTimeout as sleep } from 'node:timers/promises';
import { scriptWith } from '../hosts/quote.ts';
import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { ServiceOutcome } from '../verify/services/probe.ts';
import type { Shells } from './nodes.ts';

export type { ServiceOutcome };

/** Asks every service of the nodes that are open. One that fails is asked once more: a packet may be lost. */
export async function probeServices(
  resolved: ResolvedTopology,
  shells: Shells,
  { retries = 1, pauseMs = 300 } = {},
): Promise<readonly ServiceOutcome[]> {
  const [{ serviceProbes }, { askServices }] = await Promise.all([
    import('../verify/services/probes.ts'),
    import('../verify/services/ask.ts'),
  ]);
  const probes = serviceProbes(resolved).filter(({ from }) => shells.has(from.node));
  return askServices(
    probes,
    async (node, script, words) => (await shells.get(node)?.read(scriptWith(script, words))) ?? '',
    { retries, pause: () => sleep(pauseMs) },
  );
}
