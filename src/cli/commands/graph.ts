import type { Command } from 'commander';
import { loadDesired } from '../../session/desired.ts';
import { addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `graph`, which prints a picture of the network as Mermaid or Graphviz text. */
export function addGraph(program: Command, act: Act): void {
  const command = addFile(program.command('graph').description('draw the network; no node is contacted'));
  addFlag(command, '--format <format>', 'mermaid (drawn in a pull request) or dot (Graphviz)', {
    choices: ['mermaid', 'dot'],
    default: 'mermaid',
    env: 'NETLOOM_GRAPH_FORMAT',
  });
  addJson(command, 'document', 'one document: the items of the picture and their connections');
  command.options.at(-1)?.conflicts('format');
  addExitCodes(command, [0, 'drawn'], [1, 'an error in the file']);
  addExamples(command, [
    ['for a README or a pull request', 'graph topology.yaml'],
    ['as a file, with Graphviz', 'graph --format dot topology.yaml | dot -Tsvg -o topology.svg'],
  ]).action(act(graph));
}

async function graph(
  context: Context,
  file: string,
  options: { readonly format?: 'mermaid' | 'dot' },
): Promise<number> {
  const { topology, resolved, warnings } = await loadDesired(context.session, file);
  await printDiagnostics(context, warnings);
  const { draw } = await import('../../render/graph/draw.ts');
  const picture = draw(topology.doc, resolved);
  if (context.json) {
    const { pictureDocument } = await import('../../render/graph/json.ts');
    printJson(context, pictureDocument(picture, await diagnosticsJson(context, warnings)));
  } else if (options.format === 'dot') {
    const { renderDot } = await import('../../render/graph/dot.ts');
    context.output.out.write(renderDot(picture));
  } else {
    const { renderMermaid } = await import('../../render/graph/mermaid.ts');
    context.output.out.write(renderMermaid(picture));
  }
  return EXIT.ok;
}
