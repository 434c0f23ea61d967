import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { netloom } from '../support/fake-world.ts';
import { COMMAND_BLOCKS, commandsOf, missing, NOT_RUN, runsNetloom } from './commands.ts';
import { codeSpans, WRITTEN } from './pages.ts';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** What is wrong with a netloom command: a verb or a flag that does not exist. */
async function wrongNetloom(command: string): Promise<string | undefined> {
  const words = command
    .replace(/^(npx )?netloom /, '')
    .split(/ (?:[|>&]|-- )/)[0]!
    .split(' ');
  const [verb = '', second = ''] = words;
  if (verb.startsWith('-')) return undefined;
  let help = await helpOf(verb);
  if (help?.includes(' [command]') === true && second !== '') help = await helpOf(verb, second);
  if (help === undefined) return `no such command: ${command}`;
  const flags = words.filter((word) => /^--?\w/.test(word)).map((word) => word.split('=')[0]!);
  const known = (flag: string) => new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(`${help} --no-color`);
  const unknown = flags.find((flag) => !known(flag));
  return unknown === undefined ? undefined : `no such flag: ${unknown} in ${command}`;
}

/** The help of a command; undefined if there is none of that name. */
async function helpOf(...verb: string[]): Promise<string | undefined> {
  const { out } = await netloom([...verb, '--help']);
  return out.startsWith(`Usage: netloom ${verb.join(' ')} `) ? out : undefined;
}

/** Commands of npm itself. */
const OF_NPM = ['ci', 'install', 'pack'];

/** What is wrong with a command that a test cannot run; undefined if nothing is. */
async function wrong(command: string): Promise<string | undefined> {
  if (runsNetloom({ command })) return await wrongNetloom(command);
  const script = /^npm (?:run )?([\w:-]+)/.exec(command)?.[1];
  if (script !== undefined)
    return script in scripts || OF_NPM.includes(script) ? undefined : `no such script: ${script}`;
  const tests = /^npx vitest run (.*)$/.exec(command)?.[1];
  const files = tests === undefined ? [command.split(' ')[0]!] : (tests.match(/\btest\/\S+/g) ?? []);
  return files
    .map((file) => (existsSync(path.join(ROOT, file)) ? undefined : `no test runs: ${command}`))
    .find(Boolean);
}

describe('commands in the documentation', () => {
  it.each(COMMAND_BLOCKS)('exist, or their block says why no test runs them: $page:$line', async (block) => {
    const reason = block.notes['not run'];
    if (reason !== undefined) expect(Object.keys(NOT_RUN)).toContain(reason);
    const commands = commandsOf(block).filter((command) => reason === undefined || runsNetloom(command));
    expect(await Promise.all(commands.map(async ({ command }) => await wrong(command)))).toEqual(
      commands.map(() => undefined),
    );
  });

  it.each(WRITTEN)('exist in the prose of %s', async (page) => {
    const spans = codeSpans(page).filter(({ text }) => /^((npx )?netloom|npm( run)?) [a-z]/.test(text));
    const found = await Promise.all(spans.map(async ({ text, line }) => [line, await wrong(text)]));
    expect(found.filter(([, complaint]) => complaint !== undefined)).toEqual([]);
  });

  it('that do not exist are found', async () => {
    expect(await wrong('netloom aply FILE')).toContain('no such command');
    expect(await wrong('netloom lab upp FILE')).toContain('no such command');
    expect(await wrong('npx netloom plan --jsn FILE')).toContain('no such flag: --jsn');
    expect(await wrong('npm run demonstrate')).toContain('no such script');
    expect(await wrong('npx vitest run test/none.test.ts')).toContain('no test runs');
    expect(await wrong('apt-get install ipset')).toContain('no test runs');
  });
});

describe('a shown output', () => {
  const real = 'start\n  a   12 ms\nmiddle\nend  0.33 s\n';

  it.each([
    [['start', ' a 3 ms', 'middle', 'end 1 s']],
    [['start', '…']],
    [['…', 'end 2.0 s']],
    [['…', 'middle', '…']],
    [['…']],
  ])('is the real one but for durations, columns and what … leaves out: %j', (shown) => {
    expect(missing(shown, real)).toBeUndefined();
  });

  it.each([
    [['start', 'middle'], 'start\nmiddle'],
    [['start'], 'start'],
    [['middle', '…'], 'middle'],
    [['…', 'middle'], 'middle'],
    [['…', 'end 1 s', '…', 'start', '…'], 'start'],
  ])('differs where a line is missing, added or moved: %j', (shown, piece) => {
    expect(missing(shown, real)).toBe(piece);
  });
});
