import { expect, test } from 'vitest';
import { flameSvg } from '../../scripts/profile/flame.mjs';
import { hottest, treeOf } from '../../scripts/profile/tree.mjs';

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber });

/** `main` calls `plan` from two lines, 2 ms and 1 ms, and a package for 4 ms; 1 ms is Node.js's. */
const PROFILE = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 6] },
    { id: 2, callFrame: frame('main', 'file:///n/dist/main.js', 9), children: [3, 4, 5] },
    { id: 3, callFrame: frame('plan', 'file:///n/dist/plan/plan.js', 4) },
    { id: 4, callFrame: frame('plan', 'file:///n/dist/plan/plan.js', 4) },
    { id: 5, callFrame: frame('', 'file:///n/node_modules/yaml/dist/lexer.js', 0) },
    { id: 6, callFrame: frame('(garbage collector)') },
  ],
  samples: [3, 4, 5, 5, 6],
  timeDeltas: [2000, 1000, 3000, 1000, 1000],
};

test('calls of one function are one frame, the longest first', () => {
  const tree = treeOf(PROFILE, '/n/dist/');
  expect(tree).toMatchObject({ name: '(root)', total: 8, own: 0 });
  expect(tree.callees.map(({ name, total }) => [name, total])).toEqual([
    ['main main.js:10', 7],
    ['(garbage collector)', 1],
  ]);
  expect(tree.callees[0]?.callees).toMatchObject([
    { name: '(anonymous) yaml/dist/lexer.js:1', total: 4, sort: 'package' },
    { name: 'plan plan/plan.js:5', total: 3, own: 3, sort: 'netloom' },
  ]);
  expect(hottest(tree, 2).map(({ name, own }) => [name, own])).toEqual([
    ['(anonymous) yaml/dist/lexer.js:1', 4],
    ['plan plan/plan.js:5', 3],
  ]);
});

test('the flame graph has a frame for each, as wide as its time, and escapes names', () => {
  const svg = flameSvg(treeOf(PROFILE, '/n/dist/'), 'plan <&>');
  expect(svg).toContain('plan &lt;&amp;&gt;: 8.0 ms');
  expect(svg).toContain('<title>plan plan/plan.js:5: 3.00 ms (37.5 %), 3.00 ms of it itself</title>');
  // 1600 wide: 3 of 8 ms are 600.
  expect(svg).toMatch(/plan\.js:5: 3\.00 ms [^]*?<rect x="800\.00" y="\d+" width="599\.50"/);
  expect(svg.match(/<g>/g)).toHaveLength(5);
});

test('a profile without time is a graph of nothing', () => {
  expect(flameSvg(treeOf({ ...PROFILE, samples: [], timeDeltas: [] }, '/n/dist/'), 'x')).toContain('</svg>');
});
