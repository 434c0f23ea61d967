import { readFileSync } from 'node:fs';
import { openShell } from '../../../src/hosts/shell.ts';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import { compiled } from '../../support/compiled.ts';
import type { Moment } from './moment.ts';
import { nothingOf } from './seed.ts';
import { BEGUN, endedAt, lockedPlan, runBeside } from './ways.ts';

/** What a netloom that is killed at a moment is told on its standard input. */
export interface Order {
  /** The words that start a `sh` in each node. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
  /** The file, and whether its network is destroyed. */
  readonly text: string;
  readonly destroys: boolean;
  readonly moment: Moment;
}

const { entries, text, destroys, moment } = JSON.parse(readFileSync(0, 'utf8')) as Order;
const { graph: whole } = compiled(text);
const graph = destroys ? nothingOf(whole) : whole;
const open = Object.entries(entries).map(async ([node, [file = '', ...args]]) => {
  return [node, await openShell({ node, description: 'test', file, args, rightsHint: '' })] as const;
});
const shells = new Map(await Promise.all(open));
const first = await lockedPlan(graph, shells);
const killed = endedAt(shells, first.plan, moment, async (node, running) => {
  if (running) await runBeside(entries[node] ?? [], BEGUN);
  process.kill(process.pid, 'SIGKILL');
});
const result = await applyNetwork(graph, killed, first, { allow: ALLOW_ALL_DELETIONS, onEvent: () => undefined });
process.stderr.write(`it was not killed: ${JSON.stringify(result.diagnostics)}\n`);
process.exit(1);
