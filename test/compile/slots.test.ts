import { expect, test } from 'vitest';
import { fillSlots } from '../../src/compile/slots.ts';
import type { ChainContribution, Contribution, RulesContribution } from '../../src/model/feature.ts';

const PLACE = {
  node: 'n',
  netns: 'qrouter-1',
  family: 4,
  table: 'nat',
  chain: 'c',
  origin: { path: 'routers.r' },
} as const;
const CHAIN: ChainContribution = { ...PLACE, type: 'chain', slots: ['first', 'second'] };

function rules(slot: string, ...texts: string[]): RulesContribution {
  return { ...PLACE, type: 'rules', slot, rules: texts };
}

test('slots are in the order of the declaration, their rules in the order of the contributions', () => {
  const contributions: Contribution[] = [
    rules('second', '-j c'),
    CHAIN,
    rules('first', '-j a'),
    rules('second', '-j d'),
  ];
  expect(fillSlots([...contributions, rules('first', '-j b')])).toMatchObject([
    { kind: 'chain', netns: 'qrouter-1', name: '4/nat/c', spec: { rules: ['-j a', '-j b', '-j c', '-j d'] } },
  ]);
});

test('a chain without rules is empty', () => {
  expect(fillSlots([CHAIN])).toMatchObject([{ name: '4/nat/c', spec: { builtin: false, rules: [] } }]);
});

test('chains of one name are separate by node, namespace, family and table', () => {
  const others: ChainContribution[] = [
    { ...CHAIN, node: 'm' },
    { ...CHAIN, netns: null },
    { ...CHAIN, family: 6 },
    { ...CHAIN, table: 'raw' },
  ];
  const built = fillSlots([CHAIN, ...others, rules('first', '-j a')]);
  expect(built.map(({ spec }) => spec)).toMatchObject([
    { rules: ['-j a'] },
    { rules: [] },
    { rules: [] },
    { rules: [] },
    { rules: [] },
  ]);
});

test.each([
  ['a slot that is not declared', [CHAIN, rules('third', '-j a')], 'slot third of chain n/qrouter-1/4/nat/c'],
  ['a chain that is not declared', [rules('first', '-j a')], 'no feature declares the chain n/qrouter-1/4/nat/c'],
  ['a chain declared twice', [CHAIN, CHAIN], 'is declared twice'],
])('%s is a bug', (_, contributions, message) => {
  expect(() => fillSlots(contributions)).toThrow(message);
});
