import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Engine } from '../../src/session/engine.ts';
import type { Shell } from '../../src/model/host.ts';
import type { PlanResult } from '../../src/session/engine.ts';
import { netloom, EMPTY_PLAN, FOREIGN, ONE_CREATE, DELETE_ALL, TOPOLOGY } from '../support/fake-world.ts';

const CONFLICT = {
  ...ONE_CREATE,
  diagnostics: [{ code: 'NLP03', severity: 'error', summary: 'a foreign bridge is in the way', place: { node: 'n1' } }],
} as const;

describe('usage', () => {
  test.each([
    [['vallidate'], 'Did you mean validate?'],
    [['plan', '--jsno', 't.yaml'], 'Did you mean --json?'],
    [['plan'], "missing required argument 'file'"],
    [['graph', '--format', 'gif', 't.yaml'], 'Allowed choices are svg, html, mermaid, dot'],
    [['lab', 'dwon', 't.yaml'], 'Did you mean down?'],
    [['validate', '--node', 'n1', 't.yaml'], "unknown option '--node'"],
    [['apply', '--node', 'n1,,n2', 't.yaml'], 'a name is empty'],
    [['plan', '--state', 's.json', '--lab', 't.yaml'], "cannot be used with option '--lab'"],
    [['plan', '--state', 's.json', '--node', 'n1', 't.yaml'], "cannot be used with option '--node"],
    [['plan', '--state', 's.json', '--heal-foreign', 't.yaml'], "cannot be used with option '--heal-foreign'"],
  ])('%j is an error', async (argv, message) => {
    const { code, err, out } = await netloom(argv);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(out).toBe('');
  });

  test('--version is the version of package.json', async () => {
    expect((await netloom(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('no arguments: the help, as an error', async () => {
    const { code, err } = await netloom([]);
    expect(code).toBe(1);
    expect(err).toContain('Usage: netloom');
  });
});

describe('environment', () => {
  test('a flag may come from it', async () => {
    const { calls } = await netloom(['plan', 't.yaml'], { env: { NETLOOM_LAB: '1', NETLOOM_NODE: 'n1' } });
    expect(calls).toEqual(['open lab n1', 'read demo', 'plan demo', 'close']);
  });

  test('the command line takes precedence', async () => {
    const { out } = await netloom(['graph', '--format', 'mermaid', 't.yaml'], {
      env: { NETLOOM_GRAPH_FORMAT: 'dot' },
    });
    expect(out).toMatch(/^flowchart/);
  });

  test('0 is no, and any other word is an error, never consent', async () => {
    expect((await netloom(['apply', 't.yaml'], { first: ONE_CREATE, env: { NETLOOM_YES: '0' } })).calls).not.toContain(
      'apply',
    );
    const { code, err, calls } = await netloom(['apply', 't.yaml'], {
      first: ONE_CREATE,
      env: { NETLOOM_YES: 'never' },
    });
    expect(code).toBe(1);
    expect(err).toContain('NETLOOM_YES: it must be 1 or 0');
    expect(calls).toEqual([]);
  });

  test('an invalid choice is an error only of the command that reads the variable', async () => {
    expect((await netloom(['validate', 't.yaml'], { env: { NETLOOM_FORMAT: 'gif' } })).code).toBe(1);
    expect((await netloom(['plan', 't.yaml'], { env: { NETLOOM_FORMAT: 'gif' } })).code).toBe(0);
    expect((await netloom(['validate', 't.yaml'], { env: { NETLOOM_FORMAT: '' } })).code).toBe(0);
  });

  test('--no-color takes precedence over FORCE_COLOR, before and after the command', async () => {
    const env = { FORCE_COLOR: '1' };
    expect((await netloom(['plan', 't.yaml'], { env })).out).toContain('\u001b[');
    expect((await netloom(['plan', 't.yaml', '--no-color'], { env })).out).not.toContain('\u001b[');
    expect((await netloom(['--no-color', 'plan', 't.yaml'], { env })).out).not.toContain('\u001b[');
    expect((await netloom(['plan', 't.yaml'], { env: { ...env, NETLOOM_NO_COLOR: '1' } })).out).not.toContain(
      '\u001b[',
    );
  });
});

describe('validate', () => {
  test('a good file', async () => {
    const { code, out } = await netloom(['validate', 't.yaml']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^t\.yaml is valid: 1 node, 1 network, 0 routers, 2 instances, 0 floating IPs; \d+ objects\.\n$/,
    );
  });

  test('a bad file: every mistake, with place and frame, and no node is opened', async () => {
    const bad = TOPOLOGY.replace('node: n1, listen', 'node: n7, listen').replace('cidr: 10.0.0.0/24', 'cidr: 10.0.0.0');
    const { code, err, calls } = await netloom(['validate', 't.yaml'], { files: { 't.yaml': bad } });
    expect(code).toBe(1);
    expect(err).toMatch(/t\.yaml:6:\d+: error\[NL109\]/);
    expect(err).toMatch(/t\.yaml:8:\d+: error\[NL204\]/);
    expect(err).toContain('^');
    expect(calls).toEqual([]);
  });

  test('as JSON and as annotations', async () => {
    const files = { 't.yaml': 'name: demo\nnods: {}\n' };
    const json = await netloom(['validate', '--json', 't.yaml'], { files });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ format_version: '1.1', valid: false, error_count: 1 });
    const github = await netloom(['validate', '--format', 'github', 't.yaml'], { files });
    expect(github.out).toMatch(/^::error file=t\.yaml,line=2/);
    expect(github.code).toBe(1);
  });
});

describe('--stats', () => {
  test('prints what a plan took on stderr, after the plan', async () => {
    const ran = await netloom(['plan', '--stats', 't.yaml']);
    expect(ran.out).toBe((await netloom(['plan', 't.yaml'])).out);
    expect(ran.err).toMatch(/parse and check the file +[\d.]+ ms\n/);
    expect(ran.err).toMatch(/plan +[\d.]+ ms\n.*since netloom was started +[\d.]+ ms\n/s);
    expect(ran.err).toMatch(/scripts run +\d+\n/);
  });

  test('is a field of the plan with --json, and of the last line of an apply', async () => {
    const { out, err } = await netloom(['plan', '--stats', '--json', 't.yaml']);
    expect(JSON.parse(out)).toMatchObject({ stats: { shells: 0, scripts: 0, bytes_written: 0 } });
    expect(err).toBe('');
    const lines = (await netloom(['apply', '--yes', '--stats', '--json', 't.yaml'])).out.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', stats: { shells: 0 } });
    expect((await netloom(['plan', '--json', 't.yaml'])).out).not.toContain('"stats"');
  });
});

describe('plan', () => {
  test.each([
    [EMPTY_PLAN, [], 0],
    [ONE_CREATE, [], 0],
    [EMPTY_PLAN, ['--detailed-exitcode'], 0],
    [ONE_CREATE, ['--detailed-exitcode'], 2],
    [FOREIGN, [], 0],
    [FOREIGN, ['--detailed-exitcode'], 3],
    [CONFLICT, ['--detailed-exitcode'], 1],
    [ONE_CREATE, ['--detailed-exitcode', '--json'], 2],
  ])('exit codes', async (first, flags, code) => {
    const ran = await netloom(['plan', ...flags, 't.yaml'], { first });
    expect(ran.code).toBe(code);
    expect(ran.calls.at(-1)).toBe('close');
  });

  test('foreign objects that disturb traffic are told, and the network is not said to match', async () => {
    const { out, err } = await netloom(['plan', 't.yaml'], { first: FOREIGN });
    expect(err).toContain('warning[NLP40]');
    expect(out).toBe('No changes. The network matches the file, but 1 foreign object remains.\n');
  });

  test.each(['plan', 'apply'])('%s --heal-foreign plans with the foreign objects to delete', async (verb) => {
    const asked: unknown[] = [];
    const plan = (graph: DesiredGraph) => {
      asked.push(graph.healForeign);
      return Promise.resolve(EMPTY_PLAN);
    };
    await netloom([verb, '--heal-foreign', 't.yaml'], { engine: () => ({ plan }) });
    await netloom([verb, 't.yaml'], { engine: () => ({ plan }) });
    expect(asked).toEqual([true, undefined]);
  });

  test('a conflict is an error, and no plan is shown', async () => {
    const { out, err } = await netloom(['plan', 't.yaml'], { first: CONFLICT });
    expect(err).toContain('error[NLP03]: a foreign bridge is in the way');
    expect(out).toBe('');
  });

  test('an error with --json is a document, too', async () => {
    const { code, out, err } = await netloom(['plan', '--json', 'no.yaml']);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ format_version: '1.1', diagnostics: [{ code: 'NL001' }] });
  });

  test('an unknown node is an error with a suggestion', async () => {
    const { code, err, calls } = await netloom(['plan', '--node', 'n2', 't.yaml']);
    expect(code).toBe(1);
    expect(err).toContain('NLX22');
    expect(err).toContain('did you mean "n1"?');
    expect(calls).toEqual([]);
  });
});

describe('nodes are read while the file is parsed', () => {
  const planOf = async (text: string, ...flags: readonly string[]) =>
    (await netloom(['plan', ...flags, 't.yaml'], { files: { 't.yaml': text } })).calls;

  test('once', async () => {
    expect(await planOf(TOPOLOGY)).toEqual(['open', 'read demo', 'plan demo', 'close']);
  });

  test('again if the file has other nodes than its outline', async () => {
    const quoted = TOPOLOGY.replace('nodes:', '"nodes":');
    expect(await planOf(quoted)).toEqual(['open', 'read demo', 'close', 'open', 'read demo', 'plan demo', 'close']);
  });

  test('after it if its outline does not show the nodes', async () => {
    const flow = JSON.stringify(parse(TOPOLOGY));
    expect(await planOf(flow)).toEqual(['open', 'read demo', 'plan demo', 'close']);
  });

  test('never by SSH, for which the file must be valid first', async () => {
    const remote = TOPOLOGY.replace('{ via: lab }', '{ via: ssh, host: n1.example }');
    expect(await planOf(remote)).toEqual([]);
    expect(await planOf(remote, '--lab')).toEqual(['open lab', 'read demo', 'plan demo', 'close']);
    const tap = remote
      .replaceAll('{ node: n1,', '{ node: n1, attach: tap,')
      .replace('listen: [22], ', '')
      .replace(/expect:[^]*/, '');
    expect(await planOf(tap)).toEqual(['open', 'read demo', 'plan demo', 'close']);
    expect(await planOf(tap.replace('10.0.0.0/24', '10.0.0.1/24'))).toEqual([]);
  });

  test('a mistake in the file is printed without waiting for the nodes', async () => {
    const silent = new Promise<never>(() => undefined);
    const { code, err } = await netloom(['plan', 't.yaml'], {
      files: { 't.yaml': TOPOLOGY.replace('10.0.0.0/24', '10.0.0.1/24') },
      engine: () => ({ open: () => silent }),
    });
    expect(code).toBe(1);
    expect(err).toMatch(/t\.yaml:6:/);
  });

  test('an unreachable node is an error', async () => {
    const lost = new DiagnosticError([{ code: 'NLH003', severity: 'error', summary: 'n1 cannot be reached' }]);
    const { code, err } = await netloom(['plan', 't.yaml'], { engine: () => ({ open: () => Promise.reject(lost) }) });
    expect(code).toBe(1);
    expect(err).toContain('NLH003');
  });
});

describe('outside the lab', () => {
  const files = { 't.yaml': TOPOLOGY.replace('reach: { via: lab }', 'reach: { via: local }') };

  test('an instance attached to it is an error with its place', async () => {
    const { code, err, calls } = await netloom(['plan', 't.yaml'], { files });
    expect(code).toBe(1);
    expect(err).toMatch(/t\.yaml:8:3: error\[NLX20\]: instance vm1/);
    expect(err).toContain('instance vm2');
    // The nodes were read while the file was parsed.
    expect(calls).toEqual(['open', 'read demo', 'close']);
  });

  test('--lab works', async () => {
    expect((await netloom(['plan', '--lab', 't.yaml'], { files })).code).toBe(0);
  });

  test('verify is an error, too', async () => {
    expect((await netloom(['verify', 't.yaml'], { files })).err).toContain('NLX21');
    expect((await netloom(['verify', '--lab', 't.yaml'], { files })).calls).toContain('run vm1 ping');
  });
});

describe('apply', () => {
  test('shows the plan, asks, applies, and shows that no change is left', async () => {
    const { code, out, calls } = await netloom(['apply', 't.yaml'], { first: ONE_CREATE, answer: 'yes' });
    expect(code).toBe(0);
    expect(calls).toEqual([
      'open',
      'read demo',
      'plan demo',
      "ask Do you want to apply these changes? Only 'yes' will be accepted to approve.",
      'apply',
      'close',
    ]);
    expect(out).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    expect(out).toContain('Apply complete: 1 added, 0 changed, 0 destroyed');
    expect(out).toMatch(/No changes\. .*\n$/);
  });

  test.each(['y', 'YES', 'no', ''])('the answer %j approves nothing', async (answer) => {
    const { code, err, calls } = await netloom(['apply', 't.yaml'], { first: ONE_CREATE, answer });
    expect(code).toBe(1);
    expect(err).toContain('NLX11');
    expect(calls).not.toContain('apply');
    expect(calls.at(-1)).toBe('close');
  });

  test('without a terminal it needs --yes', async () => {
    const refused = await netloom(['apply', 't.yaml'], { first: ONE_CREATE });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('NLX10');
    expect((await netloom(['apply', '--yes', 't.yaml'], { first: ONE_CREATE })).calls).toContain('apply');
  });

  test('without changes it does not ask', async () => {
    const { code, out, calls } = await netloom(['apply', 't.yaml'], { answer: 'yes' });
    expect(code).toBe(0);
    expect(out).toBe('No changes. The network matches the file.\n');
    expect(calls).toEqual(['open', 'read demo', 'plan demo', 'close']);
  });

  test('the guard refuses before the question', async () => {
    const { code, err, calls } = await netloom(['apply', 't.yaml'], { first: DELETE_ALL, answer: 'yes' });
    expect(code).toBe(1);
    expect(err).toContain('NLG01');
    expect(calls).toEqual(['open', 'read demo', 'plan demo', 'close']);
  });

  test('and plan writes no script of what the guards refuse, unless it is allowed', async () => {
    const lockOuts = [{ code: 'NLP81', severity: 'error', summary: 'the SSH connection to n1 would be cut' }] as const;
    const shell = {
      node: 'n1',
      rootless: false,
      read: () => Promise.resolve('boot 1'),
      close: () => Promise.resolve(),
    };
    const open = Promise.resolve(new Map([['n1', shell as unknown as Shell]]));
    const script = (first: PlanResult, ...flags: readonly string[]): ReturnType<typeof netloom> =>
      netloom(['plan', 't.yaml', '--script', '-', ...flags], { first, engine: () => ({ open: () => open }) });
    const refused = await script(DELETE_ALL);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('NLG01');
    const cut = await script({ ...ONE_CREATE, lockOuts });
    expect([cut.code, cut.out]).toEqual([1, '']);
    expect(cut.err).toContain('NLP81');
    const first = { ...DELETE_ALL, lockOuts };
    expect(await script(first, '--force')).toMatchObject({ code: 1, out: '' });
    const allowed = await script(first, '--force', '--allow-lockout');
    expect(allowed.code).toBe(0);
    expect(allowed.out).toMatch(/^#!\/bin\/sh\n/);
  });

  test.each(['plan', 'apply'])('%s --max-impact refuses a worse plan, below it', async (command) => {
    const group = { subject: 'undesired', action: 'delete', impact: 'recreate', changes: [], counts: [] } as const;
    const first = { ...ONE_CREATE, plan: { ...ONE_CREATE.plan, groups: [group] } };
    const flags = (max: string): string[] => [command, 't.yaml', '--max-impact', max];
    const refused = await netloom(flags('drops-nat'), { first, answer: 'yes' });
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/NLP80.*1 recreate[^]*--max-impact recreate/);
    expect(refused.out).toContain('Impact on traffic: 1 recreate.');
    expect(refused.calls).not.toContain('apply');
    expect((await netloom(flags('recreate'), { first, answer: 'yes' })).code).toBe(0);
    expect((await netloom(flags('worst'))).err).toContain('Allowed choices are none, counters, flap');
  });

  test.each(['apply', 'destroy'])(
    '%s refuses to cut the connection to a node, unless that is allowed',
    async (command) => {
      const cut = { code: 'NLP81', severity: 'error', summary: 'the SSH connection to n1 would be cut' } as const;
      const first = { ...ONE_CREATE, lockOuts: [cut] };
      const refused = await netloom([command, '--yes', 't.yaml'], { first });
      expect(refused.code).toBe(1);
      expect(refused.err).toContain('error[NLP81]');
      expect(refused.calls).not.toContain('apply');
      const allowed = await netloom([command, '--yes', '--allow-lockout', 't.yaml'], { first });
      expect(allowed.calls).toContain('apply');
      expect((await netloom(['plan', 't.yaml'], { first })).err).toContain('warning[NLP81]');
    },
  );

  test.each([
    ['', { seconds: 120 }],
    ['--confirm-limit 20m', { seconds: 120, limitSeconds: 1200 }],
  ])('--confirm %s gives the apply and its window their times', async (more, expected) => {
    const given: unknown[] = [];
    const argv = `apply --yes --confirm 120s ${more} t.yaml`.split(' ').filter(Boolean);
    await netloom(argv, {
      first: ONE_CREATE,
      engine: () => ({
        apply(_, __, ___, { confirm }) {
          given.push(confirm);
          return Promise.resolve({ ok: true, diagnostics: [], final: EMPTY_PLAN });
        },
      }),
    });
    expect(given).toEqual([{ ...expected, id: expect.any(String) as string, client: expect.any(String) as string }]);
  });

  test('a failed command is an error, and the exit code is 1', async () => {
    const engine = () => ({
      apply: () =>
        Promise.resolve({
          ok: false,
          diagnostics: [{ code: 'NLA01', severity: 'error', summary: 'ip said no' } as const],
          final: ONE_CREATE,
        }),
    });
    const { code, err, out } = await netloom(['apply', '--yes', 't.yaml'], { first: ONE_CREATE, engine });
    expect(code).toBe(1);
    expect(err).toContain('ip said no');
    expect(out).not.toContain('No changes');
  });

  test('JSON lines: version first, then plan, events, end', async () => {
    const { code, out } = await netloom(['apply', '--yes', '--json', 't.yaml'], { first: ONE_CREATE });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(0);
    expect(lines.map((line) => line.type)).toEqual(['version', 'plan', 'round-start', 'settled', 'end']);
    expect(lines.at(-1)).toMatchObject({ ok: true, left: { create: 0 } });
  });

  test('every JSON line has the time, in UTC', async () => {
    let now = Date.UTC(2026, 0, 1);
    const clock = () => (now += 1000);
    const { out } = await netloom(['apply', '--yes', '--json', 't.yaml'], { first: ONE_CREATE, clock });
    const lines = out.trimEnd().split('\n');
    const times = lines.map((line) => (JSON.parse(line) as { time: string }).time);
    expect(times).toEqual([1, 2, 3, 4, 5].map((second) => `2026-01-01T00:00:0${String(second)}.000Z`));
    expect(lines[0]).toMatch(/^\{"type":"version","time":/);
  });

  test('warnings about the file are a line', async () => {
    const files = { 't.yaml': TOPOLOGY.replace('port: 22 }', 'port: 23 }') };
    const { out } = await netloom(['apply', '--yes', '--json', 't.yaml'], { files });
    expect(JSON.parse(out.split('\n')[1] ?? '')).toMatchObject({
      type: 'diagnostics',
      diagnostics: [{ code: 'NL605' }],
    });
  });

  test('an error in a stream is a line of it', async () => {
    const { out } = await netloom(['apply', '--json', 't.yaml'], { first: ONE_CREATE });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.map((line) => line.type)).toEqual(['version', 'plan', 'error']);
  });
});

describe('destroy', () => {
  test('plans an empty network, asks, and lists the objects that it leaves', async () => {
    const { code, out, calls } = await netloom(['destroy', 't.yaml'], { first: ONE_CREATE, answer: 'yes' });
    expect(code).toBe(0);
    expect(calls[2]).toBe('plan nothing');
    expect(calls).toContain('apply');
    expect(out).toContain('Nothing of the topology is left');
    expect(out).toContain('n1/-/nic/eth1  stays up');
    expect(out).not.toContain('disable_ipv6');
  });
});

describe('other commands', () => {
  test('verify: exit codes', async () => {
    const good = await netloom(['verify', 't.yaml']);
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('2 of 2 as expected.')]);
    const none = { 't.yaml': TOPOLOGY.replace(/expect:[^]*$/, '') };
    expect((await netloom(['verify', 't.yaml'], { files: none })).code).toBe(2);
    const odd = { 't.yaml': TOPOLOGY.replace('to: vm2 }', 'to: vm2, seen_as: 10.0.0.2 }') };
    const warned = await netloom(['verify', 't.yaml'], { files: odd });
    expect([warned.code, warned.err]).toEqual([3, expect.stringContaining('NLX41')]);
  });

  describe('services that are asked', () => {
    const files = { 't.yaml': TOPOLOGY.replace(/expect:[^]*$/, '') };
    // A node on which every request is answered with these fields.
    const answering = (fields: string) => (): Partial<Engine> => {
      const never = (): never => {
        throw new Error('nothing is changed');
      };
      const read = (): Promise<string> =>
        Promise.resolve(Array.from({ length: 9 }, (_, n) => `${n}${fields}`).join('\n'));
      const close = (): Promise<void> => Promise.resolve();
      const shell = { pid: 1, rootless: false, read, job: never, lock: never, unlock: never, close };
      return { open: () => Promise.resolve(new Map(['n1', 'n2'].map((node) => [node, { node, ...shell }]))) };
    };
    const works = answering('\tleft=1\tdelivered=1\tcode=0\tanswers=1\tms=0.25');
    const broken = answering('\tleft=1');

    test.each([
      ['show', '--probe'],
      ['verify', '--lab'],
    ])(
      '%s %s: exit code 1 if one does not answer',
      async (...words) => {
        const good = await netloom([...words, 't.yaml'], { files, engine: works });
        expect([good.code, good.out]).toEqual([0, expect.stringMatching(/^3 of 3 requests answered\.$/m)]);
        // Both wait for an answer for as long as a user would.
        const [bad, { code, out }] = await Promise.all([
          netloom([...words, 't.yaml'], { files, engine: broken }),
          netloom([...words, '--json', 't.yaml'], { files, engine: broken }),
        ]);
        expect([bad.code, bad.out]).toEqual([1, expect.stringMatching(/^0 of 3 requests answered, 3 failed\.$/m)]);
        const { probes } = JSON.parse(out) as { probes: readonly { verdict: string }[] };
        expect([code, ...probes.map(({ verdict }) => verdict)]).toEqual([1, 'failed', 'failed', 'failed']);
      },
      30_000,
    );

    test('only a service that answered is ok', async () => {
      const { out } = await netloom(['show', '--probe', 't.yaml'], { files, engine: works });
      expect(out).toMatch(/dhcp net1 .* ok$/m);
      expect(out).toMatch(/bridge net1 .* as in the file$/m);
    });
  });

  test('lab exec passes the command and its exit code', async () => {
    const { code, calls } = await netloom(['lab', 'exec', 't.yaml', 'vm1', '--', 'ping', '-c', '1', '--', 'x']);
    expect(code).toBe(7);
    expect(calls).toEqual(['exec instance/vm1: ping -c 1 -- x']);
  });

  test('lab down works with a file that has a mistake', async () => {
    const files = { 't.yaml': TOPOLOGY.replace('nodes:', 'nods:') };
    expect((await netloom(['lab', 'down', 't.yaml'], { files })).calls).toEqual(['down demo']);
  });

  test('lab down as JSON', async () => {
    const { out } = await netloom(['lab', 'down', '--json', 't.yaml']);
    expect(JSON.parse(out)).toEqual({ format_version: '1.1', labs: [{ name: 'demo', was_up: true }] });
  });

  test('graph as JSON', async () => {
    const { out } = await netloom(['graph', '--json', 't.yaml']);
    expect(JSON.parse(out)).toMatchObject({
      topology: 'demo',
      nodes: [
        { name: 'n1', items: [{ type: 'nic', name: 'eth1', details: [] }, { type: 'bridge' }, {}, {}, {}, {}, {}, {}] },
      ],
      items: [{ type: 'wire', name: 'lan', details: [] }],
      edges: expect.arrayContaining([{ from: 'n2', to: 'n1', label: null, stands_for: false }]) as object[],
      diagnostics: [],
    });
    const both = await netloom(['graph', '--json', '--format', 'dot', 't.yaml']);
    expect([both.code, both.err]).toEqual([
      1,
      expect.stringContaining("'--json' cannot be used with option '--format"),
    ]);
    const env = await netloom(['graph', '--json', 't.yaml'], { env: { NETLOOM_GRAPH_FORMAT: 'dot' } });
    expect(JSON.parse(env.out)).toMatchObject({ topology: 'demo' });
  });

  test('lab up prints the next commands', async () => {
    expect((await netloom(['lab', 'up', 't.yaml'])).out).toContain('netloom apply --lab t.yaml');
  });

  test('a table is fitted to a terminal, and whole elsewhere: programs read a row per line', async () => {
    const rows = async (isTTY: boolean) =>
      (await netloom(['show', '--no-color', 't.yaml'], { isTTY, columns: 40 })).out;
    expect(await rows(false)).toMatch(/^✔ {4}bridge net1 +brq[0-9a-f]{8}-[0-9a-f]{2} +as in the file$/m);
    expect((await rows(true)).split('\n').filter((line) => line.length > 40)).toEqual([]);
    expect(await rows(true)).toContain('…');
  });

  test('show: services first', async () => {
    const { code, out } = await netloom(['show', 't.yaml'], { first: ONE_CREATE });
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/n1/);
    const json = JSON.parse((await netloom(['show', '--json', 't.yaml'])).out) as object;
    expect(Object.keys(json)).toEqual([
      'format_version',
      'topology',
      'left_out',
      'services',
      'floating_ips',
      'probes',
      'nodes',
      'objects',
      'diagnostics',
    ]);
  });
});

describe('a bug in netloom', () => {
  const engine = () => ({ open: () => Promise.reject(new TypeError('x is not a function')) });

  test('is one diagnostic without a stack trace', async () => {
    const { code, err } = await netloom(['plan', 't.yaml'], { engine });
    expect(code).toBe(1);
    expect(err).toContain('error[NLX00]: internal error: x is not a function');
    expect(err).toContain('please report');
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('has a stack trace with NETLOOM_DEBUG=1', async () => {
    expect((await netloom(['plan', 't.yaml'], { engine, env: { NETLOOM_DEBUG: '1' } })).err).toMatch(/^\s+at /m);
  });
});
