import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';

/** Zones from here on are numbered (Neutron's ZONE_START is 4097: lower zones were VLAN ids). */
const FIRST_ZONE = 4097;

/** The end of a rule that sets a zone. */
const TO_ZONE = '-j CT --zone ';

/**
 * Returns the rules with a conntrack zone in place of each `--zone @NAME`: the zone of the frames that arrive through
 * the device NAME, from the raw table of either IP version, or the lowest that no rule there uses. Entries of live
 * connections hold their zone, so it never changes.
 */
export function withZones(
  rules: readonly string[],
  saved: () => readonly (SavedTables | undefined)[],
): readonly string[] {
  if (!rules.some((rule) => rule.includes(' --zone @'))) return rules;
  const devices = new Set(rules.flatMap((rule) => nameIn(rule) ?? []));
  const savedRules = saved().flatMap((tables) =>
    [...(tables?.get('raw')?.values() ?? [])].flatMap((chain) => chain.rules),
  );
  const used = new Set<number>();
  const ofName = new Map<string, number>();
  for (const rule of savedRules) {
    const zone = Number(zoneIn(rule) ?? NaN);
    if (Number.isNaN(zone)) continue;
    const name = wordAfter('-i ', rule) ?? wordAfter('--physdev-in ', rule);
    if (name !== undefined && devices.has(name) && !ofName.has(name) && !used.has(zone)) ofName.set(name, zone);
    used.add(zone);
  }
  let next = FIRST_ZONE;
  for (const name of devices) {
    if (ofName.has(name)) continue;
    while (used.has(next)) next += 1;
    ofName.set(name, next);
    used.add(next);
  }
  return rules.map((rule) => {
    const name = nameIn(rule);
    return name === undefined ? rule : `${rule.slice(0, -1 - name.length)}${String(ofName.get(name))}`;
  });
}

// A node has three such rules for each of its instances and IP versions: they are sliced, since matching takes longer.

function nameIn(rule: string): string | undefined {
  const zone = zoneIn(rule);
  return zone?.startsWith('@') === true ? zone.slice(1) : undefined;
}

/** Returns the zone at the end of a rule that sets one. */
function zoneIn(rule: string): string | undefined {
  const at = rule.lastIndexOf(TO_ZONE);
  const zone = at < 0 ? '' : rule.slice(at + TO_ZONE.length);
  const isWord = at === 0 || rule[at - 1] === ' ';
  return isWord && zone !== '' && !zone.includes(' ') ? zone : undefined;
}

/** Returns the word behind an option, if others follow it. */
function wordAfter(option: string, rule: string): string | undefined {
  const at = ` ${rule}`.indexOf(` ${option}`);
  const end = rule.indexOf(' ', at + option.length);
  return at < 0 || end < 0 ? undefined : rule.slice(at + option.length, end);
}
