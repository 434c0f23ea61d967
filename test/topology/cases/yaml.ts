import { lines } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Syntax errors of the text. */
export const YAML: readonly FaultCase[] = [
  ['NL010', 'unclosed brackets', lines('name: x', 'nodes: «{', 'routers: {}')],
  ['NL010', 'items at different columns', lines('nodes:', '  a: {}', '« b: {}')],
  ['NL011', 'a tab', lines('name: x', 'nodes:', '«\ta: {}')],
  ['NL012', 'a non-breaking space for indentation', lines('name: x', 'nodes:', '«\u00a0\u00a0a: {}')],
  ['NL012', 'a non-breaking space after a colon', lines('name:«\u00a0x')],
  ['NL013', 'a key twice', lines('name: x', '«name: y')],
  ['NL014', 'an alias without anchor', lines('name: «*x')],
  ['NL014', 'an alias in its own anchor', lines('name: x', 'nodes: &n', '  a: «*n')],
  ['NL016', 'two documents', lines('name: x', '---', '«name: y')],
  ['NL017', 'an empty file', '«'],
  ['NL017', 'a comment only', lines('«# nothing')],
  ['NL017', 'a list', lines('«- name: x')],
  ['NL018', 'a number as key', lines('name: x', 'nodes:', '  «1: {}')],
  ['NL018', 'null as key', lines('name: x', 'nodes:', '  «~: {}')],
  ['NL018', 'a list as key', lines('name: x', 'nodes:', '  ? «[a]', '  : {}')],
  ['NL019', 'a hundred brackets', `name: x\nnodes: ${'['.repeat(99)}«[[[[${']'.repeat(103)}\n`],
  ['NL020', 'a tag', lines('name: «!secret x')],
  ['NL021', 'a merge key with a string', lines('name: x', 'nodes:', '  a:', '    «<<: b')],
];
