import { Command } from 'commander';
import { addApply } from './commands/apply.ts';
import { addCompletion } from './commands/completion.ts';
import { addConfirmCommand, addRevertCommand } from './commands/confirm.ts';
import { addDestroy } from './commands/destroy.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addFmt } from './commands/fmt.ts';
import { addGc } from './commands/gc.ts';
import { addGraph } from './commands/graph.ts';
import { addHistory } from './commands/history.ts';
import { addInit } from './commands/init.ts';
import { addLabCommands } from './commands/lab.ts';
import { addPin } from './commands/pin.ts';
import { addPlan } from './commands/plan.ts';
import { addPort } from './commands/port.ts';
import { addSchema } from './commands/schema.ts';
import { addServe } from './commands/serve.ts';
import { addServiceCommands } from './commands/service.ts';
import { addShow } from './commands/show.ts';
import { addSnapshot } from './commands/snapshot.ts';
import { addUndo } from './commands/undo.ts';
import { addUnlock } from './commands/unlock.ts';
import { addValidate } from './commands/validate.ts';
import { addVerify } from './commands/verify.ts';
import { addWatch } from './commands/watch.ts';
import type { Act, World } from './context.ts';
import { addNotes } from './help/attach.ts';
import type { Example, ExitCode } from './help/notes.ts';
import { addFlag, readEnvironment } from './option.ts';
import { ownVersion } from './version.ts';

/** Returns the tree of all commands with their help. It loads no heavy module. */
export function createProgram(
  { output, env }: Pick<World, 'output' | 'env'>,
  act: Act,
  version = ownVersion(),
): Command {
  const program = new Command('netloom')
    .description('Turns one YAML topology into a running Linux network, and keeps it so.')
    .version(version, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(--help shows the usage)')
    .configureOutput({
      writeOut: (text) => {
        output.out.write(text);
      },
      writeErr: (text) => {
        output.err.write(text);
      },
      getOutHelpWidth: () => output.out.columns,
      getErrHelpWidth: () => output.err.columns,
      getOutHasColors: () => output.out.colours.isColorSupported,
      getErrHasColors: () => output.err.colours.isColorSupported,
    })
    .exitOverride();
  addFlag(program, '--no-color', 'print without colour, also on a terminal');
  program.hook('preAction', (_, command) => {
    readEnvironment(program, env);
    readEnvironment(command, env);
    if (program.opts<{ color?: boolean }>().color === false) output.withoutColour();
  });
  for (const add of COMMANDS) add(program, act);
  return addNotes(program, { exitCodes: EXIT_CODES, examples: EXAMPLES });
}

const COMMANDS: readonly ((program: Command, act: Act) => void)[] = [
  addInit,
  addValidate,
  addFmt,
  addPin,
  addPlan,
  addDiff,
  addApply,
  addConfirmCommand,
  addRevertCommand,
  addDestroy,
  addHistory,
  addUndo,
  addWatch,
  addServiceCommands,
  addVerify,
  addShow,
  addServe,
  addSnapshot,
  addGraph,
  addPort,
  addExplain,
  addDoctor,
  addGc,
  addUnlock,
  addLabCommands,
  addSchema,
  addCompletion,
];

const EXIT_CODES: readonly ExitCode[] = [
  [0, 'done'],
  [1, 'an error, or wrong usage'],
  ['2, 3', 'see the help of plan, verify and doctor'],
  [130, 'ended by Ctrl-C (SIGINT)'],
  [143, 'ended by SIGTERM'],
];

const EXAMPLES: readonly Example[] = [
  ['start the lab of a topology on this machine', 'lab up topology.yaml'],
  ['create the network in it', 'apply --lab topology.yaml'],
  ['test every line of expect:', 'verify --lab topology.yaml'],
  ['every service with its health', 'show --lab topology.yaml'],
  ['what is missing on this machine', 'doctor'],
];
