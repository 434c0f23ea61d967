import { execFileSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { CommanderError } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import type { Act, World } from '../../src/cli/context.ts';
import { createOutput } from '../../src/cli/output.ts';
import { fakeEngine } from '../support/fake-world.ts';

/** Returns the hints in the output of netloom. */
export function hintsIn(printed: string): string[] {
  return [...printed.matchAll(/^ *hint: (.*)$/gm)].map(([, hint = '']) => hint);
}

/** Returns the netloom commands of a hint: they are in backquotes. */
export function commandsIn(hint: string): string[] {
  return [...hint.matchAll(/`(netloom [^`]+)`/g)].map(([, command = '']) => command);
}

/** Returns a hint without the parts in backquotes. */
export function proseOf(hint: string): string {
  return hint.replace(/`[^`]*`/g, '');
}

/** The words of netloom that are commands. */
export function verbs(): string[] {
  return program(() => () => Promise.resolve()).commands.map((command) => command.name());
}

/** Parses a command as a shell and then netloom do; it is not run. @throws CommanderError if it is no command */
export async function parse(command: string): Promise<'parsed' | 'not parsed'> {
  const words = execFileSync('sh', ['-c', `netloom() { for word; do printf '%s\\0' "$word"; done; }; ${command}`], {
    encoding: 'utf8',
  });
  let parsed: 'parsed' | 'not parsed' = 'not parsed';
  const act: Act = () => () => {
    parsed = 'parsed';
    return Promise.resolve();
  };
  try {
    await program(act).parseAsync(words.split('\0').slice(0, -1), { from: 'user' });
  } catch (error) {
    // The help of a command is what was asked for.
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed') return 'parsed';
    throw error;
  }
  return parsed;
}

function program(act: Act): ReturnType<typeof createProgram> {
  const silent = { write: () => true };
  const world: World = {
    output: createOutput(silent, silent, {}),
    env: {},
    engine: fakeEngine({}, []),
    signal: new AbortController().signal,
    interactive: () => false,
    ask: () => Promise.resolve(undefined),
    execInLab: () => Promise.resolve(0),
    leaveInterrupts: () => undefined,
    bytes: () => new PassThrough(),
    ownProgram: () => Promise.resolve(['/usr/bin/netloom']),
    systemd: () => Promise.resolve({ folder: '/nowhere', runs: false, systemctl: () => Promise.resolve(undefined) }),
    decide: () => Promise.resolve('revert'),
  };
  return createProgram(world, act);
}
