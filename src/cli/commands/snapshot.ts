import type { Command } from 'commander';
import type { NodeChoice } from '../../session/choice.ts';
import { withNetwork } from '../../session/network.ts';
import { addAbout, addExamples, addExitCodes, addFile, addLab, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics } from '../report.ts';
import { ownVersion } from '../version.ts';

interface Options extends NodeChoice {
  readonly lab?: boolean;
  readonly output?: string;
}

/** Adds `snapshot`, which records what the nodes have. */
export function addSnapshot(program: Command, act: Act): void {
  const command = addFile(program.command('snapshot').description('record what the nodes have; nothing is changed'));
  addFlag(command, '-o, --output <file>', 'create this file, which only you can read; default: standard output');
  addNodeChoice(command);
  addExitCodes(addLab(command), [0, 'recorded'], [1, 'an error']);
  addAbout(
    command,
    'The state is a JSON document (schemas/state.schema.json) with every object of the topology and the foreign ones ' +
      'that can matter to it, and all rules, routes, neighbours and bridge entries of each namespace. `diff` and ' +
      '`plan --state` plan from it without a node and without root. Of a file that only root may read it holds the ' +
      'size and the SHA-256.',
  );
  addExamples(command, [
    ['before a change', 'snapshot -o before.json topology.yaml'],
    ['what has changed since', 'diff before.json topology.yaml'],
  ]).action(act(snapshot));
}

async function snapshot(context: Context, file: string, options: Options): Promise<number> {
  const { session } = context;
  const { text, warnings } = await withNetwork(session, file, options, async ({ graph, shells, reading, warnings }) => {
    const recorded = { version: ownVersion(), time: new Date(session.now()) };
    return { text: await session.engine.snapshot(graph, shells, await reading, recorded), warnings };
  });
  await printDiagnostics(context, warnings);
  if (options.output === undefined) {
    context.output.out.write(text);
  } else {
    const { createFile } = await import('../write-file.ts');
    await createFile(options.output, text, 0o600);
  }
  return EXIT.ok;
}
