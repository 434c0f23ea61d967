import { expect, test } from 'vitest';
import { paint } from '../../../src/render/colour.ts';
import { FOLD_FROM, renderPlan } from '../../../src/render/plan/text.ts';
import { change, plan } from './make.ts';

const plain = { colours: paint(false) };

test('a plan lists every object with symbol, impact, reason and changed fields, under its node and namespace', () => {
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
    plain,
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
  expect(renderPlan(plan([evil]), plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test('a long plan sums up new objects, unless --full is given', () => {
  const many = Array.from({ length: FOLD_FROM }, (_, i) =>
    change({ kind: 'chain', name: `4/nat/c${String(i)}`, action: 'create', spec: { rules: ['-j a', '-j b'] } }),
  );
  const folded = renderPlan(plan(many), plain);
  expect(folded).toContain('(in the file, not on the node): 2 lines\n');
  expect(folded).not.toContain('+-j a');
  expect(folded).toContain('--full shows all their fields');
  expect(renderPlan(plan(many), { ...plain, detail: 'full' })).toContain('+-j a');
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
  const started = performance.now();
  expect(renderPlan(plan(many), plain).split('\n').length).toBeGreaterThan(10_000);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('colours are used if they are enabled', () => {
  const text = renderPlan(plan([change({ kind: 'bridge', name: 'brq1', action: 'create' })]), { colours: paint(true) });
  expect(text).toContain('\u001b[32m+\u001b[39m');
});
