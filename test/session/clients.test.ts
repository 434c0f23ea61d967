import { describe, expect, test } from 'vitest';
import type { Survey } from '../../src/gc/found.ts';
import { collect } from '../../src/session/collect.ts';
import { destroyNetwork } from '../../src/session/destroy.ts';
import type { Engine } from '../../src/session/engine.ts';
import { withNetwork } from '../../src/session/network.ts';
import { createSession, type Session } from '../../src/session/session.ts';
import { verifyFile } from '../../src/session/verify.ts';
import { fakeEngine, EMPTY_PLAN, ONE_CREATE, DELETE_ALL } from '../support/fake-world.ts';

interface Client {
  readonly session: Session;
  readonly calls: string[];
  /** Records a call, and returns the answer. */
  readonly hear: <T>(what: string, answer: T) => Promise<T>;
}

/** A session whose engine and client record their calls in one list. */
function clientOf(engine: Partial<Engine> = {}, first = ONE_CREATE): Client {
  const calls: string[] = [];
  const session = createSession({
    engine: { ...fakeEngine({ first }, calls), ...engine },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const hear = <T>(what: string, answer: T): Promise<T> => {
    calls.push(what);
    return Promise.resolve(answer);
  };
  return { session, calls, hear };
}

describe('a client without a terminal destroys', () => {
  const destroyed = async (yes: boolean) => {
    const { session, calls, hear } = clientOf({}, DELETE_ALL);
    const { outcome, left } = await withNetwork(session, 't.yaml', {}, (network) =>
      destroyNetwork(session, network, {
        onPlan: ({ plan }) => hear(`shown ${String(plan.changes.length)}`, undefined),
        consent: () => hear('asked', yes),
      }),
    );
    return { outcome, left: left.map(({ address }) => address), calls };
  };

  test('by a plan with an empty desired state, without the guard, and gets the remaining changes', async () => {
    expect(await destroyed(true)).toEqual({
      outcome: 'settled',
      left: ['n1/-/nic/eth1'],
      calls: ['open', 'read demo', 'plan nothing', 'shown 10', 'asked', 'apply', 'close'],
    });
  });

  test('without consent nothing is removed', async () => {
    expect(await destroyed(false)).toEqual({
      outcome: 'refused',
      left: [],
      calls: ['open', 'read demo', 'plan nothing', 'shown 10', 'asked', 'close'],
    });
  });
});

test('a client without a terminal collects: each topology has its own outcome', async () => {
  const names = ['gone', 'kept', 'torn', 'wanted'];
  const survey: Survey = {
    topologies: names.map((topology) => ({ topology, traces: [] })),
    illegible: [],
    unnamed: [],
    silent: [],
  };
  const torn = { code: 'NLP06', severity: 'error', summary: 'a port that is not ours' } as const;
  const { session, calls, hear } = clientOf({
    survey: () => Promise.resolve(survey),
    plan({ topology }) {
      if (topology === 'gone') return Promise.resolve(EMPTY_PLAN);
      return Promise.resolve(topology === 'torn' ? { ...ONE_CREATE, diagnostics: [torn] } : DELETE_ALL);
    },
  });
  const { outcomes, left } = await collect(session, new Map(), {
    topologies: undefined,
    dryRun: false,
    onSurvey: ({ topologies }) => hear(`found ${String(topologies.length)}`, undefined),
    onPlan: (topology) => hear(`shown ${topology}`, undefined),
    consent: (topology) => hear(`asked about ${topology}`, topology !== 'kept'),
    onEnd: (topology, { outcome }) => hear(`${topology} ${outcome}`, undefined),
  });
  expect(Object.fromEntries(outcomes)).toEqual({ gone: 'nothing', kept: 'kept', torn: 'failed', wanted: 'removed' });
  expect(left.map(({ topology }) => topology)).toEqual(['gone', 'wanted']);
  // While a topology remains, the lock files remain.
  expect(calls).toEqual([
    'found 4',
    'shown gone',
    'shown kept',
    'asked about kept',
    'kept refused',
    'shown torn',
    'shown wanted',
    'asked about wanted',
    'apply',
    'wanted settled',
  ]);
});

test('a client without a terminal verifies: it gets the warnings before the first probe', async () => {
  const { session, calls, hear } = clientOf();
  const { topology, outcomes, untried } = await verifyFile(session, 't.yaml', {
    lab: true,
    onWarnings: (warnings) => hear(`warned ${String(warnings.length)}`, undefined),
  });
  expect([topology, outcomes.map(({ probe, ok }) => `${probe.protocol} ${String(ok)}`), untried]).toEqual([
    'demo',
    ['ping true', 'tcp true'],
    [],
  ]);
  expect(calls[0]).toBe('warned 0');
  expect(calls.slice(1).sort()).toEqual(['run vm1 ping', 'run vm2 perl']);
});
