import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change, plan } from '../render/plan/make.ts';
import { EMPTY_PLAN, netloom, NIC, TOPOLOGY, type FakeOptions, type Ran } from '../support/fake-world.ts';
import { mismatches } from '../support/json-outputs.ts';
import { viewOf } from '../support/view.ts';
import type { Observed } from '../../src/model/resource.ts';
import type { PlanResult } from '../../src/session/engine.ts';

const SECRET = { tool: 'write', path: '/run/x', content: 'hunter2', mode: '600' } as const;
const ADDRESS = 'n1/-/bridge/brq1';

/** A plan that creates a bridge, with a command that holds a secret. */
const FIRST = {
  ...EMPTY_PLAN,
  plan: plan(
    [change({ kind: 'bridge', name: 'brq1', action: 'create' })],
    [{ id: 0, node: 'n1', netns: null, lane: 'sh', steps: [{ address: ADDRESS, command: SECRET }], after: [] }],
  ),
};

/** An apply whose only batch ends so, and which finds these objects under the lock. */
function ending(ok: boolean, ...locked: readonly Observed[]): NonNullable<FakeOptions['engine']> {
  return () => ({
    async apply(_, __, first, { onEvent, onLocked }) {
      await onLocked?.({ ...first, observed: [...first.observed, ...locked] });
      const { plan: made } = first;
      const [batch] = made.batches;
      onEvent({ type: 'round-start', round: 1, plan: made });
      if (batch) {
        onEvent({ type: 'batch-start', batch });
        const diagnostics = [{ code: 'NLA01', severity: 'error', summary: 'no luck' }] as const;
        if (ok) onEvent({ type: 'batch-done', batch, milliseconds: 12 });
        else onEvent({ type: 'batch-failed', batch, diagnostics, exitCode: 7 });
      }
      return { ok, diagnostics: [], final: EMPTY_PLAN };
    },
  });
}

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'netloom-state-'));
});
afterEach(() => {
  rmSync(state, { recursive: true });
});

function run(line: string, options: FakeOptions = {}): Promise<Ran> {
  return netloom(line.split(' '), { state, first: FIRST, engine: ending(true), ...options });
}

