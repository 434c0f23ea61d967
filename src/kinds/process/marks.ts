import { daemonOf, programOf } from '../../kernel/daemons/index.ts';
import { topologyOfPath } from '../../kernel/probes/files.ts';
import { allProcessesProbe, stateOf } from './processes.ts';
import type { Marks } from '../../model/trace.ts';

/** Processes, by the state folder among their arguments. */
export const processMarks: Marks = {
  probes: [allProcessesProbe],
  *traces({ node, get }) {
    for (const { pid, netns, argv } of get(allProcessesProbe) ?? []) {
      const state = argv.map(stateOf).find((one) => one !== undefined);
      const says = state === undefined ? undefined : topologyOfPath(state);
      // In the node's own namespace only a router's programs are ours: other programs there read such folders too.
      if (says === undefined || (netns === null && daemonOf(argv) === undefined)) continue;
      yield { node, netns: netns ?? null, sort: 'process', name: `${programOf(argv)} (pid ${pid})`, says };
    }
  },
};
