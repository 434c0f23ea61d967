import type { Host } from '../model/host.ts';
import { openShell } from './shell.ts';

/** Returns the machine that netloom runs on. */
export function localHost(node: string): Host {
  return {
    node,
    description: 'local',
    open: (options) =>
      openShell({
        node,
        description: 'local',
        file: 'sh',
        args: [],
        rightsHint: 'Run netloom as root, or use --lab, which needs no rights.',
        ...options,
      }),
  };
}
