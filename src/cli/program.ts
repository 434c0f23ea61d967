import { Command } from 'commander';
import { addApply } from './commands/apply.ts';
import { addCompletion } from './commands/completion.ts';
import { addDestroy } from './commands/destroy.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addGc } from './commands/gc.ts';
import { addGraph } from './commands/graph.ts';
import { addInit } from './commands/init.ts';
import { addLabCommands } from './commands/lab.ts';
import { addPlan } from './commands/plan.ts';
import { addSchema } from './commands/schema.ts';
import { addShow } from './commands/show.ts';
import { addValidate } from './commands/validate.ts';
import { addVerify } from './commands/verify.ts';
import { addWatch } from './commands/watch.ts';
import type { Act, World } from './context.ts';
import { addFlag, readEnvironment } from './option.ts';
import { ownVersion } from './version.ts';

/** The whole command line, as a tree that knows its help. Nothing heavy is loaded to build it. */
export function createProgram(world: World, act: Act): Command {
  const { output, env } = world;
  const program = new Command('netloom')
    .description('Turns one YAML topology into a running Linux network, and keeps it so.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(add --help for what is possible)')
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
  addFlag(program, '--no-color', 'print without colour, whatever the terminal');
  program.hook('preAction', (_, command) => {
    readEnvironment(program, env);
    readEnvironment(command, env);
    if (program.opts<{ color?: boolean }>().color === false) output.withoutColour();
  });
  for (const add of COMMANDS) add(program, act);
  program.addHelpText('after', EXAMPLES);
  return program;
}

const COMMANDS: readonly ((program: Command, act: Act) => void)[] = [
  addInit,
  addValidate,
  addPlan,
  addApply,
  addDestroy,
  addWatch,
  addVerify,
  addShow,
  addGraph,
  addExplain,
  addDoctor,
  addGc,
  addLabCommands,
  addSchema,
  addCompletion,
];

const EXAMPLES = `
Examples:
  # a first network, on this machine alone
  $ netloom lab up topology.yaml
  $ netloom apply --lab topology.yaml
  $ netloom verify --lab topology.yaml

  # what is there, and what is missing on this machine
  $ netloom show --lab topology.yaml
  $ netloom doctor`;
