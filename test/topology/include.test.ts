import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { loadTopology, type Loaded } from '../../src/topology/load.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { BASE, edited } from './support.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Loads `net/main.yaml` with the files beside it. */
function load(main: string, files: Files = {}): Loaded {
  const all = Object.fromEntries(Object.entries(files).map(([name, text]) => [`net/${name}`, text]));
  return loadTopology(main, 'net/main.yaml', memoryFolder('net/main.yaml', { 'net/main.yaml': main, ...all }));
}

/** `CODE file:line:column` of each diagnostic, and of its related locations. */
function found(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range, related = [] }) => {
    const others = related.map((other) => ` (${other.range.file}:${String(other.range.start.line)})`).join('');
    return `${code} ${range?.file ?? '-'}:${String(range?.start.line)}:${String(range?.start.column)}${others}`;
  });
}

const FLOATING = '  fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }\n';
const WITHOUT = edited([`floating_ips:\n${FLOATING}`, '']);

describe('a topology in several files', () => {
  test('reads as one file that has the others at its end', () => {
    const { topology, diagnostics, included } = load(`include: [ips/floating.yaml]\n${WITHOUT}`, {
      'ips/floating.yaml': `floating_ips:\n${FLOATING}`,
    });
    expect(diagnostics).toEqual([]);
    expect(topology?.doc).toEqual(loadTopology(BASE, 'base.yaml').topology?.doc);
    expect([...included.keys()]).toEqual(['net/ips/floating.yaml']);
    const path = ['floating_ips', 'fip1', 'instance'];
    expect(topology?.locate(path)).toMatchObject({ file: 'net/ips/floating.yaml', start: { line: 2, column: 77 } });
    expect(topology?.locate(['nodes', 'net1'], 'key')).toMatchObject({ file: 'net/main.yaml', start: { line: 7 } });
  });

  test('has the entries in the order of the files, each followed by those that it includes', () => {
    const { topology, diagnostics } = load('include: [a.yaml, c.yaml]\nname: x\nnodes: { main: {} }\nexpect: []', {
      'a.yaml': 'include: [sub/b.yaml]\nnodes: { a: {} }\naddress_scopes: { one: {} }',
      'sub/b.yaml': 'include: [../d.yaml]\nnodes: { b: {} }\naddress_scopes: { two: {} }',
      'c.yaml': 'nodes: { c: {} }',
      'd.yaml': 'nodes: { d: {} }\nrelease: mitaka',
    });
    expect(diagnostics.filter(({ code }) => code !== 'NL317' && code !== 'NL331')).toEqual([]);
    expect(topology).toBeUndefined();
    const lab = (name: string): string => `nodes: { ${name}: { reach: { via: lab } } }`;
    const whole = load(`include: [a.yaml, c.yaml]\nname: x\n${lab('main')}`, {
      'a.yaml': `include: [sub/b.yaml]\n${lab('a')}`,
      'sub/b.yaml': `include: [../d.yaml]\n${lab('b')}`,
      'c.yaml': lab('c'),
      'd.yaml': `${lab('d')}\nrelease: mitaka`,
    });
    expect(whole.diagnostics).toEqual([]);
    expect(Object.keys(whole.topology?.doc.nodes ?? {})).toEqual(['main', 'a', 'b', 'd', 'c']);
    expect(whole.topology?.doc).not.toHaveProperty('include');
    expect(whole.topology?.doc.release).toBe('mitaka');
  });

  test('has one list of expectations, each with its place', () => {
    const { diagnostics } = load(`include: [a.yaml]\n${BASE}`, {
      'a.yaml': 'expect:\n  - { from: vm1, to: nobody }\n  - { from: vm1, too: out }',
    });
    expect(found(diagnostics)).toEqual(['NL207 net/a.yaml:2:22', 'NL101 net/a.yaml:3:18']);
  });

  test('may have its name in an included file, and x- keys in all', () => {
    const { topology } = load('x-a: 1\ninclude: [a.yaml]', { 'a.yaml': 'x-a: 2\nname: x' });
    expect(topology?.doc).toEqual({ name: 'x' });
  });

  test('reports every mistake in the file where it is, in the order of the files', () => {
    const { diagnostics } = load(`include: [a.yaml, b.yaml]\nrelaese: zed\n${WITHOUT}`, {
      'a.yaml': `\n\nfloating_ips:\n${FLOATING.replace('vm1', 'vm2')}`,
      'b.yaml': 'nodes: { n9: { roles: [network], nics: 5 } }\nroutes: {}',
    });
    expect(found(diagnostics)).toEqual([
      'NL101 net/main.yaml:2:1',
      'NL205 net/a.yaml:4:77',
      'NL103 net/b.yaml:1:40',
      'NL101 net/b.yaml:2:1',
    ]);
  });
});

