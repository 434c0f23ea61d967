// @ts-check
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { ADDRESS_TEXT_SYNTAX } from './scripts/layers/address-texts.mjs';
import {
  KIND_NAME_IMPORTS,
  KIND_NAME_SYNTAX,
  OTHER_KIND_IMPORTS,
  WITHIN_KINDS_IMPORTS,
} from './scripts/layers/kind-names.mjs';

const SAY = 'Return data or an event, and let src/render make text of it; src/cli prints.';
const FORGED =
  "Only a kind's spec.ts writes what identifies an object of it. Ask for a reference there (`sysctlRef(…)`), and " +
  'for what is wanted at it (`wantedAt`).';
/** The page runs in a browser, whose types nothing else may use. */
const PROJECTS = ['./tsconfig.json', './src/page/browser/tsconfig.json'];
/** The modules that are started as a process. */
const PROCESSES = ['src/main.ts', 'src/executable.ts'];
const EXIT = 'Only src/main.ts and src/executable.ts end the process. Throw a DiagnosticError, or return an exit code.';
const CLIENT =
  'A session has clients with a terminal and without. Let src/cli read the process, and pass in what it says.';

/** Nobody but main.ts ends the process. */
const NO_EXIT = ['process', 'node:process'].map((name) => ({ name, importNames: ['exit'], message: EXIT }));

/** For no-restricted-syntax: an address that is put together. */
const FORGED_SYNTAX = [
  { selector: "CallExpression[callee.name='addressOf'] > ObjectExpression", message: FORGED },
  { selector: 'TemplateElement[value.raw=/\\/-\\u002F/]', message: FORGED },
];

// Of two blocks that set one rule for a file the later replaces the earlier. So a block says all of a rule that holds
// for its files; a test finds one that does not (test/tooling/shadowed-rules.test.ts).
export default defineConfig(
  {
    ignores: ['dist/', 'packages/', 'coverage/', 'node_modules/', '**/*.gen.ts', 'test/golden/', 'scripts/templates/'],
  },
  tseslint.configs.strictTypeChecked,
  {
    // One program, as tsc has: a seventh of the time less than with `projectService` (measured).
    languageOptions: { parserOptions: { project: PROJECTS, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**'],
    ignores: PROCESSES,
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'exit', message: EXIT }],
      'no-restricted-imports': ['error', { paths: NO_EXIT }],
    },
  },
  {
    files: ['src/**'],
    ignores: [...PROCESSES, 'src/kinds/**'],
    rules: { 'no-restricted-imports': ['error', { paths: NO_EXIT, patterns: KIND_NAME_IMPORTS }] },
  },
  {
    files: ['src/**'],
    ignores: [...PROCESSES, 'src/kinds/**', 'src/kernel/**', 'src/net/**'],
    rules: { 'no-restricted-syntax': ['error', ...KIND_NAME_SYNTAX, ...ADDRESS_TEXT_SYNTAX] },
  },
  {
    files: ['src/net/**'],
    rules: { 'no-restricted-syntax': ['error', ...KIND_NAME_SYNTAX] },
  },
  {
    // Not `no-console`, so that the message says what to do instead.
    files: ['src/**', 'test/**'],
    ignores: ['src/render/**', 'src/cli/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'console', message: SAY }],
    },
  },
  {
    files: ['src/session/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'console', message: SAY }, { name: 'process', message: CLIENT }],
    },
  },
  {
    files: ['src/kernel/**'],
    rules: { 'no-restricted-syntax': ['error', ...KIND_NAME_SYNTAX, ...ADDRESS_TEXT_SYNTAX, ...FORGED_SYNTAX] },
  },
  {
    files: ['src/kinds/*/spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: NO_EXIT, patterns: OTHER_KIND_IMPORTS }],
      'no-restricted-syntax': ['error', ...ADDRESS_TEXT_SYNTAX],
    },
  },
  {
    files: ['src/kinds/**'],
    ignores: ['src/kinds/*/spec.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: NO_EXIT, patterns: WITHIN_KINDS_IMPORTS }],
      'no-restricted-syntax': ['error', ...ADDRESS_TEXT_SYNTAX, ...FORGED_SYNTAX],
    },
  },
  {
    files: ['test/**'],
    rules: {
      // A test that is wrong about a value fails; it need not prove it to the compiler first.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    rules: {
      // JSON.parse in plain JavaScript has no type to assert; the JSDoc types at the borders are checked by tsc.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    // Runs in a browser and is sent as it is; tsc knows no browser here.
    files: ['src/picture/html/in-browser.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: false } },
  },
);
