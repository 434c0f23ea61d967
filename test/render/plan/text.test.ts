import { expect, test } from 'vitest';
import { paint } from '../../../src/render/colour.ts';
import { FOLD_FROM, renderPlan } from '../../../src/render/plan/text.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { change, plan } from './make.ts';

const plain = { colours: paint(false) };
const full = { ...plain, detail: 'full' } as const;
const objects = { ...plain, detail: 'objects' } as const;

test('--full lists every object with symbol, impact, reason and changed fields, under its node and namespace', () => {
  const text = renderPlan(
    plan([
      change({
        kind: 'bridge',
        name: 'brq1',
        action: 'create',
        reason: 'new',
        impact: 'flap',
        spec: { macOf: 'eth1', attributes: { forward_delay: '0' } },
      }),
      change({
        netns: 'qrouter-1',
        kind: 'route',
        name: 'default',
        action: 'delete',
        impact: 'drops-nat',
        spec: { nexthops: [{ gateway: '10.0.0.1', device: 'qg-1' }], metric: 0 },
      }),
      change({
        kind: 'sysctl',
        name: 'net/ipv4/ip_forward',
        action: 'update',
        fields: [{ field: 'value', from: '0', to: '1' }],
      }),
      change({
        netns: 'qrouter-1',
        kind: 'chain',
        name: '4/nat/snat',
        action: 'update',
        reason: 'rules differ',
        impact: 'counters',
        fields: [{ field: 'rules', from: ['-j a', '-j b', '-j c'], to: ['-j a', '-j x', '-j c'] }],
      }),
      change({
        node: 'n2',
        kind: 'file',
        name: '/run/f',
        action: 'create',
        spec: { content: 'one\ntwo\n', mode: '644' },
      }),
      change({
        node: 'n2',
        kind: 'veth',
        name: 'eth0',
        action: 'replace',
        impact: 'recreate',
        fields: [{ field: 'mac', from: 'fa:1', to: 'fa:2', replace: true }],
      }),
    ]),
    full,
  );
  expect(text).toMatchInlineSnapshot(`
    "n1/-
      +   bridge/brq1                 flap  (new): mac of eth1, forward_delay 0
      ~   sysctl/net/ipv4/ip_forward  none  (differs from the file)
            value: 0 → 1

    n1/qrouter-1
      -   route/default     drops-nat  (on the node, not in the file): via 10.0.0.1 dev qg-1
      ~   chain/4/nat/snat  counters   (rules differ)
            rules (- on the node, + in the file):
            @@ -1,3 +1,3 @@
             -j a
            --j b
            +-j x
             -j c

    n2/-
      +   file//run/f  none      (in the file, not on the node)
            +one
            +two
      -/+ veth/eth0    recreate  (differs from the file in a field that cannot be updated)
            mac: fa:1 → fa:2 (forces replacement)

    Plan: 3 to add, 2 to change, 2 to destroy.
    "
  `);
});

test('an empty plan is one sentence', () => {
  expect(renderPlan(plan([]), plain)).toBe('No changes. The network matches the file.\n');
});

