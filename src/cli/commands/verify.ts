import type { Command } from 'commander';
import type { NodeChoice } from '../../session/choice.ts';
import { verifyFile } from '../../session/verify.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson, addLab, addNoCache, addNodeChoice } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { exitOfProbes } from '../probes.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `verify`, which tests the connections in `expect:`. */
export function addVerify(program: Command, act: Act): void {
  const command = addFile(
    program
      .command('verify')
      .description('test the connections that the file expects to work or to fail; without any, ask every service'),
  );
  addNodeChoice(command);
  addExamples(addJson(addNoCache(addLab(command))), [
    ['every line of expect:, from the namespaces of the lab', 'verify --lab topology.yaml'],
    ['every service, if the file has no expect:', 'verify topology.yaml'],
    ['the lines that failed', "verify --lab --json topology.yaml | jq '.results[] | select(.ok | not)'"],
  ]);
  addAbout(
    command,
    'Connections to an instance go to its fixed address.',
    'A file without expect: needs no lab. The requests are those of `netloom show --probe`.',
  );
  addExitCodes(
    command,
    [0, 'all as expected'],
    [1, 'a connection is not as expected, a service does not answer, or an error'],
    [2, 'the file has no expect:, and no service that can be asked'],
    [3, 'all as expected, but some lines could not be tested'],
  );
  command.action(act(verifyNetwork));
}

async function verifyNetwork(
  context: Context,
  file: string,
  options: NodeChoice & { readonly lab?: boolean },
): Promise<number> {
  const { topology, outcomes, services, untried, warnings } = await verifyFile(context.session, file, {
    lab: options.lab === true,
    choice: options,
    onWarnings: (warnings) => printDiagnostics(context, warnings),
  });
  if (context.json) {
    const diagnostics = await diagnosticsJson(context, [...warnings, ...untried]);
    const { outcomesDocument } = await import('../../render/verify/json.ts');
    printJson(context, outcomesDocument(topology, outcomes, { services, untried: untried.length, diagnostics }));
  } else if (outcomes.length > 0) {
    const { renderOutcomes } = await import('../../render/verify/text.ts');
    const { out } = context.output;
    out.write(renderOutcomes(outcomes, untried.length, out.colours, out.tableColumns));
  } else if (services && services.length > 0) {
    const { renderProbes } = await import('../../render/verify/probes.ts');
    const { out } = context.output;
    out.write(renderProbes(services, out.colours, out.tableColumns));
  } else if (services) {
    context.output.out.line('Nothing to verify: the file has no expect:, and no service that can be asked.');
  }
  if (services) return exitOfProbes(services);
  if (outcomes.some((outcome) => !outcome.ok)) return EXIT.failed;
  return untried.length > 0 ? EXIT.warnings : EXIT.ok;
}
