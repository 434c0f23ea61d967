import type { NodeProbe } from '../../model/probe.ts';

/** A regular file below our folder. */
export interface SeenFile {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
  readonly content: string;
}

/**
 * The folder on a node that is this topology's alone. It is in /run so that it goes with the namespaces at a reboot.
 * Below it a folder named `state` belongs to the process that writes there.
 */
export function ownFolder(topology: string): string {
  return `/run/netloom/${topology}`;
}

/** Every regular file below the topology's folder with its content, state folders included. Links are not followed. */
export const filesProbe: NodeProbe<readonly SeenFile[]> = {
  id: 'files',
  scope: 'node',
  script: ({ topology }) =>
    `[ -d ${ownFolder(topology)} ] && find ${ownFolder(topology)} -type f -exec sh -c ` +
    `'for f; do printf "%s " "$(stat -c %a "$f")"; base64 -w0 <"$f"; printf " %s\\n" "$f"; done' sh {} +; :`,
  parse: (text) =>
    text
      .split('\n')
      .map((line) => /^(\d+) ([A-Za-z0-9+/=]*) (\/\S+)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, mode = '', content = '', path = '']) => ({
        mode,
        path,
        content: Buffer.from(content, 'base64').toString('utf8'),
      })),
};
