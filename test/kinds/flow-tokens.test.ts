import { describe, expect, test } from 'vitest';
import { deleteFlows, flowToken, readFlows } from '../../src/kernel/effects/flow-tokens.ts';
import type { Flows } from '../../src/kernel/effects/flow-tokens.ts';

const ALL: readonly Flows[] = [
  { family: 4, zone: 4097 },
  { family: 4, zone: 4097, destination: '10.0.0.5/32', protocol: 'tcp', ports: { first: 22, last: 22 } },
  { family: 4, zone: 1, source: '10.0.0.0/24', protocol: 'udp', ports: { first: 5000, last: 5010 } },
  { family: 6, zone: 65535, source: '2001:db8::/32', destination: '2001:db8::5', protocol: 'icmpv6' },
];

test.each(ALL)('$family $zone is formatted and parsed back', (flows) => {
  expect(readFlows(flowToken(flows))).toEqual(flows);
});

test('a protocol without a name in conntrack(8) is given by number, without ports; an unknown one is left out', () => {
  const flows: Flows = { family: 4, zone: 4097, protocol: '112', ports: { first: 1, last: 2 } };
  expect(readFlows(flowToken(flows))).toEqual({ family: 4, zone: 4097, protocol: '112' });
  expect(readFlows(flowToken({ ...flows, protocol: '256' }))).toEqual({ family: 4, zone: 4097 });
});

describe('a token of the file is untrusted text', () => {
  test.each([
    'flow=4 4097 - - - - more',
    'flow=5 4097 - - - -',
    'flow=4 x - - - -',
    'flow=4 4097 $(reboot) - - -',
    'flow=4 4097 --help - - -',
    'flow=4 4097 10.0.0.1/99999 - - -',
    'ct=0a000005',
  ])('%s', (token) => {
    expect(readFlows(token)).toBeUndefined();
  });

  test('unknown words are left out', () => {
    expect(readFlows('flow=4 4097 - - -rf ;x')).toEqual({ family: 4, zone: 4097 });
  });
});

test('one call of conntrack(8) for one port, its protocol before it', () => {
  const [one, range] = deleteFlows(null, [ALL[1]!, ALL[2]!]);
  expect(one).toMatchObject({
    tool: 'exec',
    argv: [
      'conntrack',
      '-D',
      '-f',
      'ipv4',
      '-w',
      '4097',
      '-p',
      'tcp',
      '--orig-dst',
      '10.0.0.5/32',
      '--orig-port-dst',
      '22',
    ],
    ok: [0, 1],
  });
  expect(range).toMatchObject({ argv: expect.arrayContaining(['sh', '5000', '5010']) as unknown });
});

test('an IPv6 /32 is a network, not one address', () => {
  const sources = Array.from({ length: 10 }, (_, at) => `2001:db${String(at)}::`);
  const losing = (length: number): readonly Flows[] =>
    sources.map((source) => ({ family: 6, zone: 1, source: `${source}/${String(length)}` }));
  expect(deleteFlows(null, losing(32))).toHaveLength(10);
  expect(deleteFlows(null, losing(128))).toMatchObject([
    { argv: expect.arrayContaining([` ${sources.join(' ')} `]) as unknown },
  ]);
});

test('one process for many ports that lose the same connections, and one each for few', () => {
  const many = Array.from({ length: 100 }, (_, at): Flows => ({ ...ALL[1]!, destination: `10.0.0.${String(at)}/32` }));
  const other: Flows = { ...ALL[1]!, destination: '10.0.0.5/32', protocol: 'udp' };
  const commands = deleteFlows(null, [...many, other]);
  expect(commands).toHaveLength(2);
  const [together, alone] = commands.map((command) => (command.tool === 'exec' ? command.argv : []));
  expect(together?.slice(4, 5)).toEqual(['dst']);
  expect(together?.[5]).toContain(' 10.0.0.99 ');
  expect(together?.slice(6)).toEqual(['-f', 'ipv4', '-w', '4097', '-p', 'tcp', '--orig-port-dst', '22']);
  expect(alone?.slice(0, 2)).toEqual(['conntrack', '-D']);
});
