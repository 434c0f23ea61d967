import { scriptWith } from '../hosts/quote.ts';
import { TX_CHECKSUMS } from '../kernel/links/tx-checksums.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';
import { programText } from '../programs/text.ts';
import { wordsOf, type Told } from './words.ts';

const READ = programText(new URL('./read.sh', import.meta.url));
const READER = programText(new URL('./reader.pl', import.meta.url));
const NODE_PROBES = programText(new URL('./node-probes.sh', import.meta.url));

/**
 * The one script that reads a whole node: every probe of the node, and every probe of its namespaces. Its output is cut at lines that begin
 * with `@` and the nonce, which nothing that is read can know.
 */
export function readScript(nonce: string, probes: readonly Probe<unknown>[], request: ProbeRequest): string {
  const told = wordsOf(probes.map((probe) => toldOf(probe, request)));
  const reader = ['-e', TX_CHECKSUMS, '-e', READER, '--', nonce, `netloom:${request.topology}`, NODE_PROBES, ...told];
  return scriptWith(READ, [nonce, ...reader]);
}

function toldOf(probe: Probe<unknown>, request: ProbeRequest): Told {
  const { id, scope } = probe;
  if (probe.scope !== 'node') return { id, scope, ...probe.read };
  const { script, where } = probe;
  return { id, scope, script, arguments: probe.arguments?.(request) ?? [], ...(where && { where }) };
}
