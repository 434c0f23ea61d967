import { createHash } from 'node:crypto';
import { scriptWith } from '../hosts/quote.ts';
import { TX_CHECKSUMS } from '../kernel/links/tx-checksums.ts';
import { KERNEL_NAMES } from '../kernel/netfilter/kernel-names.ts';
import { NETLINK_DUMP } from '../kernel/netlink/dump.ts';
import { KERNEL_NUMBERS } from '../kernel/netlink/numbers.ts';
import { L3 } from '../kernel/netlink/l3.ts';
import { NETLINK } from '../kernel/probes/netlink.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';
import { programText } from '../programs/text.ts';
import { encode, type Argument } from './arguments.ts';

/**
 * How a node's cache of program outputs is used. `off`: every program is asked, and nothing is kept. `compare`: every
 * program is asked, and an output that differs from the cached one under the same key is an error (NLO01).
 */
export type CacheUse = 'use' | 'off' | 'compare';

const READ = programText(new URL('./read.sh', import.meta.url));
const CACHE = programText(new URL('./cache.pl', import.meta.url));
const CACHE_KEY = programText(new URL('./cache-key.pl', import.meta.url));
const DIGEST = programText(new URL('./digest.pl', import.meta.url));
const READER = programText(new URL('./reader.pl', import.meta.url));
const NODE_PROBES = programText(new URL('./node-probes.sh', import.meta.url));

const PROGRAMS = [
  KERNEL_NUMBERS,
  TX_CHECKSUMS,
  NETLINK_DUMP,
  KERNEL_NAMES,
  NETLINK,
  L3,
  CACHE_KEY,
  CACHE,
  DIGEST,
  READER,
];

/** A cache of another version of the program is not used. */
const VERSION = createHash('sha256').update(PROGRAMS.join('')).digest('hex').slice(0, 16);

/**
 * Returns the script that reads a node: all probes of the node and of its namespaces, or of those of `only`. The
 * probes of the node belong to its own namespace. Its output is split at
 * lines that begin with `@` and the nonce, which nothing that is read can contain.
 * `digest`: of an answer that is known: if the node would give it again, it says so instead.
 */
export function readScript(
  nonce: string,
  probes: readonly Probe<unknown>[],
  request: ProbeRequest,
  {
    cache = 'use',
    only,
    digest = '',
  }: { readonly cache?: CacheUse; readonly only?: ReadonlySet<Netns>; readonly digest?: string } = {},
): string {
  const data = encode(probes.map((probe) => argumentsOf(probe, request)));
  const programs = PROGRAMS.flatMap((text) => ['-e', text]);
  const reader = [
    ...programs,
    '--',
    nonce,
    `netloom:${request.topology}`,
    NODE_PROBES,
    cache,
    VERSION,
    wanted(only),
    digest,
    ...data,
  ];
  return scriptWith(READ, [nonce, ...reader]);
}

function wanted(only: ReadonlySet<Netns> | undefined): string {
  return only === undefined ? '*' : [...only].map((netns) => netns ?? '-').join(' ');
}

function argumentsOf(probe: Probe<unknown>, request: ProbeRequest): Argument {
  const { id, scope, ignoring = [] } = probe;
  if (probe.scope !== 'node') return { id, scope, ignoring, ...probe.read };
  const { script, where, only } = probe;
  return {
    id,
    scope,
    ignoring,
    script,
    arguments: probe.arguments?.(request) ?? [],
    ...(where && { where }),
    ...(only !== undefined && { only }),
  };
}
