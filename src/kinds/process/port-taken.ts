import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { programOf } from '../../kernel/daemons/index.ts';
import { listenersProbe } from './listeners.ts';
import { processesProbe } from './processes.ts';
import type { ProcessSpec } from './spec.ts';

/** Why a daemon can't run in the node's own namespace: somebody else listens on its port there, and it would end at once. */
export function portTaken(
  { node, netns, spec, origin }: Resource<ProcessSpec>,
  change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { listens } = spec;
  const view = context.view(node);
  if (netns !== null || listens === undefined || change === undefined) return [];
  if (view?.get(listenersProbe)?.has(listens) !== true) return [];
  // One of ours that runs there has the port, and gives it back before this one starts.
  const program = spec.argv[0] ?? '';
  const isOurs = (view.get(processesProbe) ?? []).some((one) => one.netns === null && programOf(one.argv) === program);
  if (isOurs) return [];
  return [
    {
      code: 'NLP16',
      severity: 'error',
      summary: `somebody listens on TCP port ${String(listens)} of ${node} itself, which ${program} is to have`,
      hint: `see who it is (ss -ltnp 'sport = :${String(listens)}') and end it, or give ${node} namespaces (leave use_namespaces out)`,
      ...(origin.range && { range: origin.range }),
      place: { node },
    },
  ];
}
