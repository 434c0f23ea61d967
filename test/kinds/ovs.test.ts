import { describe, expect, test } from 'vitest';
import { mapWords } from '../../src/kernel/openvswitch/commands.ts';
import { ovsProbe } from '../../src/kernel/openvswitch/database.ts';

const uuid = (number: number): readonly string[] => ['uuid', `00000000-0000-0000-0000-00000000000${String(number)}`];
const set = (...items: readonly unknown[]): readonly unknown[] => ['set', items];
const map = (entries: Readonly<Record<string, string>>): readonly unknown[] => ['map', Object.entries(entries)];
const table = (headings: string, ...data: readonly (readonly unknown[])[]): string =>
  JSON.stringify({ data, headings: headings.split(' ') });

const ANSWER = [
  table('datapath_types', [set('netdev', 'system')]),
  table('name datapath_type fail_mode external_ids other_config ports', [
    'br-int',
    'netdev',
    set(),
    map({ netloom: 'demo' }),
    map({}),
    set(uuid(1), uuid(2)),
  ]),
  table(
    '_uuid name tag vlan_mode trunks external_ids interfaces',
    [uuid(1), 'br-int', set(), set(), set(), map({}), uuid(3)],
    [uuid(2), 'qr-1', 7, 'trunk', 4095, map({}), uuid(4)],
  ),
  table(
    '_uuid name type mac mac_in_use ofport ifindex error mtu_request external_ids options',
    [uuid(3), 'br-int', 'internal', set(), '02:00:00:00:00:01', 65534, 4, set(), set(), map({}), map({})],
    [
      uuid(4),
      'qr-1',
      'internal',
      'fa:16:3e:00:00:02',
      set(),
      -1,
      0,
      'no such device',
      1400,
      map({ a: 'b=c:d' }),
      map({}),
    ],
  ),
];

describe('the database of Open vSwitch', () => {
  test('rows refer to each other by name; a set of none, of one and of several', () => {
    const ovs = ovsProbe.parse([...ANSWER, '@answer 0', ''].join('\n'));
    expect(ovs).toMatchObject({ state: 'answers', vswitchdRuns: true, kernelDatapath: false });
    expect(ovsProbe.parse([...ANSWER, '@answer 0', '@module', ''].join('\n'))).toMatchObject({ kernelDatapath: true });
    expect(ovs.bridges.get('br-int')).toMatchObject({ failMode: '', ports: ['br-int', 'qr-1'] });
    expect(ovs.ports.get('qr-1')).toMatchObject({
      bridge: 'br-int',
      tag: 7,
      vlanMode: 'trunk',
      trunks: [4095],
      interfaces: ['qr-1'],
    });
    expect(ovs.ports.get('br-int')).toMatchObject({ tag: null, vlanMode: '', trunks: [] });
    expect(ovs.interfaces.get('qr-1')).toMatchObject({
      mac: 'fa:16:3e:00:00:02',
      ofport: -1,
      error: 'no such device',
      mtuRequest: 1400,
    });
    expect(ovs.interfaces.get('qr-1')?.ids.get('a')).toBe('b=c:d');
  });

  test.each([
    ['', 'absent', ''],
    [
      '@silence ovs-vsctl: database connection failed (Connection refused)\n@answer 1',
      'silent',
      'ovs-vsctl: database connection failed (Connection refused)',
    ],
    ['@silence \n@answer 0', 'silent', 'it gives no reason'],
  ])('an unreadable database is an error, never an empty one: %j', (text, state, why) => {
    expect(ovsProbe.parse(text)).toMatchObject({ state, why, vswitchdRuns: text.endsWith('0') });
  });

  test('a database without a running ovs-vswitchd is not treated as a switch', () => {
    expect(ovsProbe.parse([...ANSWER, '@answer 1'].join('\n'))).toMatchObject({
      state: 'answers',
      vswitchdRuns: false,
    });
  });
});

test('values and keys are quoted as the database reads them', () => {
  expect(mapWords('external_ids', { 'attached-mac': 'fa:16:3e:00:00:01', 'a:b': 'say "hi" = \\' })).toEqual([
    'external_ids:"attached-mac"="fa:16:3e:00:00:01"',
    'external_ids:"a:b"="say \\"hi\\" = \\\\"',
  ]);
});
