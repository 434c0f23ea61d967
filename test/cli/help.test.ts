import { describe, expect, test } from 'vitest';
import type { CommandSpec, FlagSpec } from '../../src/cli/command-spec.ts';
import { describeCommands } from '../../src/cli/describe.ts';
import { notesText } from '../../src/cli/help/text.ts';
import { netloom } from '../support/fake-world.ts';

const SPECS = describeCommands();
const VERBS = SPECS.filter(({ subcommands }) => subcommands.length === 0);
const nameOf = ({ path }: CommandSpec): string => path.join(' ');

test.each(SPECS.map((spec) => [nameOf(spec), spec] as const))('the help of %j fits 80 columns', async (_, spec) => {
  const { code, out } = await netloom([...spec.path, '--help'], { columns: 80 });
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each(VERBS.map((spec) => [nameOf(spec), spec] as const))('%s has exit codes and examples', async (name, spec) => {
  expect(spec.notes.exitCodes.length).toBeGreaterThan(1);
  expect(spec.notes.examples.some(([, line]) => line.startsWith(name))).toBe(true);
  const { out } = await netloom([...spec.path, '--help']);
  expect(out).toContain('\nExit codes:\n');
  expect(out).toContain('\nExamples:\n');
});

test('a long example is continued with a backslash', () => {
  const example = ['why', `gc --host ${'a'.repeat(20)} --host ${'b'.repeat(20)} | jq '.aa | .b'`] as const;
  expect(notesText({ about: [], exitCodes: [], examples: [example] }, 50)).toBe(
    `\nExamples:\n  # why\n  $ netloom gc --host ${'a'.repeat(20)} \\\n` +
      `      --host ${'b'.repeat(20)} | jq \\\n      '.aa | .b'`,
  );
});

describe('an environment variable', () => {
  /** The values of a variable and their meaning: the description up to the first semicolon. */
  const meaning = ({ description, value, choices }: FlagSpec) => ({
    meaning: description.split(';')[0],
    value: value ?? 'a switch',
    choices,
  });

  test('means the same to every command that reads it', () => {
    const first = new Map<string, FlagSpec>();
    for (const flag of SPECS.flatMap(({ flags }) => flags)) {
      if (flag.env === undefined) continue;
      const other = first.get(flag.env) ?? flag;
      first.set(flag.env, other);
      expect(meaning(flag), flag.env).toEqual(meaning(other));
    }
    expect(first.size).toBeGreaterThan(10);
  });

  test('is named by the help of its command', async () => {
    for (const { path, flags } of SPECS.filter(({ path: words }) => words.length > 0)) {
      const { out } = await netloom([...path, '--help'], { columns: 200 });
      for (const { names, env } of flags.filter((flag) => !flag.names.includes('--no-color'))) {
        if (env !== undefined) expect(out, `${path.join(' ')} ${names.join(', ')}`).toContain(`(env: ${env})`);
      }
    }
  });

  test('with a value that is not valid for a command is an error that names it', async () => {
    for (const { path, flags, arguments: args } of VERBS) {
      for (const { choices, env } of flags.filter((flag) => flag.choices.length > 0)) {
        const words = [...path, ...args.map(({ choices: [choice] }) => choice ?? 't.yaml')];
        const { code, err } = await netloom(words, { env: { [String(env)]: 'gif' } });
        expect(code).toBe(1);
        expect(err).toContain(`environment variable ${String(env)}: Allowed choices are ${choices.join(', ')}.`);
      }
    }
  });

  test('of validate has no effect on graph', async () => {
    expect((await netloom(['graph', 't.yaml'], { env: { NETLOOM_FORMAT: 'github' } })).out).toMatch(/^flowchart/);
    expect((await netloom(['graph', 't.yaml'], { env: { NETLOOM_GRAPH_FORMAT: 'dot' } })).out).toMatch(/^graph "/);
  });
});
