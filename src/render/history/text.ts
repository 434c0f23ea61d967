import { commandText } from '../../model/command-text.ts';
import type { Batch } from '../../model/plan.ts';
import type { Run } from '../../model/run.ts';
import { clean, cleanLines } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { table } from '../table.ts';

/** What became of a batch, as the history prints it. */
interface ShownBatch extends Batch {
  readonly outcome: string;
  readonly milliseconds?: number;
  readonly exit_code?: number;
  readonly diagnostics?: readonly { readonly code: string; readonly summary: string; readonly detail?: string }[];
}

/** Returns runs as a table, the last first. */
export function renderRuns(runs: readonly Run[], colours: Paint, columns: number): string {
  if (runs.length === 0) return 'No run is archived.\n';
  const rows = runs
    .toReversed()
    .map((run) => [
      String(run.number),
      localSecond(run.started),
      run.command + (run.undoes === undefined ? '' : ` ${String(run.undoes)}`),
      run.outcome,
      changesText(run),
      run.impact,
      sinceText(run),
      clean(clientText(run)),
    ]);
  const head = ['RUN', 'STARTED', 'COMMAND', 'OUTCOME', 'CHANGES', 'IMPACT', 'SINCE', 'BY'];
  return `${table(
    head.map((word) => colours.dim(word)),
    rows,
    columns,
  )}\n`;
}

/** Returns who ran what, when, and how it ended. */
export function renderRun(run: Run): string {
  const { command = '' } = run.client;
  const ended = run.ended === undefined ? '?' : localSecond(run.ended);
  const lines = [
    `Run ${String(run.number)} of ${run.topology}${run.lab ? ' in the lab' : ''}: ${run.command}, ${run.outcome}`,
    `By ${clean(clientText(run))}${command === '' ? '' : `: netloom ${clean(command.replace(/^netloom /, ''))}`}`,
    `From ${localSecond(run.started)} to ${ended}, netloom ${run.netloom}`,
    `Nodes: ${run.nodes.map(clean).join(', ') || '-'}`,
  ];
  if (run.undoes !== undefined) lines.push(`It led back to the state before run ${String(run.undoes)}.`);
  if (run.kept) {
    const others = run.nodes.filter((node) => run.kept?.includes(node) !== true);
    lines.push(`It was kept on ${names(run.kept)}, and not on ${names(others)}.`);
  }
  for (const { decision, kept, reverted, client, time } of run.decisions ?? []) {
    const what = [
      ...(kept.length > 0 ? [`kept on ${names(kept)}`] : []),
      ...(reverted.length > 0 ? [`reverted on ${names(reverted)}`] : []),
    ];
    const by = client['command'] === 'timer' ? 'The node itself' : clean(clientText({ client }));
    lines.push(`${by} decided to ${decision} it, ${localSecond(time)}: ${what.join(', ') || 'no node was told'}.`);
  }
  if (run.reverted) {
    const { by, client, time } = run.reverted;
    const who = clean(clientText({ client }));
    lines.push(
      by === undefined
        ? `An undo of ${who} found the nodes as they were before it, ${localSecond(time)}.`
        : `Reverted by run ${String(by)} of ${who}, ${localSecond(time)}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Returns the exact commands of a run, batch by batch, with what became of them. Secrets are left out. */
export function renderCommands(
  rounds: readonly { readonly what: string; readonly batches: readonly ShownBatch[] }[],
): string {
  const lines = rounds.flatMap(({ what, batches }, index) => [
    '',
    `${what === 'rollback' ? 'Rollback' : 'Commands'}, round ${String(index + 1)}:`,
    ...batches.flatMap((batch) => [
      `  batch ${String(batch.id)} on ${clean(batch.node)}: ${endText(batch)}`,
      ...batch.steps.map(({ command }) => `    ${clean(commandText(command))}`),
      ...(batch.diagnostics ?? []).flatMap(({ code, summary, detail = '' }) => [
        `    ${code}: ${clean(summary)}`,
        ...cleanLines(detail).map((line) => `      ${line}`),
      ]),
    ]),
  ]);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function endText({ outcome, milliseconds, exit_code: code }: ShownBatch): string {
  const more = [
    ...(code === undefined ? [] : [`exit code ${String(code)}`]),
    ...(milliseconds === undefined ? [] : [`${String(milliseconds)} ms`]),
  ];
  return [outcome, ...more].join(', ');
}

function changesText({ changed }: Run): string {
  const [added, removed] = [changed.create + changed.replace, changed.delete + changed.replace];
  return `+${String(added)} ~${String(changed.update)} -${String(removed)}`;
}

function sinceText({ reverted }: Run): string {
  if (reverted === undefined) return '-';
  return reverted.by === undefined ? 'undone' : `reverted by ${String(reverted.by)}`;
}

function names(nodes: readonly string[]): string {
  return nodes.map(clean).join(', ');
}

function clientText({ client: { user = '', host = '' } }: Pick<Run, 'client'>): string {
  return [user, host].filter((part) => part !== '').join('@') || 'an unknown user';
}

/** Returns a time in the zone of this machine, to the second. */
function localSecond(time: string): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].map(String).join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
