import { describe, expect, test } from 'vitest';
import { paint } from '../../src/render/colour.ts';
import { renderDiagnostics } from '../../src/render/diagnostics/text.ts';
import { renderFileDiff } from '../../src/render/format/diff.ts';
import { hideUserData } from '../../src/render/user-data.ts';
import { loadTopology } from '../../src/topology/load.ts';

describe('the value of user data is replaced by asterisks', () => {
  test.each([
    [
      'on the line of its key',
      ['  user_data: "pass word"', '  hostname: a'],
      ['  user_data: ***********', '  hostname: a'],
    ],
    ['in base64', ['user_data_base64: c2Vj', 'a: 1'], ['user_data_base64: ****', 'a: 1']],
    ['behind a quoted key', ['"user_data" : x'], ['"user_data" : *']],
    [
      'in a block scalar',
      ['  user_data: |-', '    one', '', '      two', '  # a', '  hostname: a'],
      ['  user_data: |-', '    ***', '', '      ***', '  # a', '  hostname: a'],
    ],
    ['in a flow mapping', ['m: { hostname: a, user_data: x }', 'b: 1'], ['m: { hostname: a, user_data: ***', 'b: 1']],
    [
      'in quotes over several lines',
      ['m: {user_data: "a', 'b', ' c"}', 'd: 1'],
      ['m: {user_data: **', '*', ' ***', 'd: 1'],
    ],
    ['below its key', ['user_data:', '  secret', 'a: 1'], ['user_data:', '  ******', 'a: 1']],
  ])('%s', (_, lines, shown) => {
    expect(hideUserData(lines)).toEqual(shown);
  });

  test.each([
    ['user_data_file: seed.yaml'],
    ['# user_data is text'],
    ['my_user_data: x'],
    ['user_data_file: user_data:x'],
  ])('not in %j', (line) => {
    expect(hideUserData([line, '  x'])).toEqual([line, '  x']);
  });
});

const TOPOLOGY = `name: demo
physical_networks: { p: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth0: { physical_network: p } } } }
networks: { net: { physical_network: p, subnets: { s: { cidr: 10.0.0.0/24 } } } }
instances:
  i1:
    node: n1
    metadata:
      METADATA
    ports: { eth0: { network: net } }
`;

describe('no error prints user data', () => {
  test.each([
    ['not base64', 'user_data_base64: "!SECRET"'],
    ['too large', `user_data: "SECRET${'x'.repeat(70_000)}"`],
    ['twice', 'user_data: SECRET\n      user_data_base64: SECRET+A='],
    ['a list', 'user_data: [SECRET]'],
    ['a tag', 'user_data: !!binary SECRET'],
    ['a line too far to the left', 'user_data: |\n        SECRET\n       b: SECRET'],
    ['behind its quotes', 'user_data: "SECRET" SECRET'],
    ['in the header of a block', 'user_data: | SECRET\n        SECRET'],
    ['before another error', 'user_data: |\n        SECRET\n      bogus: 1'],
    ['an odd space', 'user_data: SECRET\u00a0SECRET'],
    ['quotes that do not close', 'user_data: "SECRET'],
  ])('%s', (_, metadata) => {
    const text = TOPOLOGY.replace('METADATA', metadata);
    const { diagnostics } = loadTopology(text, 't.yaml');
    expect(diagnostics).not.toEqual([]);
    expect(JSON.stringify(diagnostics)).not.toContain('SECRET');
    expect(renderDiagnostics(diagnostics, { sources: new Map([['t.yaml', text]]) })).not.toContain('SECRET');
  });

  test('a number', () => {
    const { diagnostics } = loadTopology(TOPOLOGY.replace('METADATA', 'user_data: 12345678'), 't.yaml');
    expect(diagnostics.map(({ summary }) => summary)).toEqual([
      'instances.i1.metadata.user_data must be a string, not a number',
    ]);
  });
});

test('the difference that fmt --check prints hides user data', () => {
  const diff = renderFileDiff(
    't.yaml',
    'a:   1\nuser_data: SECRET\n',
    'a: 1\nuser_data: SECRET\n',
    'formatted',
    paint(false),
  );
  expect(diff).toContain('-a:   1\n+a: 1\n user_data: ******\n');
});
