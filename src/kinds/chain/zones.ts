import type { SavedTables } from '../shared/iptables-save.ts';

/** Zones below are for those that ask for a number (Neutron's ZONE_START is 4097: up to there they were VLANs). */
const FIRST_ZONE = 4097;

const ANY_ZONE = /^(?:.* )?-j CT --zone (@?\S+)$/;

/**
 * The rules with a conntrack zone in place of each `--zone @NAME`: the one that frames which come in by the device NAME are in already, in
 * the raw table of either IP version, or the lowest that no rule there names. A zone is in the entries of living connections: it stays.
 */
export function withZones(
  rules: readonly string[],
  saved: () => readonly (SavedTables | undefined)[],
): readonly string[] {
  if (!rules.some((rule) => rule.includes(' --zone @'))) return rules;
  const wanted = [...new Set(rules.flatMap((rule) => nameIn(rule) ?? []))];
  const standing = saved().flatMap((tables) =>
    [...(tables?.get('raw')?.values() ?? [])].flatMap((chain) => chain.rules),
  );
  const used = new Set<number>();
  const ofName = new Map<string, number>();
  for (const rule of standing) {
    const zone = Number(ANY_ZONE.exec(rule)?.[1]);
    if (Number.isNaN(zone)) continue;
    const name = / ?-i (\S+) /.exec(` ${rule}`)?.[1] ?? /--physdev-in (\S+) /.exec(rule)?.[1];
    if (name !== undefined && wanted.includes(name) && !ofName.has(name) && !used.has(zone)) ofName.set(name, zone);
    used.add(zone);
  }
  let next = FIRST_ZONE;
  for (const name of wanted) {
    if (ofName.has(name)) continue;
    while (used.has(next)) next += 1;
    ofName.set(name, next);
    used.add(next);
  }
  return rules.map((rule) => {
    const name = nameIn(rule);
    return name === undefined ? rule : rule.replace(`--zone @${name}`, `--zone ${String(ofName.get(name))}`);
  });
}

function nameIn(rule: string): string | undefined {
  const zone = ANY_ZONE.exec(rule)?.[1];
  return zone?.startsWith('@') === true ? zone.slice(1) : undefined;
}
