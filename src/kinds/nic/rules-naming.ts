import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Filters } from '../../kernel/filters/filters.ts';
import { ruleWords } from '../../kernel/filters/nft-words.ts';
import { isWrapped } from '../../kernel/netfilter/rule-words.ts';

const SHOWN = 3;

/**
 * Returns the warning that foreign rules name a NIC and match nothing once it is a port of the bridge: its packets then
 * come and go by the bridge. A rule is not told if the same one exists for the bridge.
 */
export function rulesNamingNic(
  filters: Filters,
  { nic, bridge }: { readonly nic: string; readonly bridge: string },
  node: string,
  at: Pick<Diagnostic, 'range' | 'place'>,
): readonly Diagnostic[] {
  const rules = [...iptablesRules(filters, nic, bridge), ...nftRules(filters, nic, bridge)];
  if (rules.length === 0) return [];
  const more = rules.length > SHOWN ? `; and ${String(rules.length - SHOWN)} more` : '';
  const shown = rules.slice(0, SHOWN).join('; ');
  return [
    {
      code: 'NLP36',
      severity: 'warning',
      summary: `rules of ${node} name ${nic}, and match nothing once it is in ${bridge}: ${shown}${more}`,
      detail: `What comes and goes by ${nic} then has the device ${bridge}.`,
      hint: `add the same rules for ${bridge}, if what they do is still needed`,
      ...at,
    },
  ];
}

function iptablesRules({ iptables, foreign }: Filters, nic: string, bridge: string): readonly string[] {
  const saves = [
    { program: 'iptables', tables: iptables[4] },
    { program: 'ip6tables', tables: iptables[6] },
    ...(foreign?.iptables ?? []),
  ];
  const words = ['-i', '-o'];
  return saves.flatMap(({ program, tables }) =>
    [...(tables ?? [])].flatMap(([table, chains]) =>
      [...chains].flatMap(([chain, { rules }]) => {
        const lost = isWrapped(chain) ? [] : withoutTwin(rules, words, nic, bridge);
        return lost.map((rule) => `${program}${table === 'filter' ? '' : ` -t ${table}`} -A ${chain} ${rule}`);
      }),
    ),
  );
}

function nftRules({ foreign }: Filters, nic: string, bridge: string): readonly string[] {
  const words = ['iif', 'iifname', 'oif', 'oifname'];
  return (foreign?.nft ?? [])
    .filter(({ family }) => family !== 'bridge')
    .flatMap(({ family, table, chains }) =>
      [...chains].flatMap(([chain, { rules }]) =>
        withoutTwin(
          // A device by index and one by name are the same here.
          rules.map(({ expressions }) => ruleWords(expressions).replace(/\b([io])if /g, '$1ifname ')),
          words,
          nic,
          bridge,
        ).map((rule) => `nft table ${family} ${table}, chain ${chain}: ${rule}`),
      ),
    );
}

/** Returns the rules that name the NIC behind one of these words, and have no twin that names the bridge. */
function withoutTwin(
  rules: readonly string[],
  words: readonly string[],
  nic: string,
  bridge: string,
): readonly string[] {
  const all = new Set(rules);
  return rules.filter((rule) => {
    let twin = ` ${rule} `;
    for (const word of words) twin = twin.replaceAll(` ${word} ${nic} `, ` ${word} ${bridge} `);
    twin = twin.slice(1, -1);
    return twin !== rule && !all.has(twin);
  });
}
