import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunStore } from '../../src/archive/store.ts';
import type { Zipped } from '../../src/archive/zipped.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { desiredGraph, type DesiredGraph } from '../../src/model/graph.ts';
import type { Run } from '../../src/model/run.ts';
import { renumberRefusal } from '../../src/session/guard.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { readNetwork } from '../../src/session/read.ts';
import { createSession } from '../../src/session/session.ts';
import { stateOf } from '../../src/session/state.ts';
import type { Target } from '../../src/session/target.ts';
import { undoing } from '../../src/session/undo.ts';
import { encodeState } from '../../src/snapshot/encode.ts';
import { runDocument, type Round, type RunDetails } from '../../src/snapshot/run-details.ts';
import { fakeShell, ip, link, type FakeNode } from '../codes/fake-node.ts';
import { batch, change, plan } from '../render/plan/make.ts';
import { fakeEngine } from '../support/fake-world.ts';

const OF = { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:demo,nic=eth0' };
const bridges = (...names: string[]): FakeNode => ({
  own: ip([link('lo', 1), ...names.map((name, i) => link(name, i + 2, OF))]),
});
const BARE = bridges();
const FOREIGN: FakeNode = { own: ip([link('lo', 1), link('brqa', 2, { linkinfo: { info_kind: 'bridge' } })]) };
const RUN: Omit<Run, 'number'> = {
  command: 'apply',
  topology: 'demo',
  lab: false,
  netloom: '1.0.0',
  client: {},
  started: '2026-11-30T12:00:00.000Z',
  outcome: 'settled',
  nodes: ['n1'],
  changed: { create: 1, update: 0, replace: 0, delete: 0 },
  impact: 'none',
};
const GRAPH: DesiredGraph = { ...desiredGraph('demo', ['n1', 'n2'], []), healForeign: true };

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-undo-'));
  store = new RunStore(join(folder, 'runs', 'demo'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function shellsOf(nodes: Readonly<Record<string, FakeNode>>) {
  return new Map(Object.entries(nodes).map(([name, node]) => [name, fakeShell(name, node)]));
}

function encodeRun({ plan: its, before, ...ending }: RunDetails): Zipped {
  const document = runDocument({ plan: its, before });
  return [gzipSync(document.beginning), gzipSync(document.ending(ending))];
}

/** Archives a run that created a bridge on a node, of nodes that had this before. */
async function ran(
  nodes: Readonly<Record<string, FakeNode>>,
  created: string,
  { rounds = 'apply', ...more }: Partial<Omit<Run, 'number'>> & { readonly rounds?: 'apply' | 'both' } = {},
): Promise<void> {
  const state = stateOf(await planNetwork({ ...GRAPH, nodes: Object.keys(nodes) }, shellsOf(nodes)));
  const [node = '', , , name = ''] = created.split('/');
  const done = { ...batch(0, [created]), outcome: 'done' as const };
  const all: Round[] = [
    { what: 'apply', batches: [done] },
    ...(rounds === 'both' ? [{ what: 'rollback' as const, batches: [done] }] : []),
  ];
  const details = encodeRun({
    plan: plan([change({ node, kind: 'bridge', name, action: 'create' })]),
    rounds: all,
    diagnostics: [],
    before: encodeState(state, { version: '1.0.0', time: new Date(0) }, new Set(['/run/netloom/demo/held'])),
  });
  await store.add({ ...RUN, nodes: Object.keys(nodes), ...more }, details);
}

/** The way back from a run of nodes that have this now. */
async function wayBack(nodes: Readonly<Record<string, FakeNode>>, number: number): Promise<Target> {
  const session = createSession({
    engine: fakeEngine({}, []),
    signal: new AbortController().signal,
    onEvent: () => undefined,
    archive: { folder, version: '1.0.0' },
  });
  const shells = shellsOf(nodes);
  const network = { graph: GRAPH, shells, reading: readNetwork('demo', shells), source: { file: 't.yaml', text: '' } };
  const { target } = await undoing(session, network, false, number);
  return target;
}

/** The changes of an undo of a run of nodes that have this now. */
async function undone(nodes: Readonly<Record<string, FakeNode>>, number: number): Promise<readonly string[]> {
  const target = await wayBack(nodes, number);
  expect(target.graph).toMatchObject({ healForeign: true, nodes: ['n1', 'n2'] });
  const result = await planNetwork(target.graph, target.shells, target.reading);
  return result.plan.changes.map(({ action, address }) => `${action} ${address}`);
}

it('leaves a node alone that no run worked on since', async () => {
  await ran({ n1: bridges('brqa') }, 'n1/-/bridge/brqb');
  expect(await undone({ n1: bridges('brqa', 'brqb'), n2: bridges('brqc') }, 1)).toEqual(['delete n1/-/bridge/brqb']);
});

it('leads each node back to the state before the first run that worked on it', async () => {
  await ran({ n1: bridges('brqa') }, 'n1/-/bridge/brqb');
  await ran({ n2: bridges('brqc') }, 'n2/-/bridge/brqd', { nodes: ['n2'] });
  expect(await undone({ n1: bridges('brqa', 'brqb'), n2: bridges('brqc', 'brqd') }, 1)).toEqual([
    'delete n1/-/bridge/brqb',
    'delete n2/-/bridge/brqd',
  ]);
});

it('deletes nothing that others made where a run reverted or rolled back what it had created', async () => {
  await ran({ n1: BARE }, 'n1/-/bridge/brqa', { outcome: 'reverted' });
  await ran({ n1: BARE }, 'n1/-/bridge/brqa', { outcome: 'failed', rounds: 'both' });
  expect(await undone({ n1: FOREIGN }, 1)).toEqual([]);
  await ran({ n1: BARE }, 'n1/-/bridge/brqa');
  expect(await undone({ n1: FOREIGN }, 1)).toEqual(['delete n1/-/bridge/brqa']);
});

it('deletes what a partly reverted run created only where it was kept', async () => {
  const kept = { outcome: 'partly-reverted', kept: ['n1'] } as const;
  await ran({ n1: BARE, n2: BARE }, 'n2/-/bridge/brqa', kept);
  expect(await undone({ n1: BARE, n2: FOREIGN }, 1)).toEqual([]);
  await ran({ n1: BARE, n2: BARE }, 'n1/-/bridge/brqa', kept);
  expect(await undone({ n1: FOREIGN, n2: FOREIGN }, 2)).toEqual(['delete n1/-/bridge/brqa']);
});

it('is refused where a state is of another version', async () => {
  await ran({ n1: BARE }, 'n1/-/bridge/brqa');
  const details = { plan: plan([]), rounds: [], diagnostics: [], before: '{"format_version":"9.0"}' };
  await store.add(RUN, encodeRun(details));
  await expect(undone({ n1: BARE }, 1)).rejects.toMatchObject({ diagnostics: [{ code: 'NLX43' }] });
  writeFileSync(join(folder, 'runs', 'demo', '2.json'), '');
  await expect(undone({ n1: BARE }, 1)).rejects.toMatchObject({ diagnostics: [{ code: 'NLX43' }] });
});

describe('an undo that would give a port another derived address', () => {
  const PORT = '12111331-44ff-504c-901b-cea473bd69ab';
  const OTHER = '12111331-44ff-504c-901b-cea473bd69ac';
  /** A node whose file of derived values lists these ports. */
  const holding = (...ports: string[]): FakeNode => {
    const text = `netloom-held 1\nentry ${PORT} 0a0b0c0d instances/vm1/ports/eth0\n${ports.join('\n')}\nend\n`;
    const hex = Buffer.from(text).toString('hex');
    return { ...BARE, node: { files: `now 9\nf 600 0:0 1.0 ${hex} /run/netloom/demo/held\n` } };
  };
  const refusalOf = async (now: FakeNode): Promise<Diagnostic | undefined> =>
    renumberRefusal((await wayBack({ n1: now }, 1)).renumbered ?? [], {});

  it('is refused, and names the port', async () => {
    await ran({ n1: holding(`port ${PORT} fa:16:3e:00:00:01 10.0.0.5`) }, 'n1/-/bridge/brqa');
    expect(await refusalOf(holding(`port ${PORT} fa:16:3e:00:00:02 10.0.0.9`))).toMatchObject({
      code: 'NLP53',
      summary: '2 addresses would change that the file does not give, and that the nodes have',
      detail: [
        'instances.vm1.ports.eth0: 10.0.0.9 → 10.0.0.5, because it had that before run 1',
        'instances.vm1.ports.eth0: fa:16:3e:00:00:02 → fa:16:3e:00:00:01, because it had that before run 1',
      ].join('\n'),
    });
    const { renumbered = [] } = await wayBack({ n1: holding(`port ${PORT} - 10.0.0.9`) }, 1);
    expect(renumbered).toMatchObject([{ code: 'NLP50', severity: 'warning' }]);
    expect(renumberRefusal(renumbered, { renumber: true })).toBeUndefined();
    expect(renumberRefusal(renumbered, { maxImpact: 'renumber' })).toBeUndefined();
  });

  it('is not refused where a port comes or goes, or keeps its address, or the file gave it', async () => {
    await ran({ n1: holding(`port ${PORT} - 10.0.0.5`) }, 'n1/-/bridge/brqa');
    expect(await refusalOf(holding(`port ${PORT} - 10.0.0.5`, `port ${OTHER} - 10.0.0.9`))).toBeUndefined();
    expect(await refusalOf(holding(`port ${OTHER} - 10.0.0.9`))).toBeUndefined();
    expect(await refusalOf(holding(`port ${PORT} fa:16:3e:00:00:01 -`))).toBeUndefined();
    expect(await refusalOf(BARE)).toBeUndefined();
  });
});
