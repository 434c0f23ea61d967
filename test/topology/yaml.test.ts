import { describe, expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { lines, places } from './support.ts';

function load(text: string): ReturnType<typeof loadTopology> {
  return loadTopology(text, 'topology.yaml');
}

function timed(text: string): { codes: string[]; milliseconds: number } {
  const start = performance.now();
  const codes = load(text).diagnostics.map((found) => found.code);
  return { codes, milliseconds: performance.now() - start };
}

describe('the time is bounded for any text', () => {
  test('an alias bomb is cut off', () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) =>
        `b${String(i + 1)}: &b${String(i + 1)} [${Array(9)
          .fill(`*b${String(i)}`)
          .join(',')}]`,
    );
    const { codes, milliseconds } = timed(lines('name: x', 'b0: &b0 [1, 2, 3, 4, 5, 6, 7, 8, 9]', ...levels));
    expect(codes).toEqual(['NL015']);
    expect(milliseconds).toBeLessThan(1000);
  });

  test('an alias bomb of merge keys is cut off', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) =>
        `b${String(i + 1)}: &b${String(i + 1)} {<<: [${Array(9)
          .fill(`*b${String(i)}`)
          .join(',')}]}`,
    );
    const { codes, milliseconds } = timed(lines('name: x', 'b0: &b0 {a: 1}', ...levels));
    expect(codes).toContain('NL015');
    expect(milliseconds).toBeLessThan(1000);
  });

  test('a long chain of aliases is too deep, reported once', () => {
    const chain = Array.from({ length: 500 }, (_, i) => `b${String(i + 1)}: &b${String(i + 1)} [*b${String(i)}]`);
    expect(timed(lines('b0: &b0 [1]', ...chain)).codes).toEqual(['NL019']);
  });

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(200_000)],
    ['dashes', '- '.repeat(100_000)],
    ['question marks', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('a million %s', (_, text) => {
    const { codes, milliseconds } = timed(text);
    expect(codes).toEqual(['NL019']);
    expect(milliseconds).toBeLessThan(1000);
  });
});

describe('features of YAML', () => {
  test('anchors, aliases and merge keys', () => {
    const { topology, diagnostics } = load(
      lines(
        'name: x',
        'physical_networks: {p: &p {mtu: 1500}, q: *p}',
        'nodes:',
        '  a: &a {reach: {via: lab}, roles: [network]}',
        '  b: {<<: *a, roles: [compute]}',
        '  c: {<<: [{state: absent}, *a]}',
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(topology?.doc.physical_networks?.['q']).toEqual({ mtu: 1500 });
    expect(topology?.doc.nodes?.['b']).toEqual({ reach: { via: 'lab' }, roles: ['compute'] });
    expect(topology?.doc.nodes?.['c']).toEqual({ state: 'absent', reach: { via: 'lab' }, roles: ['network'] });
  });

  test('an error in an anchored value is reported at the value, not at an alias', () => {
    const found = load(lines('name: x', 'physical_networks:', '  p: &p {mtu: 7}', '  q: *p')).diagnostics;
    expect(new Set(places(found))).toEqual(new Set(['NL105 3:15']));
  });

  test('an alias of a repeated anchor has the latest value', () => {
    const { topology } = load(
      lines('name: x', 'physical_networks:', '  a: &p {mtu: 1500}', '  b: &p {mtu: 9000}', '  c: *p'),
    );
    expect(topology?.doc.physical_networks?.['c']).toEqual({ mtu: 9000 });
  });

  test('a byte order mark and carriage returns', () => {
    const { topology, diagnostics } = load('\ufeffname: x\r\nnodes: {}\r\n');
    expect(diagnostics).toEqual([]);
    expect(topology?.doc.name).toBe('x');
  });

  test('Unicode spaces are allowed in comments and quotes', () => {
    expect(places(load('# a\u00a0b\nname: x #\u00a0\n').diagnostics)).toEqual([]);
    expect(places(load('name: "x\u00a0"\n').diagnostics)).toEqual(['NL106 1:7']);
  });
});

describe('names of every object are only names', () => {
  test('constructor and toString name machines, and nothing else is found under them', () => {
    const { topology, diagnostics } = load(
      lines('name: x', 'nodes:', '  constructor: {reach: {via: lab}}', '  toString: {reach: {via: lab}}'),
    );
    expect(diagnostics).toEqual([]);
    const nodes = topology?.doc.nodes ?? {};
    expect(Object.keys(nodes)).toEqual(['constructor', 'toString']);
    expect('hasOwnProperty' in nodes).toBe(false);
    expect(({} as Record<string, unknown>)['reach']).toBeUndefined();
  });

  test('__proto__ is refused and sets no prototype', () => {
    const { topology, diagnostics } = load(lines('name: x', 'nodes: {__proto__: {state: absent}}'));
    expect(topology).toBeUndefined();
    expect(places(diagnostics)).toEqual(['NL106 2:9']);
  });
});

describe('locate', () => {
  const text = lines('name: x', 'nodes:', '  a:', '    roles: [network, compute]', '    nics:');
  const locate = load(text.replace('    nics:\n', '')).topology!.locate;
  const at = (range: ReturnType<typeof locate>): string | undefined =>
    range &&
    `${String(range.start.line)}:${String(range.start.column)}-${String(range.end.line)}:${String(range.end.column)}`;

  test('keys, values and items', () => {
    expect(at(locate(['nodes', 'a'], 'key'))).toBe('3:3-3:4');
    expect(at(locate(['nodes', 'a', 'roles'], 'value'))).toBe('4:12-4:30');
    expect(at(locate(['nodes', 'a', 'roles', 1]))).toBe('4:22-4:29');
    expect(at(locate(['name']))).toBe('1:7-1:8');
  });

  test('no range for a missing entry', () => {
    expect(locate(['nodes', 'b'])).toBeUndefined();
    expect(locate(['nodes', 'a', 'roles', 2])).toBeUndefined();
    expect(locate(['name', 'length'])).toBeUndefined();
    expect(locate(['toString'])).toBeUndefined();
  });

  test('the offset is that of the text', () => {
    const range = locate(['nodes', 'a', 'roles', 0])!;
    expect(text.slice(range.start.offset, range.end.offset)).toBe('network');
  });
});
