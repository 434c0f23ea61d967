import { delPort } from '../../kernel/openvswitch/commands.ts';
import { setLink } from '../../kernel/links/set.ts';
import type { Command } from '../../model/command.ts';
import type { KindContext } from '../../model/kind.ts';
import { addressOf, type Ref } from '../../model/resource.ts';
import { plugIn } from './move.ts';
import type { NicSpec } from './spec.ts';

/**
 * Returns the commands that give a NIC its former bridge, addresses and routes back, after any of those of an apply:
 * the reverting line of each, the last first. A line that has nothing to revert does no harm.
 */
export function movedBack(ref: Ref, before: NicSpec, { reverts, topology }: KindContext): Command[] {
  const done = reverts?.done(addressOf(ref)) ?? [];
  return [...done].reverse().flatMap((command) => revertOf(command, ref.name, before, topology));
}

function revertOf(command: Command, name: string, before: NicSpec, topology: string): Command[] {
  if (command.tool === 'ovs') {
    if (command.words.includes('add-port')) return [delPort(name)];
    return command.words.includes('del-port') && before.bridge !== null ? plugIn(name, before.bridge, topology) : [];
  }
  if (command.tool !== 'ip') return [];
  const { undo, words } = command;
  if (undo !== undefined) return [{ tool: 'ip', netns: command.netns, words: undo }];
  if (words[3] !== name) return [];
  if (words.includes('mtu')) return before.mtu === undefined ? [] : [setLink(null, name, 'mtu', `${before.mtu}`)];
  return words.at(-1) === 'up' && !before.up ? [setLink(null, name, 'down')] : [];
}
