import { expect, test } from 'vitest';
import { commandExcept } from '../../src/cli/except.ts';

test.each([
  ['apply --yes t.yaml', 'netloom apply --except n2,n3 --yes t.yaml'],
  ['--no-color plan --node n1,n2 t.yaml', 'netloom --no-color plan --except n2,n3 --node n1,n2 t.yaml'],
  ['destroy --except n1 t.yaml', 'netloom destroy --except n1,n2,n3 t.yaml'],
  ['show --except=n1 --json --except n2 t.yaml', 'netloom show --except n1,n2,n3 --json t.yaml'],
  ['gc --host n2', undefined],
  ['lab up t.yaml', undefined],
  ['', undefined],
])('%s, without two nodes', (line, expected) => {
  expect(commandExcept(line === '' ? [] : line.split(' '), {}, ['n2', 'n3'])).toBe(expected);
});

test('nodes that the environment leaves out stay left out', () => {
  const env = { NETLOOM_EXCEPT: 'n0, n9' };
  expect(commandExcept(['apply', 't.yaml'], env, ['n2'])).toBe('netloom apply --except n0,n9,n2 t.yaml');
  expect(commandExcept(['apply', '--except', 'n1', 't.yaml'], env, ['n2'])).toBe('netloom apply --except n1,n2 t.yaml');
});

test('a file with blanks in its name can be typed as it is printed', () => {
  expect(commandExcept(['apply', 'my net.yaml'], {}, ['n2'])).toBe("netloom apply --except n2 'my net.yaml'");
});
