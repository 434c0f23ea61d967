import { createHash } from 'node:crypto';
import type { Existence } from '../../model/existence.ts';
import type { Netns } from '../../model/resource.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

const DIGEST = 'rules=$("$0" -w -t "$1" -S "$2") && printf "%s\\n" "$rules" | sha256sum';

/**
 * Returns the test of a chain of ours; `undefined` for a built-in one. The digest of its rules identifies it: edits
 * count positions, and in another chain they would delete another rule.
 */
export function chainExistence(netns: Netns, name: string, { builtin, rules }: ChainSpec): Existence | undefined {
  if (builtin) return undefined;
  const { family, table, chain } = parseChainName(name);
  const lines = [`-N ${chain}`, ...rules.map((rule) => `-A ${chain} ${rule}`)];
  const identity = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  const program = family === 6 ? 'ip6tables' : 'iptables';
  return { netns, argv: ['sh', '-c', DIGEST, program, table, chain], identity };
}
