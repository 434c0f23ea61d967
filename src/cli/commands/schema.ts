import type { Command } from 'commander';
import { addExamples, addExitCodes } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { schemaNames, schemaPath, schemaText } from '../schemas.ts';

/** Adds `schema`, which prints the JSON Schemas that come with netloom, for editors and CI. */
export function addSchema(program: Command, act: Act): void {
  const command = program
    .command('schema')
    .description('print the JSON Schema of a topology file, or of a --json output')
    .argument('[name]', 'topology, or an output by its command: plan, lab-status', 'topology');
  addFlag(command, '--path', 'print the path of the installed schema');
  addExitCodes(command, [0, 'printed'], [1, 'there is no such schema']);
  addExamples(command, [
    ['for a tool that reads a schema', 'schema > topology.schema.json'],
    ['the first line of a file, for editors', 'schema --path'],
  ]).action(act(schema));
}

function schema({ output }: Context, name: string, options: { readonly path?: boolean }): Promise<number> {
  const text = schemaText(name);
  if (text === undefined) {
    const names = schemaNames();
    const hint = `there ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}`;
    throw cliError('NLX24', `there is no schema ${JSON.stringify(name)}`, { hint });
  }
  if (options.path === true) output.out.line(installed(name));
  else output.out.write(text);
  return Promise.resolve(EXIT.ok);
}

function installed(name: string): string {
  const path = schemaPath(name);
  if (path !== undefined) return path;
  const hint = `create one: netloom schema ${name} > ${name}.schema.json`;
  throw cliError('NLX24', `the schema ${name} is part of this program and not installed as a file`, { hint });
}
