import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeCommands } from '../../src/cli/describe.ts';
import { parseHolder } from '../../src/hosts/holder.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { UntimedEvent } from '../../src/model/event.ts';
import { eventJson, timedLine } from '../../src/render/events/json.ts';
import { planDocument } from '../../src/render/plan/json.ts';
import { batch, change, plan } from '../render/plan/make.ts';
import { compiled } from '../support/compiled.ts';
import { netloom, ONE_CREATE } from '../support/fake-world.ts';
import { mismatches, SCHEMAS } from '../support/json-outputs.ts';
import { asObserved, planFrom } from '../support/ordered.ts';

test('every --json has a schema, and every schema an output', () => {
  const names = describeCommands().flatMap(
    ({ schema }) => schema?.replace(/^schemas\/(.*)\.schema\.json$/, '$1') ?? [],
  );
  // A state is a file that `snapshot` writes.
  expect(['common', 'saved-plan', 'state', ...names].sort()).toEqual([...SCHEMAS.keys()].sort());
});

test.each([...SCHEMAS])('%s has an $id, a title and a description', (name, schema) => {
  expect(schema.$id).toMatch(new RegExp(`/${name}\\.schema\\.json$`));
  expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(schema['title']).toMatch(/\S/);
  expect(schema['description']).toMatch(/\.$/);
});

/** Every object in a value, with a function that returns the value with one more field in it. */
function widened(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    return value.flatMap((each, i) =>
      widened(each).map((wide) => value.map((one: unknown, j) => (i === j ? wide : one))),
    );
  }
  const inner = Object.entries(value).flatMap(([key, each]) =>
    ['desired', 'observed', 'spec', 'lease', 'from', 'to'].includes(key)
      ? []
      : widened(each).map((wide) => ({ ...value, [key]: wide })),
  );
  return [{ ...value, surplus: 1 }, ...inner];
}

const LAB = {
  name: 'demo',
  pid: 42,
  since: '2026-11-29T21:30:00.000Z',
  file: null,
  nodes: [],
  instances: [],
  hosts: [],
};

describe('a field that no schema names is an error', () => {
  test.each([
    ['validate', ['validate', '--json', 't.yaml']],
    ['plan', ['plan', '--json', 't.yaml']],
    ['plan', ['plan', '--json', 'no.yaml']],
    ['show', ['show', '--json', 't.yaml']],
    ['verify', ['verify', '--json', 't.yaml']],
    ['graph', ['graph', '--json', 't.yaml']],
    ['diff', ['diff', '--json', 't.yaml', 't.yaml']],
    ['diff', ['diff', '--json', 't.yaml', 'no.yaml']],
    ['explain-port', ['explain', 'port', '--json', 'vm1', 't.yaml']],
    ['port-list', ['port', 'list', '--json', '--all', 't.yaml']],
    ['lab-status', ['lab', 'status', '--json', 't.yaml']],
    ['lab-inspect', ['lab', 'inspect', '--json', 't.yaml']],
    ['lab-down', ['lab', 'down', '--json', 't.yaml']],
    ['lab-renew', ['lab', 'renew', '--json', 't.yaml']],
    ['lab-list', ['lab', 'list', '--json']],
    ['fmt', ['fmt', '--json', '--check', 't.yaml']],
  ])('%s: %j', async (name, argv) => {
    const { out } = await netloom(argv, { first: ONE_CREATE, labs: [LAB] });
    const document: unknown = JSON.parse(out);
    expect(mismatches(name, document)).toEqual([]);
    const wider = widened(document);
    expect(wider.length).toBeGreaterThan(0);
    for (const each of wider) expect(mismatches(name, each), JSON.stringify(each)).not.toEqual([]);
  });

  test.each([
    ['apply', ['apply', '--yes', '--json', 't.yaml']],
    ['destroy', ['destroy', '--yes', '--json', 't.yaml']],
    ['gc', ['gc', '--yes', '--all', '--json']],
    ['lab-up', ['lab', 'up', '--json', 't.yaml']],
  ])('%s: %j', async (name, argv) => {
    const { out } = await netloom(argv, { first: ONE_CREATE });
    for (const line of out.trimEnd().split('\n')) {
      for (const each of widened(JSON.parse(line))) expect(mismatches(name, each), line).not.toEqual([]);
    }
  });
});

const PLAN = plan([change({ kind: 'bridge', name: 'b', action: 'create' })]);
const BATCH = batch(1, ['n1/-/bridge/b']);

