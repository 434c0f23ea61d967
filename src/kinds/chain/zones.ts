import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';

/** Zones from here on are numbered (Neutron's ZONE_START is 4097: lower zones were VLAN ids). */
const FIRST_ZONE = 4097;

/** The end of a rule that sets a zone. */
const TO_ZONE = '-j CT --zone ';

/** A conntrack zone that a rule sets, of the frames that arrive through a device if it says so. */
export interface UsedZone {
  readonly zone: number;
  readonly device?: string;
}

/** Returns the zones that the rules of raw tables set, in their order. */
export function usedZones(saved: readonly (SavedTables | undefined)[]): readonly UsedZone[] {
  const rules = saved.flatMap((tables) => [...(tables?.get('raw')?.values() ?? [])].flatMap((chain) => chain.rules));
  return rules.flatMap((rule) => {
    const zone = Number(zoneIn(rule) ?? NaN);
    if (Number.isNaN(zone)) return [];
    const device = wordAfter('-i ', rule) ?? wordAfter('--physdev-in ', rule);
    return { zone, ...(device !== undefined && { device }) };
  });
}

/**
 * Returns the rules with a conntrack zone in place of each `--zone @NAME`: the zone of the frames that arrive through
 * the device NAME, from the raw table of either IP version, or the lowest that no rule there uses. Entries of live
 * connections hold their zone, so it never changes.
 */
export function withZones(rules: readonly string[], saved: readonly UsedZone[]): readonly string[] {
  if (!rules.some((rule) => rule.includes(' --zone @'))) return rules;
  const devices = new Set(rules.flatMap((rule) => nameIn(rule) ?? []));
  const used = new Set<number>();
  const ofName = new Map<string, number>();
  for (const { zone, device } of saved) {
    if (device !== undefined && devices.has(device) && !ofName.has(device) && !used.has(zone)) ofName.set(device, zone);
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
