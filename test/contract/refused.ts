import type { Command } from '../../src/model/command.ts';

/** A command of the same program that the program refuses. */
export function refused(command: Command): Command {
  switch (command.tool) {
    case 'ip':
    case 'netns-add':
    case 'netns-del':
      return { tool: 'ip', netns: null, words: ['link', 'set', 'dev', 'missing0', 'up'] };
    case 'ipset':
      return { tool: 'ipset', netns: command.netns, words: ['add', 'missing', '10.0.0.1'] };
    case 'nft':
      return { tool: 'nft', netns: command.netns, words: ['delete', 'table', 'bridge', 'missing'] };
    case 'ovs':
      return { tool: 'ovs', words: ['del-port', 'missing', 'missing0'] };
    case 'iptables':
      return { ...command, edit: { op: 'append', rule: '-j MISSING' } };
    case 'write':
      return { ...command, path: '/proc/missing/file' };
    case 'sysctl':
      return { ...command, key: 'net/missing' };
    default:
      return { tool: 'exec', netns: null, argv: ['sh', '-c', 'echo "as it pleases" >&2; exit 1'] };
  }
}
