import type { Command } from 'commander';
import { desiredGraph } from '../../model/graph.ts';
import { clean } from '../../render/clean.ts';
import { carryOut } from '../carry-out.ts';
import { addDetail, addExamples, addFile, addJson, addLab, detailOf } from '../common.ts';
import { requireConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { planOrThrow, withNetwork } from '../network.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics, printJsonLine, startJsonLines } from '../report.ts';

interface Options {
  readonly lab?: boolean;
  readonly yes?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/** `destroy`: remove exactly what the topology made, and give the NICs back. */
export function addDestroy(program: Command, act: Act): void {
  const command = addFile(
    program.command('destroy').description('remove exactly what the topology made, and give the NICs back'),
  );
  addFlag(command, '-y, --yes', 'do not ask');
  addDetail(command);
  addExamples(addJson(addLab(command), 'print JSON lines: version, plan, one per event, end; needs --yes'), [
    ['show what goes, ask, remove', 'destroy topology.yaml'],
    ['the network of the lab; the lab itself stays', 'destroy --lab --yes topology.yaml'],
  ]).action(act(destroy));
}

async function destroy(context: Context, file: string, options: Options): Promise<number> {
  startJsonLines(context);
  const { ok, final, graph } = await withNetwork(
    context,
    file,
    options,
    async ({ graph, warnings, shells, reading }) => {
      await printDiagnostics(context, warnings);
      const nothing = desiredGraph(graph.topology, graph.nodes, [], graph.known);
      const first = await planOrThrow(context, nothing, shells, reading);
      const ended = await carryOut(context, { graph: nothing, shells }, first, {
        verb: 'destroy',
        force: true,
        allowEmpty: true,
        detail: detailOf(options),
        consent: () => requireConsent(context, 'remove all this', options.yes === true),
      });
      return { ...ended, graph };
    },
  );
  const { leftovers } = await import('../../diff/leftovers.ts');
  const left = leftovers(graph, final.observed);
  if (context.json) printJsonLine(context, { type: 'left', objects: left });
  else if (ok && left.length > 0) {
    const { out } = context.output;
    out.line(`\nLeft as they are, because they are the node's own:`);
    for (const { address, what } of left) out.line(`  ${clean(address)}  ${out.colours.dim(clean(what))}`);
  }
  return ok ? EXIT.ok : EXIT.failed;
}
