import { escaped, touching, type Damage } from './damage.ts';
import type { Place } from './place.ts';

const RESTORE = { 4: 'iptables-restore', 6: 'ip6tables-restore' } as const;

/** The damages to the rules and chains of a namespace. */
export function* ruleDamages(place: Place): Iterable<Damage> {
  for (const family of [4, 6] as const) {
    let table = '';
    let rules = new Map<string, string[]>();
    for (const line of place.save[family].split('\n')) {
      if (line.startsWith('*')) {
        table = line.slice(1);
        rules = new Map();
      } else if (line.startsWith(':')) rules.set(line.slice(1).split(' ')[0] ?? '', []);
      else if (line.startsWith('-A ')) {
        const [, chain = '', rule = ''] = /^-A (\S+) ?(.*)$/.exec(line) ?? [];
        rules.get(chain)?.push(rule);
      } else if (line === 'COMMIT') yield* tableDamages(place, family, table, rules);
    }
  }
}

function* tableDamages(
  place: Place,
  family: 4 | 6,
  table: string,
  chains: ReadonlyMap<string, readonly string[]>,
): Iterable<Damage> {
  const restore = (...edits: readonly string[]): string =>
    `${place.enter}${RESTORE[family]} --noflush <<'X'\n*${table}\n${edits.join('\n')}\nCOMMIT\nX`;
  const at = (chain: string): string => `${place.name}/chain/${family}/${table}/${escaped(chain)}$`;
  for (const [chain, rules] of chains) {
    const title = `${place.name.split('-')[0] ?? ''} ${family} ${table} ${chain}`;
    const here = touching(at(chain));
    const wrapped = /^neutron-/.test(chain);
    const whose = chain.includes('-pf') ? ' of a forwarding' : '';
    for (const [i, rule] of rules.entries()) {
      const position = i + 1;
      yield {
        title: `${title} ${position}: deleted`,
        class: `rule deleted${whose}`,
        script: restore(`-D ${chain} ${position}`),
        touches: here,
      };
      yield {
        title: `${title} ${position}: twice`,
        class: `rule twice${whose}`,
        script: restore(`-I ${chain} ${position} ${rule}`),
        touches: here,
      };
      const next = rules[i + 1];
      if (next !== undefined && next !== rule) {
        yield {
          title: `${title} ${position}: order`,
          class: `rule order${whose}`,
          script: restore(`-D ${chain} ${position}`, `-I ${chain} ${position + 1} ${rule}`),
          touches: here,
        };
      }
      if (wrapped) {
        yield {
          title: `${title} ${position}: altered`,
          class: `rule altered${whose}`,
          script: restore(`-R ${chain} ${position} -m comment --comment "not ours"`),
          touches: here,
        };
      }
    }
    if (!wrapped) continue;
    if (rules.length > 0)
      yield {
        title: `${title}: flushed`,
        class: `chain flushed${whose}`,
        script: restore(`-F ${chain}`),
        touches: here,
      };
    yield {
      title: `${title}: one rule more`,
      class: `rule added${whose}`,
      script: restore(`-A ${chain} -s ${family === 6 ? '2001:db8::7' : '192.0.2.7'} -j RETURN`),
      touches: here,
    };
    const referring = [...chains].flatMap(([other, list]) =>
      list.filter((rule) => rule.endsWith(`-j ${chain}`)).map((rule) => [other, rule] as const),
    );
    yield {
      title: `${title}: deleted`,
      class: `chain deleted${whose}`,
      script: restore(...referring.map(([other, rule]) => `-D ${other} ${rule}`), `-F ${chain}`, `-X ${chain}`),
      touches: touching(at(chain), ...referring.map(([other]) => at(other))),
    };
  }
  for (const chain of chains.keys()) {
    if (table === 'nat' || !/^[A-Z]+$/.test(chain)) continue;
    yield {
      title: `${place.name} ${family} ${table} ${chain}: policy`,
      class: 'chain policy',
      script: restore(`:${chain} DROP [0:0]`),
      touches: touching(`${place.name}/policy/${family}/${table}/${chain}$`),
    };
  }
  yield {
    title: `${place.name} ${family} ${table}: one chain more`,
    class: 'chain added',
    script: restore(':neutron-more - [0:0]', '-A neutron-more -j RETURN', `-A OUTPUT -j neutron-more`),
    touches: touching(at('neutron-more'), at('OUTPUT')),
  };
}
