import { expect, test } from 'vitest';
import { hostError } from '../../src/hosts/errors.ts';
import type { ApplyEvent } from '../../src/model/event.ts';
import type { Shell } from '../../src/model/host.ts';
import { applyNetwork, type ApplyOptions, type ApplyResult } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import type { Shells } from '../../src/session/nodes.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { fakeShell, ip, link, type FakeNode } from '../codes/fake-node.ts';
import { graphOf, PLAIN } from '../codes/topologies.ts';

const BRIDGE = { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:example,nic=eth0' };
const BARE: FakeNode = { own: ip([link('lo', 1), link('eth0', 2)]) };
/** The plain topology asks for a bridge of another name. */
const CHANGED: FakeNode = { own: ip([link('lo', 1), link('eth0', 2), link('brqother', 3, BRIDGE)]) };
const REFUSED = { code: 1, output: 'RTNETLINK answers: Operation not permitted\n' };

interface Applied extends ApplyResult {
  readonly types: readonly ApplyEvent['type'][];
}

async function applied(shells: Shells, options: Partial<ApplyOptions> = {}): Promise<Applied> {
  const graph = graphOf(PLAIN);
  const types: ApplyEvent['type'][] = [];
  const result = await applyNetwork(graph, shells, await planNetwork(graph, shells), {
    allow: ALLOW_ALL_DELETIONS,
    rollback: true,
    ...options,
    onEvent: (event) => {
      types.push(event.type);
      options.onEvent?.(event);
    },
  });
  return { ...result, types };
}

/** A shell whose node is another one after the first job. */
function changing(job: Shell['job'], before = fakeShell('n1', BARE), after = fakeShell('n1', CHANGED)): Shells {
  let begun = false;
  const shell: Shell = {
    ...before,
    read: (script) => (begun ? after : before).read(script),
    job(script) {
      begun = true;
      return job(script);
    },
  };
  return new Map([['n1', shell]]);
}

const codes = ({ diagnostics }: ApplyResult): readonly string[] => diagnostics.map(({ code }) => code);

test('what never settles is rolled back', async () => {
  const result = await applied(new Map([['n1', fakeShell('n1', BARE)]]));
  expect(codes(result)).toEqual(['NLA02']);
  expect(result.rollback).toEqual({ complete: true, diagnostics: [], lost: [], differs: [] });
  expect(result.types.slice(-3)).toEqual(['unsettled', 'rollback-start', 'rollback-done']);
});

test('a failure says that what was done is rolled back, or kept', async () => {
  const shells: Shells = new Map([['n1', fakeShell('n1', BARE, { job: () => Promise.resolve(REFUSED) })]]);
  expect((await applied(shells)).diagnostics[0]?.hint).toBe('fix the cause, and apply again');
  const kept = await applied(shells, { rollback: false });
  expect(kept.diagnostics[0]?.hint).toContain('what was done before this is kept');
  expect(kept.rollback).toBeUndefined();
  expect(kept.types).not.toContain('rollback-start');
});

test('a rollback that fails never reports success, and lists what is not as before', async () => {
  const result = await applied(changing(() => Promise.resolve(REFUSED)));
  expect(new Set(codes(result))).toEqual(new Set(['NLA01', 'NLA12']));
  expect(result.rollback).toMatchObject({
    complete: false,
    lost: [],
    differs: [{ address: 'n1/-/bridge/brqother', how: 'is new' }],
  });
  expect(result.diagnostics.at(-1)?.detail).toContain('n1/-/bridge/brqother is new');
});

test('a node whose connection ended is named', async () => {
  const ended = hostError({ code: 'NLH005', node: 'n1', summary: 'The connection to node n1 ended' });
  const lost = { ...fakeShell('n1', BARE), read: () => Promise.reject(ended), job: () => Promise.reject(ended) };
  const result = await applied(changing(() => Promise.reject(ended), fakeShell('n1', BARE), lost));
  expect(codes(result).at(-1)).toBe('NLA14');
  expect(result.rollback).toMatchObject({ complete: false, lost: ['n1'] });
});

test('a stop after the last batch rolls nothing back: all is as desired', async () => {
  const stop = new AbortController();
  const onEvent = (event: ApplyEvent): void => {
    if (event.type === 'batch-done') stop.abort(new Error('stopped'));
  };
  const graph = graphOf(PLAIN);
  const nothing = { ...graph, resources: new Map() };
  const shells = changing(
    () => Promise.resolve({ code: 0, output: '' }),
    fakeShell('n1', CHANGED),
    fakeShell('n1', BARE),
  );
  const first = await planNetwork(nothing, shells);
  const result = await applyNetwork(nothing, shells, first, {
    allow: ALLOW_ALL_DELETIONS,
    rollback: true,
    begin: () => stop.signal,
    onEvent,
  });
  expect(first.plan.changes.length).toBeGreaterThan(0);
  expect(result.ok).toBe(true);
  expect(result.rollback).toBeUndefined();
});

test('after a stop no batch begins, and what was done is rolled back', async () => {
  const stop = new AbortController();
  const onEvent = (event: ApplyEvent): void => {
    if (event.type === 'batch-start') stop.abort(new Error('stopped'));
  };
  const result = await applied(new Map([['n1', fakeShell('n1', BARE)]]), { begin: () => stop.signal, onEvent });
  expect(result).toMatchObject({ ok: false, diagnostics: [], rollback: { complete: true } });
  expect(result.types).toEqual(['round-start', 'batch-start', 'batch-done', 'rollback-start', 'rollback-done']);
});
