import type { Probe } from '../../model/probe.ts';
import { ownFolder } from './files.ts';

/** A process that names our folder on its command line. */
export interface SeenProcess {
  readonly pid: number;
  /** Name of the namespace it runs in; `null` for one without a name on this node. */
  readonly netns: string | null;
  readonly argv: readonly string[];
}

/**
 * Processes with the topology's folder among their arguments, and the namespace each runs in. Namespaces are told by inode: a lab's nodes share
 * one table of processes, so the path alone would not do.
 */
export const processesProbe: Probe<readonly SeenProcess[]> = {
  id: 'processes',
  scope: 'node',
  script: ({ topology }) =>
    `stat -Lc 'n %i %n' /run/netns/* 2>/dev/null
for f in $(grep -lsaF ${ownFolder(topology)}/ /proc/[0-9]*/cmdline); do
  n=$(readlink "\${f%/cmdline}/ns/net") && printf 'p %s %s %s\\n' "\${f%/cmdline}" "$n" "$(base64 -w0 <"$f")"
done; :`,
  parse(text) {
    const names = new Map<string, string>();
    const found: SeenProcess[] = [];
    for (const line of text.split('\n')) {
      const [kind, first = '', second = '', third = ''] = line.split(' ');
      if (kind === 'n') names.set(first, second.slice('/run/netns/'.length));
      if (kind !== 'p') continue;
      const argv = Buffer.from(third, 'base64').toString('utf8').split('\0').slice(0, -1);
      const inode = /^net:\[(\d+)\]$/.exec(second)?.[1] ?? '';
      found.push({ pid: Number(first.slice('/proc/'.length)), netns: names.get(inode) ?? null, argv });
    }
    return found;
  },
};
