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
  speaker: { addresses: ['10.0.0.1'], neighbours: ['10.0.0.254'] },
  target: undefined,
};
const tcp: Probe = { ...ping, protocol: 'tcp', port: 22 };
const dns: Probe = { ...ping, protocol: 'dns', name: 'b.example.org' };
const silent = { code: 1, stdout: '', stderr: '' };
const answers = { code: 0, stdout: '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.38 ms\n', stderr: '' };
const fast = { graceMs: 40, pauseMs: 1 };

/** True for the command that finds out whether the sender could speak. */
function isControl(argv: readonly string[]): boolean {
  return argv[2]?.includes('neighbour') === true;
}

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
    [
      { ...tcp, succeeds: 'refused' as const },
      { code: 3, stdout: '', stderr: 'refused by 10.0.0.9\n' },
      true,
      'refused by 10.0.0.9',
    ],
    [
      { ...ping, succeeds: 'refused' as const },
      { ...silent, stdout: 'From 10.0.0.9 icmp_seq=1 Destination Port Unreachable\n' },
      true,
      'Destination Port Unreachable from 10.0.0.9',
    ],
    [
      { ...ping, succeeds: 'refused' as const },
      { ...silent, stdout: 'From 10.0.0.9 icmp_seq=1 Packet filtered\n' },
      true,
      'Packet filtered from 10.0.0.9',
    ],
    [
      { ...ping, succeeds: 'refused' as const },
      { ...silent, stdout: 'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n' },
      false,
      'Destination Host Unreachable from 10.0.0.1',
    ],
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

  test('no answer counts once the sender could have got one, and is asked for again after that', async () => {
    const asked: string[] = [];
    const answersOf = ['missing 10.0.0.1', 'silent 10.0.0.254', 'speaks 10.0.0.254'];
    const run = (_member: string, argv: readonly string[]) => {
      asked.push(isControl(argv) ? 'control' : 'probe');
      return Promise.resolve(isControl(argv) ? { ...answers, stdout: `${answersOf.shift() ?? ''}\n` } : silent);
    };
    const outcomes = await verify([{ ...ping, succeeds: false }], { run, graceMs: 5000, pauseMs: 1 });
    expect(outcomes).toMatchObject([{ ok: true, result: 'no-answer' }]);
    expect(asked.join(' ')).toBe('probe control probe control probe control probe');
  });

  test.each([
    ['missing 10.0.0.1', 'a does not have its address 10.0.0.1'],
    ['silent 10.0.0.254', 'a gets no ARP answer from 10.0.0.254'],
    ['alone', 'a has no route to 10.0.0.2, and no neighbour that could answer it'],
    ['', 'it is not known whether a could get an answer'],
  ])('no answer is undecided, and so a failure, while the sender says %j', async (stdout, detail) => {
    const run = (_member: string, argv: readonly string[]) =>
      Promise.resolve(isControl(argv) ? { ...answers, stdout } : silent);
    for (const succeeds of [false, 'refused'] as const) {
      const outcomes = await verify([{ ...ping, succeeds }], { run, ...fast });
      expect(outcomes).toMatchObject([{ ok: false, result: 'undecided', detail }]);
    }
  });

  test('no answer is undecided while the target does not have its address', async () => {
    const target = { name: 'b', addresses: ['10.0.0.2'] };
    const run = (has: string) => (member: string, argv: readonly string[]) => {
      if (member === 'b') return Promise.resolve({ ...answers, stdout: `2: eth0 inet ${has}/24 brd` });
      return Promise.resolve(isControl(argv) ? { ...answers, stdout: 'speaks 10.0.0.254' } : silent);
    };
    const probe: Probe = { ...ping, succeeds: false, target };
    expect(await verify([probe], { run: run('10.0.0.22'), ...fast })).toMatchObject([
      { ok: false, result: 'undecided', detail: 'b does not have its address 10.0.0.2' },
    ]);
    expect(await verify([probe], { run: run('10.0.0.2'), ...fast })).toMatchObject([{ ok: true }]);
  });

  test('an answer that must not come, and a refusal that may, are decided at once', async () => {
    const reset = { code: 3, stdout: '', stderr: 'Connection refused\n' };
    let tries = 0;
    const run = (result: typeof reset) => () => {
      tries += 1;
      return Promise.resolve(result);
    };
    const once = async (probe: Probe, result: typeof reset) => {
      tries = 0;
      const [outcome] = await verify([probe], { run: run(result), graceMs: 5000, pauseMs: 1 });
      return [outcome?.ok, outcome?.result, tries];
    };
    expect(await once({ ...ping, succeeds: false }, answers)).toEqual([false, 'answered', 1]);
    expect(await once({ ...ping, succeeds: 'refused' as const }, answers)).toEqual([false, 'answered', 1]);
    expect(await once({ ...tcp, succeeds: false }, reset)).toEqual([true, 'refused', 1]);
    expect(await once({ ...tcp, succeeds: 'refused' as const }, reset)).toEqual([true, 'refused', 1]);
  });

  test('silence is no refusal', async () => {
    const run = (_member: string, argv: readonly string[]) =>
      Promise.resolve(isControl(argv) ? { ...answers, stdout: 'speaks 10.0.0.254' } : silent);
    expect(await verify([{ ...tcp, succeeds: 'refused' }], { run, ...fast })).toMatchObject([
      { ok: false, result: 'no-answer' },
    ]);
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
    judge({ ...tcp, to: 'd', succeeds: 'refused' }, { code: 3, stdout: '', stderr: 'Connection refused\n' }),
    judge({ ...tcp, to: 'd', succeeds: 'refused' }, { code: 0, stdout: 'd sees 10.0.0.1\n', stderr: '' }),
    {
      ...judge({ ...ping, to: 'd', succeeds: false }, silent),
      ok: false,
      result: 'undecided' as const,
      detail: 'a does not have its address 10.0.0.1',
    },
  ];
  expect(renderOutcomes(outcomes, 1, paint(false))).toMatchInlineSnapshot(`
    "✔  a → b         ping               0.4 ms
    ✘  a → 11.0.0.1  tcp 22             b sees 10.0.0.1, not 1.2.3.4
    ✔  out ↛ b       ping               no answer, as expected
    ✘  a ↛ c         ping               answers, and should not (0.4 ms)
    ✘  a → b         dns b.example.org  b.example.org is 9.9.9.9 (from 10.0.0.1)
    ✘  a ↛ b         dns b.example.org  b.example.org is 10.0.0.2 (from 10.0.0.1), and should not be
    ✔  a ↛ b         dns b.example.org  b.example.org has no A record (from 10.0.0.1), as expected
    ✘  a → d         tcp 22             no answer (Connection \\u001b[1mrefused)
    ✔  a ↛ d         tcp 22             refused, as expected (Connection refused)
    ✘  a ↛ d         tcp 22             answers, and should be refused (d sees 10.0.0.1)
    ?  a ↛ d         ping               undecided: a does not have its address 10.0.0.1

    4 of 11 as expected, 1 undecided, 1 not tried.
    "
  `);
  expect(outcomesDocument('demo', outcomes.slice(0, 1), { untried: 0, diagnostics: [] })).toEqual({
    format_version: '1.1',
    topology: 'demo',
    summary: { passed: 1, failed: 0, undecided: 0, not_tried: 0 },
    results: [
      {
        from: 'a',
        to: 'b',
        address: '10.0.0.2',
        protocol: 'ping',
        port: null,
        name: null,
        expected: true,
        succeeds: true,
        seen_as: null,
        ok: true,
        answered: true,
        result: 'answered',
        milliseconds: 0.38,
        detail: '0.4 ms',
      },
    ],
    probes: null,
    diagnostics: [],
  });
});
