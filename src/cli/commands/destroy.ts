import type { Command } from 'commander';
import { clean } from '../../render/clean.ts';
import { destroyNetwork } from '../../session/destroy.ts';
import type { NodeChoice } from '../../session/choice.ts';
import { withNetwork } from '../../session/network.ts';
import { showEnd, showPlan } from '../show-and-apply.ts';
import {
  addAllowLockout,
  addDetail,
  addExamples,
  addExitCodes,
  addFile,
  addJson,
  addLab,
  addNoCache,
  addNodeChoice,
  detailOf,
} from '../common.ts';
import { askConsent } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addLockTimeout } from '../limits.ts';
import { addFlag } from '../option.ts';
import { printDiagnostics, printJsonLine, startJsonLines } from '../report.ts';

interface Options extends NodeChoice {
  readonly lab?: boolean;
  readonly yes?: boolean;
  readonly allowLockout?: boolean;
  readonly full?: boolean;
  readonly brief?: boolean;
}

/** Adds `destroy`, which deletes every object of the topology and returns borrowed NICs. */
export function addDestroy(program: Command, act: Act): void {
  const command = addFile(
    program.command('destroy').description('delete exactly the objects of the topology, and return borrowed NICs'),
  );
  addNodeChoice(command);
  addFlag(command, '-y, --yes', 'do not ask');
  addAllowLockout(command);
  addLockTimeout(command);
  addDetail(command);
  addJson(
    addNoCache(addLab(command)),
    'lines',
    'a line each for the version, the plan, every event, the end and the objects left; needs --yes',
  );
  addExitCodes(command, [0, 'no object of the topology is left'], [1, 'objects are left: an error, or no consent']);
  addExamples(command, [
    ['show the plan, ask, delete', 'destroy topology.yaml'],
    ['the network of the lab; the lab itself stays', 'destroy --lab --yes topology.yaml'],
  ]).action(act(destroy));
}

async function destroy(context: Context, file: string, options: Options): Promise<number> {
  startJsonLines(context);
  const { session } = context;
  const opening = { ...options, lockFirst: options.yes === true, deletesAll: true };
  const { ok, left } = await withNetwork(session, file, opening, async (network) => {
    await printDiagnostics(context, network.warnings);
    const destroyed = await destroyNetwork(session, network, {
      run: { command: 'destroy', lab: options.lab === true },
      onPlan: (first) => showPlan(context, first, detailOf(options)),
      allow: { lockOut: options.allowLockout === true },
      consent: () => askConsent(context, 'remove all this', options.yes === true),
    });
    return { ok: await showEnd(context, 'destroy', destroyed), left: destroyed.left };
  });
  if (context.json) printJsonLine(context, { type: 'left', objects: left });
  else if (ok && left.length > 0) {
    const { out } = context.output;
    out.line(`\nNot deleted, because they belong to the node:`);
    for (const { address, what } of left) out.line(`  ${clean(address)}  ${out.colours.dim(clean(what))}`);
  }
  return ok ? EXIT.ok : EXIT.failed;
}
