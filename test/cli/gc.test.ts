import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/session/engine.ts';
import type { Survey } from '../../src/gc/found.ts';
import type { Trace } from '../../src/model/trace.ts';
import { netloom, EMPTY_PLAN, ONE_CREATE, type FakeOptions } from '../support/fake-world.ts';

function link(says: string, name = 'tap1'): Trace {
  return { node: 'localhost', netns: null, sort: 'link', name, says };
}

function found(...names: string[]): Survey {
  const topologies = names.map((topology) => ({ topology, traces: [link(topology)] }));
  return { topologies, illegible: [], unnamed: [], silent: [] };
}

/** An engine whose surveys return these in turn, and then always the last one. */
function finding(...surveys: Survey[]): NonNullable<FakeOptions['engine']> {
  let looks = 0;
  return (): Partial<Engine> => ({
    survey: () => Promise.resolve(surveys[Math.min(looks++, surveys.length - 1)] ?? found()),
  });
}

/** Two topologies, until they are removed. */
const two = (): FakeOptions => ({ first: ONE_CREATE, engine: finding(found('demo', 'other'), found()) });

describe('gc', () => {
  test('without an object, it prints that there is none', async () => {
    const { code, out, calls } = await netloom(['gc']);
    expect([code, out]).toEqual([0, 'No object here has the mark of a topology.\n']);
    expect(calls).toEqual(['open this machine', 'unlock', 'close']);
  });

  test('--dry-run lists every topology, and changes and locks nothing', async () => {
    const { code, out, calls } = await netloom(['gc', '--dry-run'], two());
    expect(code).toBe(0);
    expect(out).toContain('2 topologies found:\n  demo   localhost  1 link\n  other  localhost  1 link\n');
    expect(out).toMatch(/Topology demo\n[^]*Topology other\n[^]*Nothing was changed \(--dry-run\)/);
    expect(calls).toEqual(['open this machine', 'plan nothing', 'plan nothing', 'close']);
  });

  test('asks for each topology by its name; any other answer than yes leaves it', async () => {
    const yes = await netloom(['gc'], { ...two(), answer: 'yes' });
    expect(yes.calls.filter((call) => call.startsWith('ask'))).toEqual([
      expect.stringContaining('remove all this of topology demo?'),
      expect.stringContaining('remove all this of topology other?'),
    ]);
    expect(yes.calls.filter((call) => call === 'apply')).toHaveLength(2);
    const no = await netloom(['gc'], { ...two(), engine: finding(found('demo', 'other')), answer: 'no' });
    expect(no.code).toBe(0);
    expect(no.calls).not.toContain('apply');
    expect(no.calls).not.toContain('unlock');
    expect(no.out).toContain('Topology demo is not removed.');
    expect(no.out).toContain('Topology other is not removed.');
  });

  test('fails without a terminal for the question, or if --yes has no topology', async () => {
    const mute = await netloom(['gc'], two());
    expect([mute.code, mute.err]).toEqual([1, expect.stringContaining('NLX10')]);
    const blind = await netloom(['gc', '--yes'], two());
    expect([blind.code, blind.err]).toEqual([1, expect.stringContaining('NLX12')]);
    expect(blind.calls).toEqual([]);
    const environment = await netloom(['gc'], { ...two(), env: { NETLOOM_YES: '1' } });
    expect(environment.code).toBe(1);
    expect([...mute.calls, ...environment.calls]).not.toContain('apply');
  });

  test('--yes removes the named topologies, or with --all every one', async () => {
    const engine = (): NonNullable<FakeOptions['engine']> => finding(found('demo', 'other'), found('other'));
    const one = await netloom(['gc', '--yes', '--topology', 'demo'], { first: ONE_CREATE, engine: engine() });
    expect(one.code).toBe(0);
    expect(one.calls.filter((call) => call === 'apply')).toHaveLength(1);
    const all = await netloom(['gc', '--yes', '--all'], {
      first: ONE_CREATE,
      engine: finding(found('demo', 'other'), found()),
    });
    expect(all.code).toBe(0);
    expect(all.calls.filter((call) => call === 'apply')).toHaveLength(2);
  });

  test('a named topology is searched even if no object has its name', async () => {
    const { code, out, calls } = await netloom(['gc', '--yes', '--topology', 'gone'], { first: EMPTY_PLAN });
    expect(code).toBe(0);
    expect(calls).toContain('plan nothing');
    expect(out).toContain('Topology gone: no object to remove.');
  });

  test('an object that names a topology after its removal is a failure', async () => {
    const { code, err } = await netloom(['gc', '--yes', '--all'], {
      first: ONE_CREATE,
      engine: finding(found('demo')),
    });
    expect(code).toBe(1);
    expect(err).toContain('NLX31');
    expect(err).toContain('localhost/-  link tap1');
  });

  test('an error of one topology does not stop the removal of the others', async () => {
    const conflict = { code: 'NLP06', severity: 'error', summary: 'brq1 holds a port that is not ours' } as const;
    let plans = 0;
    const { code, err, calls } = await netloom(['gc', '--yes', '--all'], {
      engine: () => ({
        survey: () => Promise.resolve(found('demo', 'other')),
        plan: () => Promise.resolve(plans++ === 0 ? { ...ONE_CREATE, diagnostics: [conflict] } : ONE_CREATE),
      }),
    });
    expect(code).toBe(1);
    expect(err).toContain('NLP06');
    expect(calls.filter((call) => call === 'apply')).toHaveLength(1);
  });

  test('marks that name no topology, and addresses of unknown ones, are diagnostics and never used', async () => {
    const odd: Survey = {
      topologies: [],
      illegible: [link('../x\u001b[2J')],
      unnamed: [{ node: 'localhost', device: 'eth0', cidr: '10.0.0.1/24', label: 'eth0:beef' }],
      silent: [{ node: 'localhost', why: 'connection refused' }],
    };
    const { code, err, calls } = await netloom(['gc', '--yes', '--all'], { engine: finding(odd) });
    expect(code).toBe(0);
    for (const said of ['NLX30', 'NLX32', 'NLX33', 'eth0:beef', 'connection refused']) expect(err).toContain(said);
    expect(err).not.toContain('\u001b[2J');
    expect(calls).not.toContain('plan nothing');
  });

  test('--json: a line for what was found, a plan for each', async () => {
    const { code, out } = await netloom(['gc', '--dry-run', '--json'], two());
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; topologies?: unknown });
    expect(code).toBe(0);
    expect(lines.map(({ type }) => type)).toEqual(['version', 'found', 'plan', 'plan', 'left']);
    expect(lines[1]?.topologies).toEqual([
      { topology: 'demo', traces: [{ node: 'localhost', netns: null, sort: 'link', name: 'tap1' }] },
      { topology: 'other', traces: [{ node: 'localhost', netns: null, sort: 'link', name: 'tap1' }] },
    ]);
    expect((await netloom(['gc', '--json'], two())).code).toBe(1);
  });

  test('hosts and topologies have closed alphabets', async () => {
    const hosts = ['gc', '--dry-run', '--host', 'root@192.0.2.10', '--host', 'compute2'];
    expect((await netloom(hosts)).calls[0]).toBe('open root@192.0.2.10 compute2');
    for (const host of ['-oProxyCommand=x', 'a b', 'root@-x', '@x', '']) {
      expect((await netloom(['gc', '--host', host])).err).toContain('it must be [USER@]HOST');
    }
    for (const name of ['../x', 'Demo', '', 'x'.repeat(20)]) {
      expect((await netloom(['gc', '--topology', name])).err).toContain('lower-case letters');
    }
    const named = await netloom(['gc', '--dry-run'], { env: { NETLOOM_HOST: 'compute1' } });
    expect(named.calls[0]).toBe('open compute1');
  });
});
