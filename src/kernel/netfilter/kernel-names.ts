import type { NamespaceProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** The Perl function `kernel_names`, for the program that reads a node. */
export const KERNEL_NAMES = programText(new URL('./kernel-names.pl', import.meta.url));

/** The names of what the kernel has of netfilter in one namespace. */
export interface KernelNames {
  /** Tables of nftables, each `FAMILY NAME`. */
  readonly nft: ReadonlySet<string>;
  /** Tables of the older iptables, each `ip NAME` or `ip6 NAME`. */
  readonly legacy: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
}

/** Asks the kernel itself for names, without a program: what proves that the output of a program is whole. */
export const kernelNamesProbe: NamespaceProbe<KernelNames> = {
  id: 'kernel-names',
  scope: 'marked',
  read: { netfilter: 'names' },
  parse(text) {
    const after = (word: string): ReadonlySet<string> =>
      new Set(text.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : [])));
    return { nft: after('nft'), legacy: after('legacy'), sets: after('set') };
  },
};
