import type { Reverted } from '../../hosts/window/window.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ConfirmWindow } from '../../model/host.ts';
import { commandLine, fileWord } from '../../model/command-line.ts';
import { escapeControls } from '../../topology/show.ts';
import type { Outcome } from '../../verify/probe.ts';
import type { NodeEnd } from './node-end.ts';

type Ended = Pick<NodeEnd, 'node' | 'report'>;

const WHY: Readonly<Record<string, string>> = {
  timeout: 'nobody confirmed it in time',
  abandoned: 'the netloom that applied it has ended',
  revert: 'it was asked for',
};

function reason(why: string): string {
  return WHY[why] ?? 'its reason is not known';
}

/** Returns what was printed on a node, a line each: it is whatever stands there. */
function linesOf({ differences, log }: Pick<Reverted, 'differences' | 'log'>): string {
  return [...differences, ...log].map(escapeControls).join('\n');
}

/** Returns the error that tells of a revert. */
export function revertedNow({ node, report }: Ended): Diagnostic {
  return {
    code: 'NLA33',
    severity: 'error',
    summary: `the changes on ${node} were reverted: ${reason(report?.why ?? '')}`,
    ...(report?.equal === true && { detail: `${node} is as it was before.` }),
    place: { node },
    hint: 'look at the plan again; with a longer --confirm there is more time',
  };
}

/** Returns the error for a node that is not as before after a revert. */
export function stillDiffers({ node, report }: Ended): readonly Diagnostic[] {
  if (!report || report.equal) return [];
  return [
    {
      code: 'NLA34',
      severity: 'error',
      summary: `${node} is not as it was before the apply`,
      detail: linesOf(report),
      place: { node },
      hint: 'what others changed meanwhile stays; for the rest, apply the former file again',
    },
  ];
}

/**
 * Returns the error for an apply that some nodes have kept and others reverted; none if all have done the same.
 * @param unknown nodes that could not be told
 */
export function partlyKept(
  kept: readonly string[],
  reverted: readonly string[],
  unknown: readonly string[] = [],
): readonly Diagnostic[] {
  const lists = [
    ['Kept', kept],
    ['Reverted', reverted],
    ['Not told', unknown],
  ] as const;
  const filled = lists.filter(([, nodes]) => nodes.length > 0);
  if (filled.length < 2) return [];
  return [
    {
      code: 'NLA35',
      severity: 'error',
      summary: 'the apply was not kept or reverted on all nodes alike',
      detail: filled.map(([what, nodes]) => `${what}: ${nodes.join(', ')}`).join('\n'),
      hint: 'apply again, the new file or the former one, so that all nodes have the same',
    },
  ];
}

/** Returns the warning about a revert that nobody was there to see. */
export function revertedEarlier({ node, report }: Ended): readonly Diagnostic[] {
  if (!report) return [];
  const topology = escapeControls(report.topology);
  const summary = `an apply of ${topology} was reverted on ${node}: ${reason(report.why)}`;
  if (report.equal) {
    return [{ code: 'NLA37', severity: 'warning', summary, detail: `${node} was then as before.`, place: { node } }];
  }
  return [
    {
      code: 'NLA38',
      severity: 'warning',
      summary: `${summary}; it did not become as it was before`,
      detail: linesOf(report),
      place: { node },
      hint: 'what others changed meanwhile stays; for the rest, apply the former file again',
    },
  ];
}

/** Returns the error for a node that could not be told the decision. */
export function undecided(node: string, why: readonly Diagnostic[]): Diagnostic {
  return {
    code: 'NLA39',
    severity: 'error',
    summary: `${node} was not told the decision: ${why[0]?.summary ?? 'it does not answer'}`,
    detail: 'It reverts by itself when the time is over.',
    place: { node },
    hint: 'over another connection the command confirm keeps the changes, and the command revert reverts them now',
  };
}

/** Returns the error for a node on which an apply waits to be confirmed. */
export function waitsToBeConfirmed(node: string, window: ConfirmWindow | undefined): Diagnostic {
  const { topology = 'a topology', left = 0, dead = false } = window ?? {};
  return {
    code: 'NLA30',
    severity: 'error',
    summary: `an apply of ${escapeControls(topology)} waits to be confirmed on ${node}`,
    detail: dead
      ? 'Its timer has ended, so nothing reverts it by itself.'
      : `It will be reverted in ${String(left)} s. Until then no other change is made on the node.`,
    place: { node },
    hint:
      'the command confirm keeps it, the command revert reverts it now, each with the file of ' +
      escapeControls(topology),
  };
}

/** Returns the error for a deletion that cannot be reverted. */
export function irreversible(node: string, address: string): Diagnostic {
  return {
    code: 'NLA31',
    severity: 'error',
    summary: `${address} would be deleted, and it is not netloom's: a revert cannot create it again`,
    place: { node },
    hint: 'apply without --confirm, or delete it by hand first',
  };
}

/** Returns the error for a node that cannot revert by itself. */
export function notArmed(node: string, why: string): Diagnostic {
  return {
    code: 'NLA32',
    severity: 'error',
    summary: `${node} cannot revert by itself: ${why.split('\n', 1)[0] ?? ''}`,
    detail: 'Nothing more was changed.',
    place: { node },
    hint: `look at /run/netloom/.confirm on ${node}, and whether /run has space: \`df -h /run\``,
  };
}

/** Returns the error for an apply that cannot be kept yet. */
export function tooEarly(node: string, file: string): Diagnostic {
  return {
    code: 'NLA16',
    severity: 'error',
    summary: `the apply still runs on ${node}: it cannot be kept yet`,
    detail: 'Nothing was decided.',
    place: { node },
    hint: `when it has ended: \`${commandLine('confirm', fileWord(file))}\``,
  };
}

/** Returns the error for a decision about nothing. */
export function nothingWaits(file: string, topology: string): Diagnostic {
  return {
    code: 'NLA36',
    severity: 'error',
    summary: `no apply of ${topology} waits to be confirmed on its nodes`,
    detail: 'It was kept or reverted before, or it was applied without --confirm.',
    hint: `what the nodes have now: \`${commandLine('plan', fileWord(file))}\``,
  };
}

/** The most expectations that are listed. */
const MOST_UNMET = 10;

/** Returns the error that expectations which were met before an apply are not met after it. */
export function unmet(outcomes: readonly Outcome[]): Diagnostic {
  const lines = outcomes.slice(0, MOST_UNMET).map(({ probe, detail }) => {
    const port = probe.port === undefined ? '' : ` ${String(probe.port)}`;
    return escapeControls(`${probe.from} → ${probe.to} ${probe.protocol}${port}: ${detail}`);
  });
  const what = outcomes.length === 1 ? 'an expectation' : `${String(outcomes.length)} expectations`;
  return {
    code: 'NLA15',
    severity: 'error',
    summary: `${what} of the file, met before the apply, not after it`,
    detail: lines.join('\n'),
    hint: 'the apply is reverted; change the file, or its `expect` if this is what you want',
  };
}
