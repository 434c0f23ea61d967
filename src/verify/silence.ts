import { addressesCommand, speakCommand } from './command.ts';
import type { Probe, RunIn } from './probe.ts';

/** Returns why no answer to this probe says nothing; `undefined`: its sender could have got one. */
export async function silenceOf(probe: Probe, run: RunIn): Promise<string | undefined> {
  const { from, address, target } = probe;
  const { stdout, stderr } = await run(from, speakCommand(probe));
  const [word, ...words] = stdout.trim().split(' ');
  if (word === 'missing') return `${from} does not have its address ${words.join(', ')}`;
  if (word === 'alone') return `${from} has no route to ${address}, and no neighbour that could answer it`;
  if (word === 'silent') return `${from} gets no ARP answer from ${words.join(', ')}`;
  if (word !== 'speaks') return stderr.trim().split('\n')[0] || `it is not known whether ${from} could get an answer`;
  if (target === undefined) return undefined;
  const has = (await run(target.name, addressesCommand())).stdout;
  const missing = target.addresses.filter((own) => !has.includes(` ${own}/`));
  return missing.length === 0 ? undefined : `${target.name} does not have its address ${missing.join(', ')}`;
}
