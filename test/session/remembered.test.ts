import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Engine, PlanResult } from '../../src/session/engine.ts';
import { EMPTY_PLAN, FOREIGN, netloom, TOPOLOGY, type FakeOptions, type Ran } from '../support/fake-world.ts';
import { change, plan } from '../render/plan/make.ts';

const DIGESTS = new Map([['n1', 'a'.repeat(64)]]);
const QUIET: PlanResult = { ...EMPTY_PLAN, digests: DIGESTS };
const WARNING: Diagnostic = { code: 'NLP40', severity: 'warning', summary: 'a foreign object' };
const KNOWN = 'read demo unless it is as it was';

let parent: string;
let build: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'netloom-remembered-'));
  build = 'one';
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

function run(argv: readonly string[], options: FakeOptions = {}): Promise<Ran> {
  return netloom(argv, { first: QUIET, memory: { folder: join(parent, 'plans'), build }, ...options });
}

const PLAN = ['plan', 't.yaml'];

describe('a plan without changes', () => {
  it('is not made again while all is as it was, and is printed in the same words', async () => {
    const made = await run(PLAN);
    expect(made.calls).toContain('plan demo');
    const { calls, ...printed } = await run(PLAN);
    expect(calls).toEqual(['open', KNOWN, 'close']);
    expect(printed).toEqual({ code: made.code, out: made.out, err: made.err });
  });

  it('is printed alike as JSON, with its exit code, and tells it among what it took', async () => {
    const flags = ['--json', '--detailed-exitcode'];
    const made = await run([...PLAN, ...flags]);
    const again = await run([...PLAN, ...flags]);
    expect(again.calls).toContain(KNOWN);
    expect([again.code, again.out]).toEqual([made.code, made.out]);
    expect((await run([...PLAN, '--stats'])).err).toMatch(/^ +plan remembered +yes$/m);
    expect((await run([...PLAN, '--stats', '--no-cache'])).err).toMatch(/^ +plan remembered +no$/m);
    const { stats } = JSON.parse((await run([...PLAN, '--json', '--stats'])).out) as { readonly stats: object };
    expect(stats).toMatchObject({ plan_remembered: true, objects_observed: 0 });
  });

  it('is what an apply finds, too, under its lock', async () => {
    const made = await run(['apply', '--yes', 't.yaml']);
    expect(made.calls).toContain('plan demo');
    const order: string[] = [];
    const { calls, ...printed } = await run(['apply', '--yes', 't.yaml'], {
      engine: (engine): Partial<Engine> => ({
        lock: (...args) => (order.push('lock'), engine.lock(...args)),
        readUnless: (...args) => (order.push('read'), engine.readUnless(...args)),
      }),
    });
    expect(calls).toEqual(['open', KNOWN, 'close']);
    expect(order).toEqual(['lock', 'read']);
    expect(printed).toEqual({ code: made.code, out: made.out, err: made.err });
  });

  it('is refused by another checksum, as one that is made', async () => {
    await run(PLAN);
    const { code, err, calls } = await run(['apply', '--yes', '--checksum', '0'.repeat(64), 't.yaml']);
    expect(calls).toContain(KNOWN);
    expect([code, err]).toEqual([1, expect.stringContaining('NLX39')]);
  });
});

describe('a plan is made', () => {
  const OTHER: Readonly<Record<string, readonly [argv: readonly string[], options?: FakeOptions]>> = {
    'with --no-cache': [[...PLAN, '--no-cache']],
    'with another choice of nodes': [[...PLAN, '--node', 'n1']],
    'in a lab': [[...PLAN, '--lab']],
    'with --heal-foreign': [[...PLAN, '--heal-foreign']],
    'for a script': [[...PLAN, '--script', '-']],
    'for a destroy': [['destroy', '--yes', 't.yaml']],
    'if the file has another text': [PLAN, { files: { 't.yaml': `${TOPOLOGY}# more\n` } }],
    'of another file': [['plan', 'u.yaml'], { files: { 'u.yaml': TOPOLOGY } }],
  };
  it.each(Object.keys(OTHER))('%s', async (how) => {
    await run(PLAN);
    const [argv, options] = OTHER[how] ?? [[]];
    const { calls } = await run(argv, options);
    expect(calls).not.toContain(KNOWN);
    expect(calls.some((call) => call.startsWith('plan '))).toBe(true);
  });

  it('by another build of netloom', async () => {
    await run(PLAN);
    build = 'two';
    expect((await run(PLAN)).calls).not.toContain(KNOWN);
    expect((await run(PLAN)).calls).toContain(KNOWN);
  });

  it('if an included file has another text', async () => {
    const main = TOPOLOGY.replace('name: demo', 'name: demo\ninclude: [more.yaml]');
    const files = { 't.yaml': main, 'more.yaml': 'address_scopes: {}\n' };
    await run(PLAN, { files });
    expect((await run(PLAN, { files })).calls).toContain(KNOWN);
    const { calls } = await run(PLAN, { files: { ...files, 'more.yaml': 'address_scopes: {} # more\n' } });
    expect(calls).not.toContain(KNOWN);
    expect(calls).toContain('plan demo');
  });

  it('if others could have written what is remembered', async () => {
    await run(PLAN);
    chmodSync(join(parent, 'plans'), 0o777);
    expect((await run(PLAN)).calls).not.toContain(KNOWN);
  });

  it('if a node answers otherwise; then from what it answered', async () => {
    await run(PLAN);
    const views = new Map<string, never>();
    let planned: unknown;
    const { calls, err } = await run([...PLAN, '--stats'], {
      engine: (engine): Partial<Engine> => ({
        readUnless: (topology) => engine.read(topology, new Map()).then(() => views),
        async plan(graph, shells, reading) {
          planned = await reading;
          return engine.plan(graph, shells, reading);
        },
      }),
    });
    expect(calls).toEqual(['open', 'read demo', 'plan demo', 'close']);
    expect(planned).toBe(views);
    expect(err).toMatch(/^ +plan remembered +no$/m);
  });

  it('and reports why a node cannot be read', async () => {
    await run(PLAN);
    const error = new Error('cut off');
    const { code, err } = await run(PLAN, {
      engine: (engine): Partial<Engine> => ({
        readUnless: () => Promise.reject(error),
        plan: async (...args) => (await args[2], engine.plan(...args)),
      }),
    });
    expect([code, err]).toEqual([1, expect.stringContaining('cut off')]);
  });
});

describe('a plan is not remembered', () => {
  const created = change({ node: 'n1', kind: 'bridge', name: 'brq1', action: 'create' });
  const TELLING: Readonly<Record<string, PlanResult>> = {
    'if it has changes': { ...QUIET, plan: plan([created]) },
    'if it lists foreign objects': { ...FOREIGN, digests: DIGESTS },
    'if it has warnings': { ...QUIET, diagnostics: [WARNING] },
    'if something would move to a node that is left out': { ...QUIET, moves: [WARNING] },
    'if a node did not tell the digest of its answer': EMPTY_PLAN,
  };
  it.each(Object.keys(TELLING))('%s', async (why) => {
    const first = TELLING[why] ?? QUIET;
    await run([...PLAN, '--allow-moves'], { first });
    expect((await run(PLAN)).calls).not.toContain(KNOWN);
  });

  it('if the file is standard input', async () => {
    const source: FakeOptions['engine'] = () => ({
      source: (file) => Promise.resolve({ file, text: TOPOLOGY }),
    });
    await run(PLAN, { engine: source });
    expect((await run(PLAN, { engine: source })).calls).not.toContain(KNOWN);
  });
});
