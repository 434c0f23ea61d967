import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { RUN_FOLDER, topologyFolder } from '../../kernel/probes/files.ts';

/** A process with our folder in its command line. */
export interface SeenProcess {
  readonly pid: number;
  /** Name of the namespace it runs in, `null` for the node's own; `undefined` for one without a name. */
  readonly netns: string | null | undefined;
  readonly argv: readonly string[];
}

/** Returns the state folder that an argument names. */
export function stateOf(word: string): string | undefined {
  return /(\/run\/netloom\/[^/]+\/\S*?\/state)(?:\/|$)/.exec(word)?.[1];
}

const LOOK = programText(new URL('./processes.sh', import.meta.url));

function parse(text: string): readonly SeenProcess[] {
  const names = new Map<string, string | null>();
  const found: SeenProcess[] = [];
  for (const line of text.split('\n')) {
    const [kind, first = '', second = '', third = ''] = line.split(' ');
    if (kind === 'n') names.set(first, second.startsWith('/run/netns/') ? second.slice('/run/netns/'.length) : null);
    if (kind !== 'p') continue;
    const argv = Buffer.from(third, 'base64').toString('utf8').split('\0').slice(0, -1);
    const inode = /^net:\[(\d+)\]$/.exec(second)?.[1] ?? '';
    found.push({ pid: Number(first.slice('/proc/'.length)), netns: names.get(inode), argv });
  }
  return found;
}

/** Processes with the topology's folder among their arguments. */
export const processesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'processes',
  scope: 'node',
  script: LOOK,
  arguments: ({ topology }) => [topologyFolder(topology)],
  parse,
};

/** The same for the folder of any topology. */
export const allProcessesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'all-processes',
  scope: 'node',
  script: LOOK,
  arguments: () => [RUN_FOLDER],
  parse,
};
