import { scriptWith } from '../hosts/quote.ts';
import { TX_CHECKSUMS } from '../kernel/links/tx-checksums.ts';
import { KERNEL_NAMES } from '../kernel/netfilter/kernel-names.ts';
import { NETLINK_DUMP } from '../kernel/netlink/dump.ts';
import { L3 } from '../kernel/netlink/l3.ts';
import { NETLINK } from '../kernel/probes/netlink.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';
import { programText } from '../programs/text.ts';
import { encode, type Argument } from './arguments.ts';

const READ = programText(new URL('./read.sh', import.meta.url));
const READER = programText(new URL('./reader.pl', import.meta.url));
const NODE_PROBES = programText(new URL('./node-probes.sh', import.meta.url));

/**
 * Returns the script that reads a whole node: all probes of the node and of its namespaces. Its output is split at
 * lines that begin with `@` and the nonce, which nothing that is read can contain.
 */
export function readScript(nonce: string, probes: readonly Probe<unknown>[], request: ProbeRequest): string {
  const data = encode(probes.map((probe) => argumentsOf(probe, request)));
  const programs = [TX_CHECKSUMS, NETLINK_DUMP, KERNEL_NAMES, NETLINK, L3, READER].flatMap((text) => ['-e', text]);
  const reader = [...programs, '--', nonce, `netloom:${request.topology}`, NODE_PROBES, ...data];
  return scriptWith(READ, [nonce, ...reader]);
}

function argumentsOf(probe: Probe<unknown>, request: ProbeRequest): Argument {
  const { id, scope } = probe;
  if (probe.scope !== 'node') return { id, scope, ...probe.read };
  const { script, where, only } = probe;
  return {
    id,
    scope,
    script,
    arguments: probe.arguments?.(request) ?? [],
    ...(where && { where }),
    ...(only !== undefined && { only }),
  };
}
