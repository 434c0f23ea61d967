import type { Command } from 'commander';
import { untilAborted } from '../../session/abort.ts';
import { addExamples, addExitCodes, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addTimeout } from '../limits.ts';
import { printJson } from '../report.ts';

/** Adds `doctor`, which shows what this host has and lacks, the effect of each missing part, and its remedy. */
export function addDoctor(program: Command, act: Act): void {
  const command = program.command('doctor').description('show what this host has and lacks, and how to fix it');
  addExamples(addTimeout(addJson(command)), [
    ['before the first apply, as the user who will run it', 'doctor'],
    ['all findings that are not ok', 'doctor --json | jq \'.findings[] | select(.state != "ok")\''],
  ]);
  addExitCodes(command, [0, 'nothing is missing'], [1, 'a requirement of netloom is missing'], [3, 'warnings only']);
  command.action(act(doctor));
}

async function doctor(context: Context): Promise<number> {
  const { examine } = await import('../../doctor/doctor.ts');
  const { thisMachine } = await import('../../doctor/this-machine.ts');
  const { limitMs } = context.session.shell;
  const findings = await untilAborted(
    context.signal,
    examine(thisMachine({ signal: context.signal, ...(limitMs !== undefined && { limitMs }) })),
  );
  if (context.json) {
    const { findingsDocument } = await import('../../render/doctor/json.ts');
    printJson(context, findingsDocument(findings));
  } else {
    const { renderFindings } = await import('../../render/doctor/text.ts');
    const { out } = context.output;
    out.write(renderFindings(findings, out.colours, out.tableColumns));
  }
  if (findings.some((finding) => finding.state === 'missing')) return EXIT.failed;
  return findings.some((finding) => finding.state === 'warning') ? EXIT.warnings : EXIT.ok;
}
