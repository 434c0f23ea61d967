import { expect, test } from 'vitest';
import type { Probe } from '../../src/model/probe.ts';
import { parseView } from '../../src/observe/view.ts';

const NONCE = '0123456789abcdef01234567';

/** The answer of a node with two namespaces; each line is what its one probe printed. */
function answer(own: string, a: string, b: string): string {
  const namespace = (name: string, text: string) =>
    `@${NONCE} namespace ${name}\n@${NONCE} probe x\n${text}\n@${NONCE} end\n`;
  const names = ['a', 'b'].map((name) => `@${NONCE} name ${name}\n`).join('');
  const namespaces = `${namespace('', own)}${namespace('a', a)}${namespace('b', b)}`;
  return `${names}${namespaces}@${NONCE} node\n@${NONCE} probe y\n${own}\n@${NONCE} end node\n`;
}

test('what printed the same as in the reading before keeps its view, and everything else has another', () => {
  const first = parseView('same-1', NONCE, answer('own', 'one', 'two'));
  const second = parseView('same-1', NONCE, answer('own', 'one', 'other'));
  const isKept = second.namespaces.map((namespace, index) => namespace === first.namespaces[index]);
  expect(isKept).toEqual([true, true, false]);
  expect(second.get).toBe(first.get);
  expect(parseView('same-1', NONCE, answer('changed', 'one', 'other')).get).not.toBe(first.get);
  expect(parseView('same-2', NONCE, answer('own', 'one', 'two')).namespaces[1]).not.toBe(first.namespaces[1]);
});

test('a view that is kept asks the node’s probes of the last reading', () => {
  const asked: (string | undefined)[] = [];
  const y: Probe<string> = { id: 'y', scope: 'node', script: '', parse: (text) => text.trim() };
  const x: Probe<string> = {
    id: 'x',
    scope: 'namespace',
    read: { attempts: [] },
    parse: (text) => text,
    witness: { probes: [y], missing: (_, get) => (asked.push(get(y)), []) },
  };
  const first = parseView('same-3', NONCE, answer('own', 'one', 'two'));
  parseView('same-3', NONCE, answer('changed', 'one', 'two'));
  first.namespaces[1]?.get(x);
  expect(asked).toEqual(['changed']);
});
