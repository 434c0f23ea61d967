import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

/** Finds out which iptables is used, and whether the other flavour (legacy, nft) has rules too. */
export async function flavourFindings(machine: Machine): Promise<readonly Finding[]> {
  const base = { area: 'iptables', id: 'flavour', name: 'flavour' } as const;
  const { code, stdout } = await machine.run(['iptables', '--version']);
  // The tools report that it is missing.
  if (code !== 0) return [];
  const flavour = stdout.includes('nf_tables') ? 'nft' : 'legacy';
  const detail = `${flavour} (${stdout.trim()})`;
  if (!machine.isRoot) {
    return [{ ...base, state: 'ok', detail: `${detail}; only root can read the tables of the other flavour` }];
  }
  const legacy = ((await machine.readText('/proc/net/ip_tables_names')) ?? '').trim().split('\n').filter(Boolean);
  const nft = tablesIn((await machine.run(['iptables-nft-save'])).stdout);
  if (legacy.length === 0 || nft.length === 0) return [{ ...base, state: 'ok', detail }];
  return [
    {
      ...base,
      state: 'warning',
      detail: `${detail}, and both flavours have tables: legacy ${legacy.join(', ')}; nft ${nft.join(', ')}`,
      cost: `packets pass the rules of both; netloom reads and changes only those of ${flavour}`,
      fix:
        flavour === 'nft'
          ? 'look at iptables-legacy-save; then iptables-legacy -F and -X in each of its tables, or reboot'
          : 'look at iptables-nft-save; or choose one with update-alternatives --config iptables',
    },
  ];
}

/** Returns the names of the tables in a save: `*nat` → `nat`. */
function tablesIn(save: string): readonly string[] {
  return [...save.matchAll(/^\*(\S+)$/gm)].map((match) => match[1] ?? '');
}
