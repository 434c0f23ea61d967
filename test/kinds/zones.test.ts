import { expect, test } from 'vitest';
import { usedZones, withZones } from '../../src/kinds/chain/zones.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';

const zone = (device: string, number: number | string): string =>
  `-i ${device} -m comment --comment "Set zone for x" -j CT --zone ${String(number)}`;

function raw(...rules: readonly string[]): ReturnType<typeof parseIptablesSave> {
  const lines = rules.map((rule) => `-A neutron-linuxbri-PREROUTING ${rule}`);
  return parseIptablesSave(['*raw', ':neutron-linuxbri-PREROUTING - [0:0]', ...lines, 'COMMIT', ''].join('\n'));
}

test('from 4097 on, in order, one number for all rules of a device', () => {
  const rules = [zone('brq1', '@brq1'), zone('brq2', '@brq2'), zone('tap1', '@brq1')];
  expect(withZones(rules, [])).toEqual([zone('brq1', 4097), zone('brq2', 4098), zone('tap1', 4097)]);
});

test('an existing device keeps its number, and a new one gets the lowest unused one', () => {
  const stands = raw(zone('brq2', 4097), zone('strange', 4098), zone('brq3', 7));
  const rules = ['brq1', 'brq2', 'brq3'].map((name) => zone(name, `@${name}`));
  expect(withZones(rules, usedZones([undefined, stands]))).toEqual([
    zone('brq1', 4099),
    zone('brq2', 4097),
    zone('brq3', 7),
  ]);
});

test('two devices with the same number do not both keep it', () => {
  const rules = ['brq1', 'brq2'].map((name) => zone(name, `@${name}`));
  const stands = raw(zone('brq1', 4100), zone('brq2', 4100));
  expect(withZones(rules, usedZones([stands]))).toEqual([zone('brq1', 4100), zone('brq2', 4097)]);
});

test('rules without a placeholder are left as they are', () => {
  const rules = [zone('brq1', 5), '-j RETURN'];
  expect(withZones(rules, [])).toBe(rules);
});
