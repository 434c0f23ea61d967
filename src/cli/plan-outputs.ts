import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, fileWord } from '../model/command-line.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { planDocument } from '../render/plan/json.ts';
import { clean } from '../render/clean.ts';
import type { PlanResult } from '../session/engine.ts';
import type { MachineIds } from '../session/machine-ids.ts';
import { isPlanFile, type PlanOptions } from '../session/plan-file.ts';
import { savePlan } from '../session/saved-plan.ts';
import { isNodeScript } from '../session/scripts.ts';
import type { Source } from '../topology/read.ts';
import type { Context } from './context.ts';
import { cliError } from './error.ts';
import { diagnosticsJson } from './report.ts';
import { ownVersion } from './version.ts';
import { createFile } from './write-file.ts';

/**
 * Writes a plan to a file, which only you can read: it holds the topology, and so its secrets. An earlier plan is
 * replaced. @throws DiagnosticError NLX25, NLX26
 */
export async function writePlan(
  context: Context,
  file: string,
  {
    graph,
    result,
    source,
    options,
    machines = new Map(),
  }: {
    readonly graph: DesiredGraph;
    readonly result: PlanResult;
    readonly source: Source;
    readonly options: PlanOptions;
    readonly machines: MachineIds | undefined;
  },
): Promise<void> {
  const text = savePlan(graph, result, {
    source,
    options,
    machines,
    version: ownVersion(),
    time: new Date(context.session.now()),
    document: planDocument(result.plan, await diagnosticsJson(context, result.diagnostics)),
  });
  await createFile(file, text, 0o600, isPlanFile);
  context.output.err.line(`Wrote ${clean(file)}; to carry it out: ${commandLine('apply', fileWord(file))}`);
}

/**
 * Writes the script of each node into a folder, as NODE.sh: only you can read it, since it may hold secrets. An earlier
 * script is replaced; `-` prints that of the only node. @throws DiagnosticError NLX25, NLX26, NLX36
 */
export async function writeScripts(
  { output }: Context,
  folder: string,
  scripts: ReadonlyMap<string, string>,
): Promise<void> {
  if (folder === '-') {
    const [only, ...others] = scripts.values();
    if (others.length > 0) throw severalNodes([...scripts.keys()]);
    output.out.write(only ?? '');
    return;
  }
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  for (const [node, text] of scripts) {
    const file = join(folder, `${node}.sh`);
    await createFile(file, text, 0o700, isNodeScript);
    output.err.line(`Wrote ${clean(file)}`);
  }
}

function severalNodes(nodes: readonly string[]): Error {
  return cliError('NLX36', `there is a script for each of ${nodes.join(', ')}`, {
    hint: 'name a folder for them, or choose one with --node',
  });
}