describe('an apply', () => {
  it('is listed and shown, with its commands and exit codes, and without their secrets', async () => {
    await run('apply --yes t.yaml');
    await run('apply --yes t.yaml', { engine: ending(false) });
    const { out } = await run('history t.yaml');
    expect(out).toMatch(/\n2 +\S+ \S+ +apply +failed +\+1 ~0 -0 +none +- .*\n1 +\S+ \S+ +apply +settled /);
    const json = JSON.parse((await run('history list --json t.yaml')).out) as object;
    expect(mismatches('history-list', json)).toEqual([]);
    expect(json).toMatchObject({ topology: 'demo', runs: [{ number: 1, outcome: 'settled' }, { number: 2 }] });
    expect((await run('history show t.yaml 1')).out).toMatch(
      /batch 0 on n1: done, exit code 0, 12 ms\n {4}write \/run\/x/,
    );
    const shown = await run('history show t.yaml 2');
    expect(shown.out).toMatch(/failed, exit code 7\n {4}write \/run\/x\n {4}NLA01: no luck/);
    const document = JSON.parse((await run('history show --json t.yaml 2')).out) as object;
    expect(mismatches('history-show', document)).toEqual([]);
    expect(document).toMatchObject({
      run: { number: 2, outcome: 'failed' },
      files: ['t.yaml'],
      plan: { summary: { create: 1 } },
      rounds: [{ what: 'apply', batches: [{ outcome: 'failed', exit_code: 7, diagnostics: [{ code: 'NLA01' }] }] }],
    });
    expect(JSON.stringify(document)).not.toContain('hunter2');
    expect((await run('history show --print topology t.yaml 2')).out).toBe(TOPOLOGY);
    expect((await run('history show --print before t.yaml 2')).out).toContain('"type": "state"');
    const { RunStore } = await import('../../src/archive/store.ts');
    expect(await new RunStore(join(state, 'runs', 'demo')).details(1)).not.toContain('hunter2');
  });

  it('is archived with what was read under the lock, which may be more than was shown', async () => {
    const first = { ...FIRST, views: new Map([['n1', viewOf('n1', [])]]) };
    await run('apply --yes t.yaml', { first, engine: ending(true, { ...NIC, name: 'eth7' }) });
    expect((await run('history show --print before t.yaml 1')).out).toContain('"name": "eth7"');
  });

  it('is not listed if it changed nothing', async () => {
    await run('apply --yes t.yaml', { engine: () => ({}) });
    expect((await run('history t.yaml')).out).toBe('No run is archived.\n');
    expect(readdirSync(join(state, 'runs', 'demo'))).toEqual([]);
  });

  it('is shown with the files that its topology names, which can be written into a folder', async () => {
    const instances = TOPOLOGY.slice(TOPOLOGY.indexOf('instances:'), TOPOLOGY.indexOf('expect:'));
    const main = `${TOPOLOGY.replace(instances, '')}include: [parts/vms.yaml]\n`;
    const files = { 't.yaml': main, 'parts/vms.yaml': instances };
    await run('apply --yes t.yaml', { files });
    const changed = { files: { 't.yaml': TOPOLOGY } };
    const printed = await run('history show --print topology t.yaml 1', changed);
    expect(printed.out).toBe(main);
    expect(printed.err).toContain('It names parts/vms.yaml; --out FOLDER writes them too.');
    const folder = join(state, 'then');
    expect((await run(`history show --out ${folder} t.yaml 1`, changed)).code).toBe(0);
    expect(readFileSync(join(folder, 't.yaml'), 'utf8')).toBe(main);
    expect(readFileSync(join(folder, 'parts', 'vms.yaml'), 'utf8')).toBe(instances);
    expect(statSync(join(folder, 'parts', 'vms.yaml')).mode & 0o777).toBe(0o600);
    expect((await run(`history show --out ${folder} t.yaml 1`, changed)).err).toContain('error[NLX25]');
  });

  it('does not fail where it cannot be archived', async () => {
    writeFileSync(join(state, 'runs'), 'a file');
    const { code, err } = await run('apply --yes t.yaml');
    expect(code).toBe(0);
    expect(err).toContain('warning[NLX45]: the run could not be archived');
  });

  it('is unfinished if netloom ends before it does', async () => {
    const engine: FakeOptions['engine'] = () => ({ apply: () => Promise.reject(new Error('lost')) });
    expect((await run('apply --yes t.yaml', { engine })).code).toBe(1);
    const begun: string[] = [];
    await run('apply --yes t.yaml', {
      engine: (base) => ({
        async apply(...args) {
          await args[3].onLocked?.(args[2]);
          begun.push((await run('history t.yaml')).out);
          return base.apply(...args);
        },
      }),
    });
    expect(begun.join('')).toContain('unfinished');
  });
});

