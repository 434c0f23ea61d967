import { createHmac } from 'node:crypto';
import type { Shells } from './nodes.ts';

/** The machines that nodes are, by node: an id that stays over boots, and is netloom's alone. */
export type MachineIds = ReadonlyMap<string, string>;

/** Names netloom to sd_id128_get_machine_app_specific(3). It must never change. */
const APPLICATION = Buffer.from('9e2f6c0d54b14f7fb3c1a8d6270e95a4', 'hex');

/**
 * Returns the machine of each node that tells it: a node without /etc/machine-id is not in it, nor are those of a lab,
 * which all are this machine. @throws DiagnosticError if a node cannot be read
 */
export async function machineIds(shells: Shells, lab: boolean): Promise<MachineIds> {
  if (lab) return new Map();
  const all = await Promise.all(
    [...shells].map(async ([node, shell]) => [node, await shell.read('cat /etc/machine-id 2>/dev/null || :')] as const),
  );
  return new Map(
    all.flatMap(([node, text]) => {
      const id = ownMachineId(text);
      return id === undefined ? [] : [[node, id] as const];
    }),
  );
}

/**
 * Returns the id of a machine for netloom, as sd_id128_get_machine_app_specific(3) does: machine-id(5) must not be
 * given away. `undefined`: the text is no id, such as that of an image that was never started.
 */
export function ownMachineId(text: string): string | undefined {
  const id = text.trim();
  if (!/^[0-9a-f]{32}$/.test(id) || /^0+$/.test(id)) return undefined;
  const bytes = createHmac('sha256', Buffer.from(id, 'hex')).update(APPLICATION).digest().subarray(0, 16);
  // A UUID of version 4.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex');
}
