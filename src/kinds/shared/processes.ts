import type { NodeProbe } from '../../model/probe.ts';
import { ownFolder } from './files.ts';

/** A process that names our folder on its command line. */
export interface SeenProcess {
  readonly pid: number;
  /** Name of the namespace it runs in, `null` for the node's own; `undefined` for one without a name. */
  readonly netns: string | null | undefined;
  readonly argv: readonly string[];
}

/**
 * Processes of this node with the topology's folder among their arguments, and the namespace each runs in. A lab's nodes share one table of
 * processes: those of another node have another mount namespace. Network namespaces are told by inode.
 */
export const processesProbe: NodeProbe<readonly SeenProcess[]> = {
  id: 'processes',
  scope: 'node',
  script: ({ topology }) =>
    `stat -Lc 'n %i %n' /proc/self/ns/net /run/netns/* 2>/dev/null
me=$(readlink /proc/self/ns/mnt)
for f in $(grep -lsaF ${ownFolder(topology)}/ /proc/[0-9]*/cmdline); do
  n=$(readlink "\${f%/cmdline}/ns/mnt" "\${f%/cmdline}/ns/net") || continue
  case $n in "$me"*) printf 'p %s %s %s\\n' "\${f%/cmdline}" "net\${n##*net}" "$(base64 -w0 <"$f")" ;; esac
done; :`,
  parse(text) {
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
  },
};
