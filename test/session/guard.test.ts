import { describe, expect, test } from 'vitest';
import { parseHolder } from '../../src/hosts/holder.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Shell } from '../../src/model/host.ts';
import { applyNetwork } from '../../src/session/apply.ts';
import { approveAndApply } from '../../src/session/approve-and-apply.ts';
import { ALLOW_ALL_DELETIONS, type Allowance } from '../../src/session/guard.ts';
import { createSession } from '../../src/session/session.ts';
import { emptyTarget, type Target } from '../../src/session/target.ts';
import { fakeEngine, DELETE_ALL } from '../support/fake-world.ts';

const NO_MORE: Allowance = { force: false, allowEmpty: false };
const DESIRED = netns('n1', 'new', { path: 'somewhere' });

const UNKNOWN = parseHolder('');

/** A node that records its calls, and whose lock another netloom holds. */
function lockedNode(done: string[]): Shell {
  const note = (what: string) => () => {
    done.push(what);
    return Promise.reject(new Error(`${what} on a node that must not be touched`));
  };
  return {
    node: 'n1',
    pid: 1,
    rootless: false,
    read: note('read'),
    job: note('job'),
    lock() {
      done.push('lock');
      return Promise.resolve({ state: 'busy', holder: UNKNOWN });
    },
    unlock: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function target(done: string[]): Target {
  return { graph: desiredGraph('demo', ['n1'], [DESIRED]), shells: new Map([['n1', lockedNode(done)]]) };
}

const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);

describe('applyNetwork asks the guard', () => {
  const applied = async (which: (target: Target) => Target, allow: Allowance) => {
    const done: string[] = [];
    const { graph, shells } = which(target(done));
    const { ok, diagnostics } = await applyNetwork(graph, shells, DELETE_ALL, {
      allow,
      onEvent: () => done.push('event'),
    });
    return { ok, codes: codes(diagnostics), done };
  };
  const as = (same: Target): Target => same;

  test('a refused plan reaches no node, not even for its lock', async () => {
    expect(await applied(as, NO_MORE)).toEqual({ ok: false, codes: ['NLG01'], done: [] });
    expect(await applied(emptyTarget, { force: true, allowEmpty: false })).toEqual({
      ok: false,
      codes: ['NLG02'],
      done: [],
    });
    expect(await applied(emptyTarget, { force: false, allowEmpty: true })).toEqual({
      ok: false,
      codes: ['NLG01'],
      done: [],
    });
  });

  test('an allowed plan reaches the nodes', async () => {
    expect(await applied(as, { force: true, allowEmpty: false })).toEqual({
      ok: false,
      codes: ['NLA04'],
      done: ['lock'],
    });
    expect(await applied(emptyTarget, ALLOW_ALL_DELETIONS)).toEqual({ ok: false, codes: ['NLA04'], done: ['lock'] });
  });
});

describe('approveAndApply asks the guard, then for consent', () => {
  const carried = async (allow: Allowance, consent: () => Promise<boolean>) => {
    const calls: string[] = [];
    const session = createSession({
      engine: fakeEngine({}, calls),
      signal: new AbortController().signal,
      onEvent: ({ type }) => calls.push(type),
    });
    const asked = (): Promise<boolean> => {
      calls.push('consent');
      return consent();
    };
    const result = approveAndApply(session, target([]), DELETE_ALL, { allow, consent: asked, rollback: true });
    const outcome = await result.then((done) => done.outcome).catch((error: unknown) => String(error));
    return { outcome, calls };
  };
  const yes = () => Promise.resolve(true);

  test('consent is not asked for a plan that the guard refuses', async () => {
    expect(await carried(NO_MORE, yes)).toEqual({
      outcome: expect.stringContaining('10 of 10 objects would be deleted') as unknown,
      calls: [],
    });
  });

  test('without consent nothing is changed', async () => {
    expect(await carried(ALLOW_ALL_DELETIONS, () => Promise.resolve(false))).toEqual({
      outcome: 'refused',
      calls: ['consent'],
    });
    expect(await carried(ALLOW_ALL_DELETIONS, () => Promise.reject(new Error('no terminal')))).toEqual({
      outcome: 'Error: no terminal',
      calls: ['consent'],
    });
  });

  test('with consent the plan is applied', async () => {
    expect(await carried(ALLOW_ALL_DELETIONS, yes)).toEqual({
      outcome: 'settled',
      calls: ['consent', 'apply', 'round-start', 'settled'],
    });
  });
});
