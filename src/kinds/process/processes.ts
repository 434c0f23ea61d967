import type { NodeProbe, NodeView } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { DAEMONS } from '../../kernel/daemons/index.ts';
import { RUN_FOLDER, topologyFolder } from '../../kernel/probes/files.ts';

/** A daemon with a state folder below our folder among its arguments. */
export interface SeenProcess {
  readonly pid: number;
  /** When it was started, in ticks since the boot. A pid is reused; a pid with its start is not. */
  readonly start: string;
  /** Stopped by a signal or by a debugger: it answers no client. */
  readonly stopped: boolean;
  /**
   * The names of the namespace it runs in; `null` is the node's own. None: the namespace has lost its name, or never
   * had one.
   */
  readonly names: readonly (string | null)[];
  /** It is root's or its daemon's user's, and works with our state folder: no other user can pretend that. */
  readonly proven: boolean;
  /** The number of TCP sockets in its namespace. */
  readonly sockets: number;
  readonly argv: readonly string[];
}

/** Returns the state folder that an argument names. */
export function stateOf(word: string): string | undefined {
  return /(\/run\/netloom\/[^/]+\/\S*?\/state)(?:\/|$)/.exec(word)?.[1];
}

/**
 * Returns the namespace in which a daemon runs; `undefined` if it has no name. Of several names, the one of a namespace
 * with a mark counts.
 */
export function namespaceOf({ names }: SeenProcess, { namespaces }: NodeView): string | null | undefined {
  return names.find((name) => namespaces.some(({ netns, mark }) => netns === name && mark !== undefined)) ?? names[0];
}

const LOOK = programText(new URL('./processes.pl', import.meta.url));
const USERS = DAEMONS.map(({ program, users }) => `${program} ${users.join(',')}`);

function text(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}

function parse(output: string): readonly SeenProcess[] {
  const names = new Map<string, (string | null)[]>();
  const found: SeenProcess[] = [];
  for (const line of output.split('\n')) {
    const [kind, first = '', second = '', state = '', id = '', evidence = '', sockets = '', argv = ''] =
      line.split(' ');
    if (kind === 'n') names.set(first, [...(names.get(first) ?? []), second === '-' ? null : text(second)]);
    if (kind !== 'p') continue;
    found.push({
      pid: Number(first),
      start: second,
      stopped: /^[Tt]$/.test(state),
      names: names.get(id) ?? [],
      proven: evidence !== 'none',
      sockets: Number(sockets),
      argv: text(argv).split('\0').slice(0, -1),
    });
  }
  return found;
}

/** Daemons with the topology's folder among their arguments. */
export const processesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'processes',
  scope: 'node',
  script: 'perl -e "$@"',
  arguments: ({ topology }) => [LOOK, topologyFolder(topology), ...USERS],
  parse,
};

/** The same for the folder of any topology. */
export const allProcessesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'all-processes',
  scope: 'node',
  script: 'perl -e "$@"',
  arguments: () => [LOOK, RUN_FOLDER, ...USERS],
  parse,
};
