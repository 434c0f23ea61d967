import type { Hook } from '../probes/netlink.ts';

/** The tables that iptables-nft, arptables-nft and ebtables-nft create, and the built-in chains of each. */
const CHAINS: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** Returns whether nftables' table of this name is one of iptables: `ip filter`, `ip6 nat`. */
export function isIptablesTable({ family, table }: Pick<Hook, 'family' | 'table'>): boolean {
  return (family === 'ip' || family === 'ip6') && CHAINS[table] !== undefined;
}

/** Returns whether iptables-save prints this chain: a built-in chain of a table of iptables. */
export function isIptablesChain(hook: Pick<Hook, 'family' | 'table' | 'chain'>): boolean {
  return isIptablesTable(hook) && CHAINS[hook.table]?.includes(hook.chain) === true;
}
