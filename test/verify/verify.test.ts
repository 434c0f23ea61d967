import { describe, expect, test } from 'vitest';
import { paint } from '../../src/render/colour.ts';
import { outcomesDocument } from '../../src/render/verify/json.ts';
import { renderOutcomes } from '../../src/render/verify/text.ts';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { probeCommand } from '../../src/verify/command.ts';
import { judge } from '../../src/verify/judge.ts';
import type { Probe } from '../../src/verify/probe.ts';
import { probesOf } from '../../src/verify/probes.ts';
import { verify } from '../../src/verify/verify.ts';

const ping: Probe = {
  from: 'a',
  to: 'b',
  address: '10.0.0.2',
  protocol: 'ping',
  port: undefined,
  name: undefined,
  succeeds: true,
  seenAs: undefined,
};
const tcp: Probe = { ...ping, protocol: 'tcp', port: 22 };
const dns: Probe = { ...ping, protocol: 'dns', name: 'b.example.org' };
const silent = { code: 1, stdout: '', stderr: '' };
const answers = { code: 0, stdout: '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.38 ms\n', stderr: '' };
const fast = { graceMs: 40, pauseMs: 1 };

describe('the outcome of an attempt', () => {
  test.each([
    [ping, answers, true, '0.4 ms'],
    [ping, silent, false, 'no answer'],
    [
      ping,
      { ...silent, stdout: 'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n' },
      false,
      'Destination Host Unreachable from 10.0.0.1',
    ],
    [{ ...ping, succeeds: false }, silent, true, 'no answer'],
    [{ ...ping, succeeds: false }, answers, false, '0.4 ms'],
    [tcp, { code: 0, stdout: 'b sees 10.0.0.1\n', stderr: '' }, true, 'b sees 10.0.0.1'],
    [tcp, { code: 1, stdout: '', stderr: 'Connection refused\n' }, false, 'Connection refused'],
    [tcp, { code: 2, stdout: '', stderr: 'connected, but no line came\n' }, true, 'connected, but no line came'],
    [
      { ...tcp, seenAs: '11.0.0.1' },
      { code: 0, stdout: 'b sees 10.0.0.1\n', stderr: '' },
      false,
      'b sees 10.0.0.1, not 11.0.0.1',
    ],
    [{ ...tcp, seenAs: '10.0.0.1' }, { code: 0, stdout: 'b sees 10.0.0.1\n', stderr: '' }, true, 'b sees 10.0.0.1'],
    [
      { ...tcp, seenAs: '10.0.0.1' },
      { code: 2, stdout: '', stderr: 'connected, but no line came\n' },
      false,
      'connected, but no line came',
    ],
    [
      { ...tcp, succeeds: false },
      { code: 1, stdout: '', stderr: 'Connection timed out\n' },
      true,
      'Connection timed out',
    ],
    [dns, { code: 0, stdout: '10.0.0.1 10.0.0.2\n', stderr: '' }, true, 'b.example.org is 10.0.0.2 (from 10.0.0.1)'],
    [
      dns,
      { code: 0, stdout: '10.0.0.1 9.9.9.9 8.8.8.8\n', stderr: '' },
      false,
      'b.example.org is 9.9.9.9 8.8.8.8 (from 10.0.0.1)',
    ],
    [dns, { code: 0, stdout: '10.0.0.1\n', stderr: '' }, false, 'b.example.org has no A record (from 10.0.0.1)'],
    [dns, { code: 1, stdout: '', stderr: 'no answer from 10.0.0.1\n' }, false, 'no answer from 10.0.0.1'],
    [
      { ...dns, succeeds: false },
      { code: 0, stdout: '10.0.0.1\n', stderr: '' },
      true,
      'b.example.org has no A record (from 10.0.0.1)',
    ],
    [
      { ...dns, succeeds: false },
      { code: 0, stdout: '10.0.0.1 10.0.0.2\n', stderr: '' },
      false,
      'b.example.org is 10.0.0.2 (from 10.0.0.1)',
    ],
  ])('case %#', (probe, said, ok, detail) => {
    expect(judge(probe, said)).toMatchObject({ ok, detail });
  });
});

describe('attempts', () => {
  test('an expected answer is awaited by further tries', async () => {
    let tries = 0;
    const run = () => Promise.resolve(++tries < 3 ? silent : answers);
    expect(await verify([ping], { run, graceMs: 5000, pauseMs: 1 })).toMatchObject([{ ok: true }]);
    expect(tries).toBe(3);
  });

  test('an expected answer that never comes ends at the deadline', async () => {
    expect(await verify([ping], { run: () => Promise.resolve(silent), ...fast })).toMatchObject([{ ok: false }]);
  });

  test('an answer that must not come is tried twice', async () => {
    let tries = 0;
    const run = () => {
      tries += 1;
      return Promise.resolve(silent);
    };
    expect(await verify([{ ...ping, succeeds: false }], { run, ...fast })).toMatchObject([{ ok: true }]);
    expect(tries).toBe(2);
  });

  test('some probes run at a time, and outcomes are in the order of the file', async () => {
    let flying = 0;
    let most = 0;
    const probes = Array.from({ length: 20 }, (_, i) => ({ ...ping, to: `b${String(i)}` }));
    const outcomes = await verify(probes, {
      ...fast,
      concurrency: 4,
      async run() {
        most = Math.max(most, ++flying);
        await new Promise((settle) => setTimeout(settle, 2));
        flying -= 1;
        return answers;
      },
    });
    expect(most).toBe(4);
    expect(outcomes.map(({ probe }) => probe.to)).toEqual(probes.map(({ to }) => to));
  });
});