describe('NL022: the same key in two files', () => {
  test.each([
    [
      'an entry',
      'nodes:\n  net1: {}',
      'NL022 net/a.yaml:2:3 (net/main.yaml:7)',
      /of nodes is also in "net\/main.yaml"/,
    ],
    ['a name', 'name: other', 'NL022 net/a.yaml:1:1 (net/main.yaml:2)', /^the key "name" is also in/],
  ])('%s', (_, text, place, summary) => {
    const { topology, diagnostics } = load(`include: [a.yaml]\n${BASE}`, { 'a.yaml': text });
    expect(topology).toBeUndefined();
    expect(found(diagnostics)).toEqual([place]);
    expect(diagnostics[0]?.summary).toMatch(summary);
  });

  test('in two included files', () => {
    const { diagnostics } = load(`name: x\ninclude: [a.yaml, b.yaml]`, {
      'a.yaml': 'release: zed\nnodes: { n: {} }',
      'b.yaml': 'nodes: { n: {} }\nrelease: zed',
    });
    expect(found(diagnostics)).toEqual(['NL022 net/b.yaml:1:10 (net/a.yaml:2)', 'NL022 net/b.yaml:2:1 (net/a.yaml:1)']);
  });

  test('a section of the wrong type is reported, not merged', () => {
    const { diagnostics } = load(`include: [a.yaml, b.yaml]\n${BASE}`, {
      'a.yaml': 'nodes: []',
      'b.yaml': 'expect: {}',
    });
    expect(found(diagnostics)).toEqual(['NL103 net/a.yaml:1:8', 'NL103 net/b.yaml:1:9']);
  });
});

