import { labRun } from '../../../src/lab/index.ts';
import type { Network } from './network.ts';

/**
 * Writes a file in a member of the lab. The member has its own /tmp, so a clone below the host's /tmp is not visible
 * there.
 */
export async function copyIn(network: Network, member: string, bytes: Buffer, to: string): Promise<void> {
  const stdin = bytes.toString('base64');
  const { code, stderr } = await labRun(network.topology, member, ['sh', '-c', 'base64 -d >"$1"', 'sh', to], { stdin });
  if (code !== 0) throw new Error(`${to} on ${member}: ${stderr}`);
}
