import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformingObjects } from '../../src/diff/conforming.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Observed } from '../../src/model/resource.ts';
import { planChecksum } from '../../src/plan/checksum.ts';
import { decodePlan } from '../../src/session/plan-file.ts';
import { documentText } from '../../src/snapshot/encode.ts';
import { machineIds, type MachineIds } from '../../src/session/machine-ids.ts';
import { recordSource, sourceOf } from '../../src/session/recorded-source.ts';
import { checkSaved, savePlan } from '../../src/session/saved-plan.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { readTopology } from '../../src/topology/read.ts';
import { fakeShell } from '../codes/fake-node.ts';
import { batch, change, plan } from '../render/plan/make.ts';
import { ORIGIN } from '../support/engine.ts';
import { EMPTY_PLAN, netloom, ONE_CREATE, TOPOLOGY } from '../support/fake-world.ts';
import { mismatches } from '../support/json-outputs.ts';

const secret = desiredGraph(
  'demo',
  ['n1'],
  [file('n1', '/run/netloom/demo/a', 'hunter2', ORIGIN, '600'), file('n1', '/run/netloom/demo/b', 'open', ORIGIN)],
);

const SAVING = {
  source: { file: 't.yaml', text: TOPOLOGY },
  options: { node: ['n1'] },
  machines: new Map([['n1', 'a'.repeat(32)]]),
  version: '1.0.0',
  time: new Date(0),
  document: {},
};

/** The reason why a plan that was saved with `before` is not carried out where these objects exist. */
function refusal(
  before: readonly Observed[],
  now: readonly Observed[],
  after = EMPTY_PLAN.plan,
  machines: MachineIds = SAVING.machines,
): string {
  const text = savePlan(secret, { ...EMPTY_PLAN, observed: before }, SAVING);
  try {
    const made = { ...EMPTY_PLAN, plan: after, observed: now };
    checkSaved(decodePlan({ file: 'plan.json', text }), 'plan.json', secret, made, machines);
    return '';
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ summary, detail = '' }) => `${summary}\n${detail}`).join('\n');
  }
}

describe('what a saved plan reads or writes', () => {
  const objects = conformingObjects(secret);

  it('is the same, in any order', () => {
    expect(refusal(objects, objects.toReversed())).toBe('');
  });

  it('names what is missing, what is new, and what each field was and is, without a secret', () => {
    const [first, second] = objects as [Observed, Observed];
    const changed = { ...first, spec: { ...(first.spec as object), content: 'hunter3', mode: '640' } };
    expect(refusal(objects, [first])).toContain('n1/-/file//run/netloom/demo/b is missing');
    expect(refusal([first], objects)).toContain('n1/-/file//run/netloom/demo/b is new');
    expect(refusal(objects, [changed, second])).toContain('differs in content, mode');
    expect(refusal(objects, [changed, second])).not.toContain('hunter');
    expect(refusal(objects, [{ ...first, owner: 'foreign' }, second])).toContain('has another owner');
  });

  it('does not include a foreign object elsewhere', () => {
    const foreign: Observed = { ...(objects[0] as Observed), name: '/run/netloom/other/x', owner: 'foreign' };
    expect(refusal(objects, [...objects, foreign])).toBe('');
  });

  it('is stale as well if other commands would be run', () => {
    expect(refusal(objects, objects, ONE_CREATE.plan)).toContain('other commands than a plan made now');
  });
});

describe('the machines of a saved plan', () => {
  const objects = conformingObjects(secret);
  const on = (...machines: readonly (readonly [string, string])[]): string =>
    refusal(objects, objects, undefined, new Map(machines));

  it('are those that answer, or the plan is stale', () => {
    expect(on(['n1', 'a'.repeat(32)], ['n2', 'c'.repeat(32)])).toBe('');
    const told = 'Saved plan is stale: plan.json was made for nodes that have changed since\nn1 is another machine';
    expect(on(['n1', 'b'.repeat(32)])).toContain(told);
    expect(on()).toContain(told);
  });

  it('are told by machine-id, which is not written down, but not those of a lab', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const texts: Readonly<Record<string, string>> = {
      n1: `${id}\n`,
      n2: 'uninitialized\n',
      n3: '',
      n4: '0'.repeat(32),
    };
    const shells = new Map(
      Object.entries(texts).map(([name, text]) => [name, fakeShell(name, {}, { read: () => Promise.resolve(text) })]),
    );
    // As `systemd-id128 machine-id --app-specific=9e2f6c0d54b14f7fb3c1a8d6270e95a4` prints it.
    expect([...(await machineIds(shells, false))]).toEqual([['n1', '7966e2c1c63946c5b2b445ce3698bae8']]);
    expect((await machineIds(shells, true)).size).toBe(0);
  });
});