test('values reach a command as arguments, never as a script', () => {
  expect(probeCommand(ping)).toEqual(['ping', '-n', '-c', '1', '-W', '1', '10.0.0.2']);
  const [program, flag, , ...rest] = probeCommand(tcp);
  expect([program, flag, ...rest]).toEqual(['perl', '-e', '10.0.0.2', '22', '1']);
  expect(probeCommand(dns).toSpliced(2, 1)).toEqual(['perl', '-e', 'b.example.org', '1']);
});

test('the IP address that an expectation probes', () => {
  const text = `name: demo
physical_networks: { lan: {}, wan: {}, mgmt: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan }, eth2: { physical_network: wan } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
  ext: { physical_network: wan, external: true, subnets: { sub2: { cidr: 11.0.0.0/24 } } }
instances:
  vm1: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.7 } } }
hosts:
  out: { nics: { eth0: { physical_network: mgmt, addresses: [192.0.2.1/24] }, eth1: { physical_network: wan, addresses: [11.0.0.9/24] } } }
  far: { nics: { eth0: { physical_network: mgmt, addresses: [192.0.2.2/24] } } }
expect:
  - { from: out, to: vm1 }
  - { from: vm1, to: out }
  - { from: far, to: out }
  - { from: vm1, to: 192.0.2.9, succeeds: false }
  - { from: vm1, to: out, seen_as: 11.0.0.1 }
`;
  const { topology, diagnostics } = loadTopology(text, 't.yaml');
  expect(diagnostics).toEqual([]);
  const { resolved } = compileTopology(topology!);
  const { probes, warnings } = probesOf(topology!, resolved!);
  expect(probes.map(({ address }) => address)).toEqual(['10.0.0.7', '11.0.0.9', '192.0.2.1', '192.0.2.9']);
  expect(warnings).toMatchObject([{ code: 'NLX41', range: { start: { line: 18 } } }]);
});

test('outcomes as text and as JSON', () => {
  const outcomes = [
    judge(ping, answers),
    judge({ ...tcp, to: '11.0.0.1', seenAs: '1.2.3.4' }, { code: 0, stdout: 'b sees 10.0.0.1\n', stderr: '' }),
    judge({ ...ping, from: 'out', succeeds: false }, silent),
    judge({ ...ping, to: 'c', succeeds: false }, answers),
    judge(dns, { code: 0, stdout: '10.0.0.1 9.9.9.9\n', stderr: '' }),
    judge({ ...dns, succeeds: false }, { code: 0, stdout: '10.0.0.1 10.0.0.2\n', stderr: '' }),
    judge({ ...dns, succeeds: false }, { code: 0, stdout: '10.0.0.1\n', stderr: '' }),
    judge({ ...tcp, to: 'd' }, { code: 1, stdout: '', stderr: 'Connection \u001b[1mrefused\n' }),
  ];
  expect(renderOutcomes(outcomes, 1, paint(false))).toMatchInlineSnapshot(`
    "✔  a → b         ping               0.4 ms
    ✘  a → 11.0.0.1  tcp 22             b sees 10.0.0.1, not 1.2.3.4
    ✔  out ↛ b       ping               no answer, as expected
    ✘  a ↛ c         ping               answers, and should not (0.4 ms)
    ✘  a → b         dns b.example.org  b.example.org is 9.9.9.9 (from 10.0.0.1)
    ✘  a ↛ b         dns b.example.org  b.example.org is 10.0.0.2 (from 10.0.0.1), and should not be
    ✔  a ↛ b         dns b.example.org  b.example.org has no A record (from 10.0.0.1), as expected
    ✘  a → d         tcp 22             Connection \\u001b[1mrefused (no answer)

    3 of 8 as expected, 1 not tried.
    "
  `);
  expect(outcomesDocument('demo', outcomes.slice(0, 1), { untried: 0, diagnostics: [] })).toEqual({
    format_version: '1.1',
    topology: 'demo',
    summary: { passed: 1, failed: 0, not_tried: 0 },
    results: [
      {
        from: 'a',
        to: 'b',
        address: '10.0.0.2',
        protocol: 'ping',
        port: null,
        name: null,
        expected: true,
        seen_as: null,
        ok: true,
        answered: true,
        milliseconds: 0.38,
        detail: '0.4 ms',
      },
    ],
    probes: null,
    diagnostics: [],
  });
});