/** An event of each type. */
const EVENTS: { readonly [Type in UntimedEvent['type']]: UntimedEvent & { readonly type: Type } } = {
  'round-start': { type: 'round-start', round: 1, plan: PLAN },
  'batch-start': { type: 'batch-start', batch: BATCH },
  'batch-done': { type: 'batch-done', batch: BATCH, milliseconds: 1.5 },
  'batch-failed': {
    type: 'batch-failed',
    batch: BATCH,
    diagnostics: [{ code: 'NLA01', severity: 'error', summary: 'no', place: { node: 'n1', command: 'ip' } }],
  },
  'batch-skipped': { type: 'batch-skipped', batch: BATCH, because: 1 },
  settled: { type: 'settled', rounds: 1, milliseconds: 1.5 },
  unsettled: { type: 'unsettled', rounds: 4, plan: PLAN },
  'rollback-start': { type: 'rollback-start', plan: PLAN },
  'rollback-done': { type: 'rollback-done', ok: true, milliseconds: 1.5 },
  'lab-started': { type: 'lab-started', name: 'demo', milliseconds: 1 },
  'member-added': { type: 'member-added', kind: 'instance', name: 'vm1' },
  'member-removed': { type: 'member-removed', kind: 'host', name: 'out' },
  'cable-added': { type: 'cable-added', cable: 'n1 eth1' },
  'cable-removed': { type: 'cable-removed', cable: 'n1 eth1' },
  'switch-started': { type: 'switch-started', node: 'n1' },
  'lab-up': { type: 'lab-up', name: 'demo', changed: true, milliseconds: 1 },
  'lab-down': { type: 'lab-down', name: 'demo' },
  'lock-busy': {
    type: 'lock-busy',
    node: 'n1',
    holder: parseHolder('host=admin1\nuser=root\npid=12\ncommand=netloom apply t.yaml\nsince=5\nnow=9\nstuck=7 ip\n'),
  },
  run: { type: 'run', number: 1, file: 't.yaml' },
  done: { type: 'done', number: 1, ok: true, file: 't.yaml' },
  gone: { type: 'gone', file: 't.yaml' },
  trouble: { type: 'trouble', message: 'no', file: 't.yaml' },
  listening: { type: 'listening', node: 'n1', namespaces: 3, file: 't.yaml' },
  drift: {
    type: 'drift',
    node: 'n1',
    netns: 'qrouter-1',
    objects: [
      {
        address: 'n1/qrouter-1/route/default',
        kind: 'route',
        name: 'default',
        action: 'create',
        difference: 'in the file, not on the node',
      },
    ],
    reason: 'kernel',
    file: 't.yaml',
  },
  healed: {
    type: 'healed',
    node: 'n1',
    netns: null,
    objects: ['n1/-/route/default'],
    milliseconds: 80.5,
    file: 't.yaml',
  },
  contested: {
    type: 'contested',
    node: 'n1',
    netns: null,
    address: 'n1/-/route/default',
    kind: 'route',
    name: 'default',
    times: 5,
    seconds: 60,
    file: 't.yaml',
  },
  'backing-off': {
    type: 'backing-off',
    node: 'n1',
    attempt: 2,
    seconds: 2.1,
    why: 'it does not answer',
    file: 't.yaml',
  },
  recovered: { type: 'recovered', node: 'n1', file: 't.yaml' },
  blocked: { type: 'blocked', codes: ['NL109'], file: 't.yaml' },
  unblocked: { type: 'unblocked', file: 't.yaml' },
  'standing-still': { type: 'standing-still', why: 'the apply was not confirmed', file: 't.yaml' },
  resynced: { type: 'resynced', nodes: ['n1'], drifted: 0, milliseconds: 200, file: 't.yaml' },
};

test.each(Object.values(EVENTS).map((event) => [event.type, event] as const))('event %s', (type, event) => {
  const name = /^(lab|member|cable|switch)-/.test(type) ? 'lab-up' : 'watch';
  expect(mismatches(name, timedLine(eventJson(event), 0))).toEqual([]);
});

test.each([
  ['op', ['chain_edit']],
  ['tool', ['command']],
])('the schema knows each `%s` of a command', (field, [name = '']) => {
  const source = readFileSync(new URL('../../src/model/command.ts', import.meta.url), 'utf8');
  const declared = [...source.matchAll(new RegExp(`readonly ${field}: '([a-z-]+)'`, 'g'))].map(([, word]) => word);
  type Variant = { readonly properties: Readonly<Record<string, { readonly const: string }>> };
  const { $defs } = SCHEMAS.get('common') as unknown as {
    readonly $defs: Readonly<Record<string, { readonly oneOf: readonly Variant[] }>>;
  };
  const known = $defs[name]?.oneOf.map(({ properties }) => properties[field]?.const) ?? [];
  expect(declared.length).toBeGreaterThan(5);
  expect(known.sort()).toEqual([...new Set(declared)].sort());
});

const TOPOLOGIES = new URL('../../topologies/', import.meta.url);

test.each(readdirSync(TOPOLOGIES).filter((file) => file.endsWith('.yaml')))('the plans of %s', (file) => {
  const { graph } = compiled(readFileSync(new URL(file, TOPOLOGIES), 'utf8'));
  const gone = desiredGraph(graph.topology, graph.nodes, []);
  for (const each of [planFrom([], graph), planFrom(asObserved(graph), gone)]) {
    expect(mismatches('plan', JSON.parse(JSON.stringify(planDocument(each, []))))).toEqual([]);
  }
});