test('control characters from a node are escaped', () => {
  const evil = change({
    kind: 'file',
    name: '/run/\u001b[31m\nx',
    action: 'create',
    reason: 'a\rb',
    spec: { content: '\u001b]0;title\u0007\n' },
  });
  for (const options of [plain, full, objects])
    expect(renderPlan(plan([evil]), options)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test('a long list of objects sums up new ones, unless --full is given', () => {
  const many = Array.from({ length: FOLD_FROM }, (_, i) =>
    change({ kind: 'chain', name: `4/nat/c${String(i)}`, action: 'create', spec: { rules: ['-j a', '-j b'] } }),
  );
  const folded = renderPlan(plan(many), objects);
  expect(folded).toContain('(in the file, not on the node): 2 lines\n');
  expect(folded).not.toContain('+-j a');
  expect(folded).toContain('--full shows all their fields');
  expect(renderPlan(plan(many), full)).toContain('+-j a');
});

test('ten thousand changes are rendered in a short time', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    change({
      netns: `qrouter-${String(i % 200)}`,
      kind: 'address',
      name: `10.0.0.${String(i)}/32%qg`,
      action: 'create',
    }),
  );
  const found = plan(many);
  const started = performance.now();
  expect(renderPlan(found, full).split('\n').length).toBeGreaterThan(10_000);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('colours are used if they are enabled', () => {
  const text = renderPlan(plan([change({ kind: 'bridge', name: 'brq1', action: 'create' })]), { colours: paint(true) });
  expect(text).toContain('\u001b[32m+\u001b[39m');
});

const router = (name: string, rest: Partial<Subject> = {}): Subject => ({
  origin: { path: `routers.${name}` },
  type: 'router',
  name,
  node: 'n1',
  ids: [],
  ...rest,
});

test('a plan has a line for each object of the topology, and the number of its objects below it', () => {
  const text = renderPlan(
    plan(
      [
        change({ kind: 'netns', name: 'qrouter-1', action: 'create', path: 'routers.r1' }),
        change({
          netns: 'qrouter-1',
          kind: 'veth',
          name: 'qg-1',
          action: 'create',
          path: 'routers.r1.external_gateway',
        }),
        change({
          netns: 'qrouter-1',
          kind: 'chain',
          name: '4/nat/snat',
          action: 'create',
          spec: { rules: ['-j a', '-j b'] },
          path: 'routers.r1',
        }),
        change({
          netns: 'qrouter-2',
          kind: 'route',
          name: 'default',
          action: 'update',
          impact: 'flap',
          path: 'routers.r2',
        }),
        change({ node: 'n2', kind: 'veth', name: 'tap1', action: 'delete', impact: 'recreate' }),
      ],
      [],
      [router('r1', { details: '1 interface' }), router('r2')],
    ),
    plain,
  );
  expect(text).toMatchInlineSnapshot(`
    "+ router r1 on n1 (1 interface)
        1 namespace, 1 link, 2 rules created on n1
    ~ router r2 on n1: its traffic pauses for a moment
        1 route changed on n1
    - no longer in the file: its traffic ends
        1 link deleted on n2

    --full shows the objects of the nodes.
    Impact on traffic: 1 recreate, 1 flap, 1 none.
    Plan: 3 to add, 1 to change, 1 to destroy.
    "
  `);
});

test('the objects of a short plan are listed; so are all foreign objects that are deleted', () => {
  const one = change({
    kind: 'route',
    name: 'default',
    action: 'update',
    fields: [{ field: 'metric', from: 1, to: 2 }],
  });
  expect(renderPlan(plan([{ ...one, origin: { path: 'routers.r1' } }], [], [router('r1')]), plain)).toContain(
    'metric: 1 → 2',
  );
  const foreign = Array.from({ length: 60 }, (_, i) => {
    const found = change({
      netns: 'qrouter-1',
      kind: 'route',
      name: `10.${String(i)}.0.0/16`,
      action: 'delete',
      spec: { nexthops: [] },
    });
    const { observed } = found;
    return { ...found, ...(observed && { observed: { ...observed, disturbs: { what: 'a', why: 'b' } } }) };
  });
  const text = renderPlan(plan(foreign), plain);
  expect(text).toMatch(/^- foreign objects/);
  expect(text.match(/route\/10\.\d+\.0\.0\/16/g)).toHaveLength(60);
});

test('a thousand objects of each type fit on a screen, those that traffic feels first', () => {
  const types = ['router', 'instance', 'floating IP'];
  const subjects = types.flatMap((type) =>
    Array.from({ length: 1000 }, (_, i) =>
      router(`${type}${String(i)}`, { type, origin: { path: `${type}.${String(i)}` } }),
    ),
  );
  const changes = subjects.map(({ origin: { path } }, i) =>
    change({
      kind: 'route',
      name: path,
      action: 'create',
      path,
      ...(i === 1999 && { action: 'update', impact: 'flap' }),
    }),
  );
  const lines = renderPlan(plan(changes, [], subjects), plain).split('\n');
  expect(lines.length).toBeLessThanOrEqual(50);
  expect(lines).toContain('~ instance instance999 on n1: its traffic pauses for a moment');
  const more = lines.flatMap((line) => /… and (\d+) more (.*?)s \(/.exec(line)?.slice(1, 3) ?? []);
  expect(more).toHaveLength(6);
  for (const type of types) {
    const shown = lines.filter((line) => line.startsWith(`+ ${type} `)).length;
    expect(shown).toBeGreaterThan(5);
    expect(Number(more[more.indexOf(type) - 1])).toBe((type === 'instance' ? 999 : 1000) - shown);
  }
});

test('--brief has a line for each type of object', () => {
  const subjects = Array.from({ length: 10 }, (_, i) => router(`r${String(i)}`));
  const changes = subjects.map(({ origin }, i) =>
    change({ kind: 'netns', name: `q${String(i)}`, action: 'create', path: origin.path }),
  );
  const gone = change({ kind: 'bridge', name: 'brq1', action: 'delete', impact: 'recreate' });
  expect(renderPlan(plan([...changes, gone], [], subjects), { ...plain, detail: 'brief' })).toMatchInlineSnapshot(`
    "+ 10 routers: r0 on n1, r1 on n1, r2 on n1, r3 on n1, r4 on n1, r5 on n1, r6 on n1, r7 on n1, and 2 more
    n1/-
      -   1 bridge

    Plan: 10 to add, 0 to change, 1 to destroy.
    "
  `);
});

test('notes on objects of the topology are above the totals', () => {
  const one = change({ kind: 'netns', name: 'q', action: 'create', path: 'routers.r1' });
  const notes = [{ path: 'instances.web2', text: '10.0.0.5 → 10.0.0.9, because \u001b' }];
  expect(renderPlan({ ...plan([one], [], [router('r1')]), notes }, plain)).toMatch(
    /\n {2}instances\.web2: 10\.0\.0\.5 → 10\.0\.0\.9, because \S+\n\nImpact/,
  );
});
