import type { DiagnosticError } from '../model/diagnostic.ts';
import type { Hung, HungProcess } from '../model/host.ts';
import { hostError } from './errors.ts';

/** Reads the supervisor's report of a script that it had to end. `left` is how many processes could not be killed. */
export function parseHung(left: number, text: string, seconds: number): Hung {
  const [head = '', ...rest] = text.split('\n');
  const [, why = ''] = head.split(' ');
  const end = rest.indexOf('');
  const processes = rest.slice(0, end).flatMap(parseProcess);
  const stuck = left === 0 ? [] : rest.slice(end + 1).flatMap(parseProcess);
  return { why: WHY[why] ?? 'asked', seconds, processes: leaves(processes), stuck };
}

const WHY: Readonly<Record<string, Hung['why']>> = {
  limit: 'idle',
  total: 'endless',
  asked: 'asked',
  vanished: 'asked',
};

function parseProcess(line: string): (HungProcess & { readonly parent: number })[] {
  const [, pid, parent, state = '', command = ''] = /^(\d+) (\d+) (\S) (.*)$/.exec(line) ?? [];
  return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), state, command }];
}

/** Returns the processes that wait for no other one: those that hang. */
function leaves(processes: readonly (HungProcess & { readonly parent: number })[]): readonly HungProcess[] {
  const parents = new Set(processes.map(({ parent }) => parent));
  return processes
    .filter(({ pid }) => !parents.has(pid))
    .map(({ parent, ...leaf }) => {
      const above = processes.find(({ pid }) => pid === parent)?.command ?? '';
      const task = /^netloom: (.*)$/.exec(above)?.[1];
      return task === undefined ? leaf : { ...leaf, task };
    });
}

/** Returns what hung, as one line: `ip -batch -`, or `ip -j link in /run/netns/qrouter-1`. */
export function hungCommand({ processes }: Hung): string | undefined {
  const [first] = processes;
  return processes.find(({ task }) => task !== undefined)?.task ?? first?.command;
}

/** Returns how a script hung, and what became of its processes. */
export function hungDetail({ why, seconds, processes, stuck }: Hung): string {
  const how = {
    idle: `It has neither written anything nor used the processor for ${String(seconds)} s.`,
    endless: `It did not end within ${String(10 * seconds)} s.`,
    asked: '',
  }[why];
  const list = (heading: string, some: readonly HungProcess[]): string[] =>
    some.length === 0 ? [] : [heading, ...some.slice(0, 10).map(processLine)];
  return [
    ...(how === '' ? [] : [how]),
    ...list(
      'Ended on the node, with what they started:',
      processes.filter(({ pid }) => !isIn(stuck, pid)),
    ),
    ...list('Not to be killed:', stuck),
  ].join('\n');
}

function processLine({ pid, state, command }: HungProcess): string {
  return `  pid ${String(pid)} (${state})  ${command}`;
}

function isIn(processes: readonly HungProcess[], pid: number): boolean {
  return processes.some((each) => each.pid === pid);
}

/** Returns the hint on processes that cannot be killed. */
export function stuckHint(node: string, stuck: readonly HungProcess[]): string {
  const pids = stuck.map(({ pid }) => String(pid));
  return (
    `find out what ${pids.length === 1 ? 'it waits' : 'they wait'} for on ${node}: ` +
    `\`cat /proc/${pids[0] ?? ''}/stack\`; the lock of ${node} stays held until they have ended`
  );
}

/** Returns the hint that tells how to wait longer for a command that hung. */
export function longerHint({ seconds }: Hung): string {
  return `to wait for it for longer: --timeout ${String(seconds * 5)}s`;
}

/** Returns the error of a read that hung, or that was ended. */
export function hungRead(node: string, script: string, hung: Hung): DiagnosticError {
  const command = hungCommand(hung) ?? script;
  const { why, stuck } = hung;
  const base = { node, command, detail: hungDetail(hung) };
  if (stuck.length > 0) {
    const summary = `${command} hangs on node ${node}, and cannot be killed`;
    return hostError({ ...base, code: 'NLH011', summary, hint: stuckHint(node, stuck) });
  }
  if (why === 'asked') {
    return hostError({ ...base, code: 'NLH010', summary: `${command} was ended on node ${node}` });
  }
  return hostError({
    ...base,
    code: 'NLH010',
    summary: `${command} hangs on node ${node}`,
    hint: `run it on ${node} to find out why; ${longerHint(hung)}`,
  });
}