describe('an include that is refused', () => {
  const BARE = 'name: x\ninclude:\n  - ';
  test.each([
    ['a missing file', BARE + 'none.yaml', {}, ['NL005 net/main.yaml:3:5']],
    ['an absolute path', BARE + '/etc/passwd', {}, ['NL006 net/main.yaml:3:5']],
    ['a path out of the folder', BARE + '../net/main.yaml', {}, ['NL006 net/main.yaml:3:5']],
    ['a path out of the folder and back', BARE + 'a/../../net/a.yaml', {}, ['NL006 net/main.yaml:3:5']],
    ['the folder above', BARE + '..', {}, ['NL006 net/main.yaml:3:5']],
    ['a file of another type', BARE + '.env', { '.env': 'A=1' }, ['NL023 net/main.yaml:3:5']],
    ['an empty path', BARE + '""', {}, ['NL107 net/main.yaml:3:5']],
    ['a control character', BARE + '"a\\u001b.yaml"', {}, ['NL107 net/main.yaml:3:5']],
    ['a number', BARE + '5', {}, ['NL103 net/main.yaml:3:5']],
    ['no list', 'name: x\ninclude: a.yaml', { 'a.yaml': '' }, ['NL103 net/main.yaml:2:10']],
    ['the file itself', BARE + 'main.yaml', {}, ['NL009 net/main.yaml:3:5']],
    [
      'a file twice',
      'name: x\ninclude: [a.yaml, ./a.yaml]',
      { 'a.yaml': '{}' },
      ['NL009 net/main.yaml:2:19 (net/main.yaml:2)'],
    ],
    ['text that is not UTF-8', BARE + 'a.yaml', { 'a.yaml': Buffer.from([0x6e, 0xfc]) }, ['NL004 net/main.yaml:3:5']],
    ['an empty file', BARE + 'a.yaml', { 'a.yaml': '# nothing\n' }, ['NL017 net/a.yaml:1:1']],
    ['a syntax error', BARE + 'a.yaml', { 'a.yaml': 'nodes: {\n' }, ['NL010 net/a.yaml:1:8 (net/a.yaml:2)']],
    [
      'a key twice in one file',
      BARE + 'a.yaml',
      { 'a.yaml': 'nodes: {}\nnodes: {}\n' },
      ['NL013 net/a.yaml:2:1 (net/a.yaml:1)'],
    ],
    ['a second document', BARE + 'a.yaml', { 'a.yaml': 'nodes: {}\n---\na: 1\n' }, ['NL016 net/a.yaml:3:1']],
    ['too deep nesting', BARE + 'a.yaml', { 'a.yaml': `x-a: ${'['.repeat(200)}` }, ['NL019 net/a.yaml:1:105']],
    [
      'a mistake in an include of an include',
      BARE + 'a.yaml',
      { 'a.yaml': 'include: [b.yaml]' },
      ['NL005 net/a.yaml:1:11'],
    ],
  ])('%s', (_, main, files: Files, wanted) => {
    const { topology, diagnostics } = load(main, files);
    expect(topology).toBeUndefined();
    expect(found(diagnostics)).toEqual(wanted);
  });

  test('a circular include is reported with its files', () => {
    const { diagnostics } = load('name: x\ninclude: [a/a.yaml]', {
      'a/a.yaml': 'include: [../b.yaml]',
      'b.yaml': 'include: [a/a.yaml]',
    });
    expect(found(diagnostics)).toEqual(['NL009 net/b.yaml:1:11']);
    expect(diagnostics[0]?.summary).toBe('files include each other: net/a/a.yaml → net/b.yaml → net/a/a.yaml');
  });

  test('includes are eight files deep at most', () => {
    const chain = (length: number): Files =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `${String(i)}.yaml`,
          i + 1 < length ? `include: [${String(i + 1)}.yaml]` : '{}',
        ]),
      );
    expect(load('name: x\ninclude: [0.yaml]', chain(7)).diagnostics).toEqual([]);
    expect(found(load('name: x\ninclude: [0.yaml]', chain(8)).diagnostics)).toEqual(['NL008 net/6.yaml:1:11']);
  });

  test('an anchor does not reach into another file', () => {
    const { diagnostics } = load('x-n: &n {}\nname: x\ninclude: [a.yaml]', { 'a.yaml': 'nodes: { n1: *n }' });
    expect(found(diagnostics)).toEqual(['NL014 net/a.yaml:1:14']);
    expect(diagnostics[0]?.hint).toMatch(/same file/);
  });

  test('a bomb of aliases is cut off in every file', () => {
    const nine = (item: string): string => `[${Array(9).fill(item).join(', ')}]`;
    const bomb = Array.from(
      { length: 7 },
      (_, i) => `x-${String(i + 1)}: &a${String(i + 1)} ${nine(`*a${String(i)}`)}`,
    );
    const { diagnostics } = load('name: x\ninclude: [a.yaml]', { 'a.yaml': ['x-0: &a0 1', ...bomb].join('\n') });
    expect(found(diagnostics)[0]).toMatch(/^NL015 net\/a\.yaml:/);
  });

  test('standard input has no folder', () => {
    const { diagnostics } = loadTopology('name: x\ninclude: [a.yaml]', '<stdin>');
    expect(found(diagnostics)).toEqual(['NL005 <stdin>:2:11']);
    expect(diagnostics[0]?.summary).toMatch(/standard input or a pipe has no folder/);
  });
});

describe('user_data_file', () => {
  const withMetadata = (metadata: string): string =>
    edited(['    listen: [22]\n', `    listen: [22]\n    metadata: ${metadata}\n`]);

  test('is read beside the file that names it, with any bytes', () => {
    const bytes = Buffer.from([0, 0xff, 0x1f, 0x8b, 0x0a]);
    const [before = '', instances = ''] = withMetadata('{ user_data_file: seed.gz }').split(/^(?=instances:)/m);
    const [own = '', after = ''] = instances.split(/^(?=floating_ips:)/m);
    const { topology, diagnostics } = load(`include: [guests/a.yaml]\n${before}${after}`, {
      'guests/a.yaml': own,
      'guests/seed.gz': bytes,
      'seed.gz': 'another',
    });
    expect(diagnostics).toEqual([]);
    expect(topology?.userData).toEqual(new Map([['vm1', bytes]]));
  });

  test.each([
    ['a missing file', '{ user_data_file: none }', 'NL005'],
    ['out of the folder', '{ user_data_file: ../seed }', 'NL006'],
    ['an absolute path', '{ user_data_file: /etc/shadow }', 'NL006'],
    ['beside user_data', '{ user_data: a, user_data_file: seed }', 'NL701'],
    ['beside user_data_base64', '{ user_data_base64: YQ==, user_data_file: seed }', 'NL701'],
  ])('%s', (_, metadata, code) => {
    expect(load(withMetadata(metadata), { seed: 'x' }).diagnostics.map((one) => one.code)).toEqual([code]);
  });
});
