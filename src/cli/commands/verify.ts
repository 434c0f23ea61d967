import type { Command } from 'commander';
import type { DiagnosticError } from '../../model/diagnostic.ts';
import { untilAborted } from '../../session/abort.ts';
import { runInLab } from '../../session/lab.ts';
import { allInLab } from '../../session/lab-only.ts';
import { loadWanted } from '../../session/wanted.ts';
import { addExamples, addFile, addJson, addLab } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** A command in the lab that takes longer than this has hung. */
const TIMEOUT_MS = 10_000;

/** `verify`: does the network do what `expect:` says? */
export function addVerify(program: Command, act: Act): void {
  const command = addFile(
    program.command('verify').description('try what the file expects to be reachable, and what not'),
  );
  addExamples(addJson(addLab(command)), [
    ['every line of expect:, from the machines of the lab', 'verify --lab topology.yaml'],
    ['which ones failed', "verify --lab --json topology.yaml | jq '.results[] | select(.ok | not)'"],
  ]);
  command.addHelpText(
    'after',
    '\nAn instance is asked at its fixed address. Exit code: 0 all as expected, 1 something is not,\n' +
      '2 there is nothing to try, 3 all as expected but something could not be tried.',
  );
  command.action(act(verifyNetwork));
}

async function verifyNetwork(context: Context, file: string, options: { readonly lab?: boolean }): Promise<number> {
  const { topology, resolved, warnings } = await loadWanted(context.session, file);
  if (!allInLab(topology, options.lab === true)) throw labOnly();
  const { probesOf } = await import('../../verify/probes.ts');
  const { probes, warnings: untried } = probesOf(topology, resolved);
  await printDiagnostics(context, [...warnings, ...untried]);
  const { verify } = await import('../../verify/verify.ts');
  const outcomes = await untilAborted(
    context.signal,
    verify(probes, {
      signal: context.signal,
      run: (member, argv) => runInLab(context.session, topology, member, argv, { timeoutMs: TIMEOUT_MS }),
    }),
  );
  if (context.json) {
    const { outcomesDocument } = await import('../../render/verify/json.ts');
    printJson(context, outcomesDocument(resolved.name, outcomes, await diagnosticsJson(context, untried)));
  } else if (outcomes.length > 0) {
    const { renderOutcomes } = await import('../../render/verify/text.ts');
    const { out } = context.output;
    out.write(renderOutcomes(outcomes, untried.length, out.colours));
  } else if (untried.length === 0) {
    context.output.out.line('Nothing to verify: the file has no expect:.');
  }
  if (outcomes.some((outcome) => !outcome.ok)) return EXIT.failed;
  if (untried.length > 0) return EXIT.warnings;
  return outcomes.length === 0 ? EXIT.nothing : EXIT.ok;
}

function labOnly(): DiagnosticError {
  return cliError('NLX21', 'verify asks from the machines of the lab, and not every node of this file is in the lab', {
    hint: 'netloom lab up FILE, netloom apply --lab FILE, netloom verify --lab FILE',
  });
}
