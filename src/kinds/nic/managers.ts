import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** Another program that manages a link, and the link by number or name. */
export interface LinkManager {
  readonly program: string;
  readonly ifindex?: number;
  readonly device?: string;
}

/**
 * Links that systemd-networkd or NetworkManager configures (their state files in /run), and links with a DHCP client.
 * Addresses with a lifetime are reported by `ip` itself.
 */
export const managersProbe: NodeProbe<readonly LinkManager[]> = {
  id: 'managers',
  scope: 'node',
  script: 'perl -e "$1"',
  arguments: () => [programText(new URL('./managers.pl', import.meta.url))],
  parse(text) {
    const found: LinkManager[] = [];
    const lines = text.split('\n');
    if (!lines.includes('end')) throw new Error('its last line is missing');
    for (const line of lines) {
      const file = /^(networkd|NetworkManager) \S*\/(\d+):/.exec(line);
      if (file)
        found.push({
          program: file[1] === 'networkd' ? 'systemd-networkd' : 'NetworkManager',
          ifindex: Number(file[2]),
        });
      if (!line.startsWith('dhcp ')) continue;
      const [program = '', ...words] = line.slice('dhcp '.length).trim().split(/\s+/);
      for (const device of words.filter((word) => /^[A-Za-z0-9_.-]{1,15}$/.test(word))) {
        found.push({ program: program.split('/').pop() ?? program, device });
      }
    }
    return found;
  },
};
