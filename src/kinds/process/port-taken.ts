import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Resource } from '../../model/resource.ts';
import { programOf } from '../../kernel/daemons/index.ts';
import { listenersProbe } from './listeners.ts';
import { processesProbe } from './processes.ts';
import type { ProcessSpec } from './spec.ts';

/** Reports that a daemon can't run in the node's own namespace: its port is in use there, and it would end at once. */
export function portTaken(
  { node, netns, spec, origin }: Resource<ProcessSpec>,
  change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const { listens } = spec;
  const view = context.view(node);
  if (netns !== null || listens === undefined || change === undefined) return [];
  if (view?.get(listenersProbe)?.has(listens) !== true) return [];
  // A daemon of ours that runs there has the port, and releases it before this one starts.
  const program = spec.argv[0] ?? '';
  const isOurs = (view.get(processesProbe) ?? []).some(
    ({ names, proven, argv }) => names.includes(null) && proven && programOf(argv) === program,
  );
  if (isOurs) return [];
  return [
    {
      code: 'NLP16',
      severity: 'error',
      summary: `TCP port ${String(listens)} of ${node} itself, which ${program} needs, is in use`,
      hint:
        `find the process (ss -ltnp 'sport = :${String(listens)}') and end it, or let ${node} use namespaces ` +
        '(leave use_namespaces out)',
      ...(origin.range && { range: origin.range }),
      place: { node },
    },
  ];
}