describe('a saved plan as a file', () => {
  let folder: string;
  const run = (line: string, text = TOPOLOGY, first = ONE_CREATE): ReturnType<typeof netloom> => {
    const saved = join(folder, 'plan.json');
    const files = { 't.yaml': text, ...(line.startsWith('apply') && { [saved]: readFileSync(saved, 'utf8') }) };
    return netloom(line.replace('plan.json', saved).split(' '), { files, first });
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-saved-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('has its schema, and can be read by its owner alone', async () => {
    const { code, out, err } = await run('plan --out plan.json --node n1 t.yaml');
    expect(code).toBe(0);
    expect(out).toContain(`\nChecksum: ${planChecksum(ONE_CREATE.plan)}\n`);
    expect(err).toMatch(/^Wrote .*plan\.json; to carry it out: netloom apply /);
    const saved = join(folder, 'plan.json');
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    expect(mismatches('saved-plan', JSON.parse(readFileSync(saved, 'utf8')))).toEqual([]);
  });

  it('is carried out without a question, on its nodes, though the file has changed', async () => {
    const { code, calls } = await run('apply plan.json', 'name: other\n');
    expect(code).toBe(0);
    expect(calls).toEqual(['open n1', 'read demo', 'plan demo', 'apply', 'close']);
  });

  it('is refused where other commands would be run, before anything is changed', async () => {
    const { code, err, calls } = await run('apply plan.json', TOPOLOGY, {
      ...ONE_CREATE,
      plan: plan([change({ kind: 'bridge', name: 'brq2', action: 'create' })]),
    });
    expect(code).toBe(1);
    expect(err).toContain('Saved plan is stale');
    expect(calls).not.toContain('apply');
  });

  /** Changes the file, and gives it the checksum of what it is then. */
  const edited = (change: (document: Record<string, unknown>) => void): void => {
    const { checksum: _, ...document } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    change(document);
    writeFileSync(join(folder, 'plan.json'), documentText(document));
  };

  it('is refused if it shows another plan than it carries out, or a part of it is missing', async () => {
    const whole = readFileSync(join(folder, 'plan.json'), 'utf8');
    edited((document) => {
      document['plan'] = { ...(document['plan'] as object), changes: [] };
    });
    const { err, calls } = await run('apply plan.json');
    expect(err).toMatch(/^error\[NLX37\]: .* it shows another plan/);
    expect(calls).not.toContain('apply');
    for (const part of ['options', 'read', 'source', 'plan']) {
      writeFileSync(join(folder, 'plan.json'), whole);
      edited((document) => {
        document[part] = undefined;
      });
      expect((await run('apply plan.json')).err, part).toMatch(/^error\[NLX37\]/);
    }
    writeFileSync(join(folder, 'plan.json'), whole);
  });

  it.each(['--lab', '--node n2', '--except n1', '--heal-foreign', '--allow-moves'])('refuses %s', async (flag) => {
    const { code, err, calls } = await run(`apply ${flag} plan.json`);
    expect([code, err.slice(0, 12), calls]).toEqual([1, 'error[NLX38]', []]);
  });

  it('replaces an earlier plan, and no other file', async () => {
    expect((await run('plan --out plan.json t.yaml')).code).toBe(0);
    writeFileSync(join(folder, 'plan.json'), '{}');
    expect((await run('plan --out plan.json t.yaml')).err).toContain('NLX25');
  });
});

describe('the checksum of a plan', () => {
  const changes = [change({ kind: 'bridge', name: 'brq1', action: 'create' })];
  const one = plan(changes, [batch(0, ['n1/-/bridge/brq1'])]);

  it('is that of its commands in their order, and of nothing that is told about them', () => {
    expect(planChecksum(structuredClone(one))).toBe(planChecksum(one));
    expect(planChecksum({ ...one, notes: [{ path: 'x', text: 'y' }], owned: 11 })).toBe(planChecksum(one));
    const other = plan(changes, [{ ...batch(0, ['n1/-/bridge/brq1']), after: [1] }]);
    expect(planChecksum(other)).not.toBe(planChecksum(one));
    expect(planChecksum({ ...one, batches: [] })).not.toBe(planChecksum(one));
  });

  it('lets `apply --checksum` pass that plan alone', async () => {
    const apply = (checksum: string): ReturnType<typeof netloom> =>
      netloom(['apply', '--yes', '--checksum', checksum, 't.yaml'], { first: ONE_CREATE });
    expect((await apply(planChecksum(ONE_CREATE.plan))).calls).toContain('apply');
    const { err, calls } = await apply('0123');
    expect(err).toContain(`the plan has the checksum ${planChecksum(ONE_CREATE.plan)}, not 0123`);
    expect(calls).not.toContain('apply');
  });
});

it('a recorded topology is loaded as the file was, with the files that it names', async () => {
  const source = await readTopology('topologies/include/main.yaml');
  const before = loadTopology(source.text, source.file, source.folder);
  const again = sourceOf(structuredClone(recordSource(source)));
  expect(again.folder?.readings).toEqual([]);
  const { topology, diagnostics } = loadTopology(again.text, again.file, again.folder);
  expect({ doc: topology?.doc, diagnostics }).toEqual({ doc: before.topology?.doc, diagnostics: before.diagnostics });
  expect(topology).toBeDefined();
});