describe('a history', () => {
  it('has no run of another number, and a damaged one is not trusted', async () => {
    await run('apply --yes t.yaml');
    expect((await run('history show t.yaml 2')).err).toContain('the history of demo has no run 2');
    writeFileSync(join(state, 'runs', 'demo', '1.details.gz'), 'x');
    expect((await run('history show t.yaml 1')).err).toContain('error[NLX43]');
    expect((await run('undo --yes --allow-empty t.yaml')).err).toContain('error[NLX43]');
  });

  it('marks what was undone, and the next undo goes on before it', async () => {
    await run('apply --yes t.yaml');
    await run('apply --yes t.yaml');
    await run('undo --yes --allow-empty t.yaml');
    const runs = async (): Promise<object[]> =>
      (JSON.parse((await run('history list --json t.yaml')).out) as { runs: object[] }).runs;
    expect(await runs()).toMatchObject([{ number: 1 }, { number: 2, reverted: { by: 3 } }, { number: 3, undoes: 2 }]);
    expect((await runs())[0]).not.toHaveProperty('reverted');
    await run('undo --yes --allow-empty t.yaml');
    expect((await runs())[0]).toMatchObject({ number: 1, reverted: { by: 4 } });
    expect((await run('undo --yes --allow-empty t.yaml')).err).toContain('has no run to undo');
  });

  it('tells that what an undo had reverted holds again once the undo is reverted', async () => {
    await run('apply --yes t.yaml');
    await run('apply --yes t.yaml');
    await run('undo --yes --allow-empty t.yaml 1');
    await run('undo --yes --allow-empty t.yaml 3');
    const { runs } = JSON.parse((await run('history list --json t.yaml')).out) as { runs: object[] };
    expect(runs).toMatchObject([{ number: 1 }, { number: 2 }, { number: 3, reverted: { by: 4 } }, { undoes: 3 }]);
    expect(runs[0]).not.toHaveProperty('reverted');
    expect(runs[1]).not.toHaveProperty('reverted');
  });

  it('tells of a run whose netloom was killed what others decided about it', async () => {
    const { RunStore } = await import('../../src/archive/store.ts');
    const store = new RunStore(join(state, 'runs', 'demo'));
    await run('apply --yes t.yaml');
    const [ran] = await store.list();
    if (!ran) throw new Error('nothing is archived');
    const [client, time] = [{ user: 'bob', host: 'admin1' }, '2026-11-30T12:00:00.000Z'];
    await store.replace({ ...ran, outcome: 'unfinished', window: 'a', nodes: ['n1', 'n2'] });
    await store.decide(1, { decision: 'keep', kept: ['n1'], reverted: [], whole: false, client, time });
    expect((await run('history t.yaml')).out).toMatch(/\n1 .* unfinished /);
    await store.decide(1, { decision: 'revert', kept: [], reverted: ['n2'], whole: true, client, time });
    expect((await run('history t.yaml')).out).toMatch(/\n1 .* partly-reverted /);
    const shown = (await run('history show t.yaml 1')).out;
    expect(shown).toContain('It was kept on n1, and not on n2.');
    expect(shown).toMatch(/bob@admin1 decided to keep it, .*: kept on n1\.\nbob@admin1 decided to revert it/);
  });

  it('marks a run whose undo finds nothing to do, so that the next undo goes on before it', async () => {
    const views: PlanResult['views'] = new Map([['n1', viewOf('n1', [])]]);
    await run('apply --yes t.yaml', { first: { ...FIRST, views } });
    await run('apply --yes t.yaml', { first: { ...FIRST, views } });
    const { code, out } = await run('undo --yes t.yaml', { first: { ...EMPTY_PLAN, views } });
    expect([code, out]).toEqual([0, expect.stringContaining('as they were before run 2, which counts as undone.')]);
    const { out: json } = await run('history list --json t.yaml');
    const { runs } = JSON.parse(json) as { runs: readonly { readonly reverted?: object }[] };
    expect(runs).toHaveLength(2);
    expect(runs[0]).not.toHaveProperty('reverted');
    expect(runs[1]?.reverted).not.toHaveProperty('by');
    expect((await run('history t.yaml')).out).toMatch(/\n2 .* undone /);
    expect((await run('history show t.yaml 2')).out).toMatch(/An undo of .+ found the nodes as they were before it/);
    await run('undo --yes --allow-empty t.yaml', { first: { ...FIRST, views } });
    expect((await run('history t.yaml')).out).toMatch(/\n1 .* reverted by 3 /);
  });

  it('tells of no run that it was undone if a part of its nodes was left out', async () => {
    const views = (...names: string[]): PlanResult['views'] => new Map(names.map((name) => [name, viewOf(name, [])]));
    const first = (...names: string[]): PlanResult => ({ ...FIRST, views: views(...names) });
    await run('apply --yes t.yaml', { first: first('n1', 'n2') });
    await run('undo --yes --allow-empty t.yaml 1', { first: first('n1') });
    const { runs } = JSON.parse((await run('history list --json t.yaml')).out) as { runs: object[] };
    expect(runs[0]).not.toHaveProperty('reverted');
  });
});
