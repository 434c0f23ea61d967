import type { NodeProbe } from '../../model/probe.ts';
import { FOLDERS, ownFolder } from './files.ts';

/** A process that names our folder on its command line. */
export interface SeenProcess {
  readonly pid: number;
  /** Name of the namespace it runs in, `null` for the node's own; `undefined` for one without a name. */
  readonly netns: string | null | undefined;
  readonly argv: readonly string[];
}

/** The state folder a word of a command line names. */
export function stateOf(word: string): string | undefined {
  return /(\/run\/netloom\/[^/]+\/\S*?\/state)(?:\/|$)/.exec(word)?.[1];
}

/**
 * Processes of this node with a path below a folder among their arguments, and the namespace each runs in. A lab's nodes share one table of
 * processes: those of another node have another mount namespace. Network namespaces are told by inode.
 */
function look(folder: string): string {
  return `found=$(grep -lsa '${notItself(folder)}/' /proc/[0-9]*/cmdline)
[ -n "$found" ] || exit 0
stat -Lc 'n %i %n' /proc/self/ns/net /run/netns/* 2>/dev/null
me=$(readlink /proc/self/ns/mnt)
for f in $found; do
  n=$(readlink "\${f%/cmdline}/ns/mnt" "\${f%/cmdline}/ns/net") || continue
  case $n in "$me"*) printf 'p %s %s %s\\n' "\${f%/cmdline}" "net\${n##*net}" "$(base64 -w0 <"$f")" ;; esac
done; :`;
}

/** A pattern for a path, not found in what it stands in: whoever reads the node has this very script on his command line. */
function notItself(folder: string): string {
  return folder.replace(/.$/, '[$&]');
}

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
  script: ({ topology }) => look(ownFolder(topology)),
  parse,
};

/** The same for the folder of any topology. */
export const allProcessesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'all-processes',
  scope: 'node',
  script: () => look(FOLDERS),
  parse,
};
