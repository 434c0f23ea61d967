import { programOf } from '../../kernel/daemons/index.ts';
import { topologyOfPath } from '../../kernel/probes/files.ts';
import { allProcessesProbe, namespaceOf, stateOf } from './processes.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Marks } from '../../model/trace.ts';

/** Processes, by the state folder among their arguments. */
export const processMarks: Marks = {
  probes: [allProcessesProbe],
  *traces(view) {
    const { node, get } = view;
    for (const process of get(allProcessesProbe) ?? []) {
      const { pid, argv, proven } = process;
      const state = argv.map(stateOf).find((one) => one !== undefined);
      const says = state === undefined ? undefined : topologyOfPath(state);
      const netns = namespaceOf(process, view);
      const isInMarked = typeof netns === 'string' && namespaceView(view, netns)?.mark !== undefined;
      if (says === undefined || !(isInMarked || proven)) continue;
      yield { node, netns: netns ?? null, sort: 'process', name: `${programOf(argv)} (pid ${pid})`, says };
    }
  },
};
