import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';

/** Which iptables this is, and whether rules of the other flavour stand beside it. */
export async function flavourFindings(machine: Machine): Promise<readonly Finding[]> {
  const base = { area: 'iptables', id: 'flavour', name: 'flavour' } as const;
  const { code, stdout } = await machine.run(['iptables', '--version']);
  // That it is missing is said among the tools.
  if (code !== 0) return [];
  const flavour = stdout.includes('nf_tables') ? 'nft' : 'legacy';
  const detail = `${flavour} (${stdout.trim()})`;
  if (!machine.isRoot) {
    return [{ ...base, state: 'ok', detail: `${detail}; root only can tell whether the other stands beside it` }];
  }
  const legacy = ((await machine.readText('/proc/net/ip_tables_names')) ?? '').trim().split('\n').filter(Boolean);
  const nft = tablesIn((await machine.run(['iptables-nft-save'])).stdout);
  if (legacy.length === 0 || nft.length === 0) return [{ ...base, state: 'ok', detail }];
  return [
    {
      ...base,
      state: 'warning',
      detail: `${detail}, and both flavours have tables: legacy ${legacy.join(', ')}; nft ${nft.join(', ')}`,
      cost: 'packets pass the rules of both; netloom sees and writes those of one only',
      mend:
        flavour === 'nft'
          ? 'look at iptables-legacy-save; then iptables-legacy -F and -X in each of its tables, or reboot'
          : 'look at iptables-nft-save; or choose one with update-alternatives --config iptables',
    },
  ];
}

/** `*nat` → `nat`, of every table in a save. */
function tablesIn(save: string): readonly string[] {
  return [...save.matchAll(/^\*(\S+)$/gm)].map((match) => match[1] ?? '');
}
