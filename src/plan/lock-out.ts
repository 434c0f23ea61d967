import { kindOf } from '../kinds/registry.ts';
import { sshSessionProbe, type SshSession } from '../kernel/probes/ssh-session.ts';
import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KindContext } from '../model/kind.ts';
import { kindWord } from '../model/resource.ts';
import type { Touch } from '../model/touch.ts';
import { lifelineOf, type Lifeline } from '../kernel/lifeline/lifeline.ts';
import { lossOf, type Moves } from '../kernel/lifeline/losses.ts';

/** The most losses of one node that are listed. */
const MOST = 10;

/** How a cut is allowed: best so that it reverts by itself. */
const ALLOWING = 'apply with `--confirm 120s`, which reverts unless it is kept; `--allow-lockout` cuts it';

interface Touched {
  readonly change: Change;
  readonly touch: Touch;
}

/**
 * Returns an error for each node whose SSH connection the plan would cut, even for a moment. What the connection
 * depends on is known from the node; where it is not, and `overSsh` or the node tells that there is one, nothing that
 * it may depend on may change.
 */
export function lockOuts(
  changes: readonly Change[],
  context: KindContext,
  overSsh: (node: string) => boolean,
): readonly Diagnostic[] {
  const byNode = new Map<string, Touched[]>();
  for (const change of changes) {
    for (const touch of touchesOf(change, context)) {
      const known = byNode.get(change.node) ?? [];
      known.push({ change, touch });
      byNode.set(change.node, known);
    }
  }
  return [...byNode].flatMap(([node, touched]) => {
    const line = lifelineOf(context.view(node));
    if (line !== undefined) return refused(node, line, touched);
    const isOverSsh = overSsh(node) || context.view(node)?.get(sshSessionProbe) !== undefined;
    return isOverSsh ? refusedUnknown(node, touched, context) : [];
  });
}

/** Returns what a change does to the node's own network: the links that vanish, and what its kind tells. */
function touchesOf(change: Change, context: KindContext): readonly Touch[] {
  const { kind, action, observed } = change;
  const of = kindOf(kind);
  // A borrowed object is never deleted.
  const isGone = (action === 'delete' || action === 'replace') && of.foreign !== 'borrowed';
  const links = isGone && observed ? (of.providedLinks?.(observed) ?? []) : [];
  return [
    ...links.filter(({ netns }) => netns === null).map(({ name }): Touch => ({ takes: 'link', device: name })),
    ...(change.netns === null ? (of.touches?.(change, context) ?? []) : []),
  ];
}

function movesOf(touched: readonly Touched[]): Moves {
  return new Map(touched.flatMap(({ touch }) => ('moves' in touch ? [[touch.moves, touch.to] as const] : [])));
}

function refused(node: string, line: Lifeline, touched: readonly Touched[]): readonly Diagnostic[] {
  const moves = movesOf(touched);
  const losses = touched.flatMap(({ change, touch }) => {
    const what = lossOf(touch, line, moves);
    return what === undefined ? [] : [{ change, touch, what }];
  });
  const [first] = losses;
  if (first === undefined) return [];
  const ends = `${line.client} → ${line.server} port ${String(line.serverPort)}`;
  const hints = losses.flatMap(({ touch }) => ('hint' in touch ? touch.hint : undefined) ?? []);
  const lines = losses.map(({ change, what }) => `${wordsOf(change)} takes ${what}`);
  return [
    {
      code: 'NLP81',
      severity: 'error',
      summary: `the SSH connection to ${node} would be cut: ${ends} on ${line.device}`,
      detail: listed(lines),
      hint: `${hints.join('; ') || `reach ${node} by another address`}, or ${ALLOWING}`,
      ...locationOf(node, first.change),
    },
  ];
}

/** A route that another one to the same destination is preferred to is no risk for a connection that is not known. */
function refusedUnknown(node: string, touched: readonly Touched[], context: KindContext): readonly Diagnostic[] {
  const risks = touched.filter(({ touch }) => !('diverts' in touch) || touch.last !== true);
  const [first] = risks;
  if (first === undefined) return [];
  const session = context.view(node)?.get(sshSessionProbe);
  const why = whyUnknown(session);
  return [
    {
      code: 'NLP82',
      severity: 'error',
      summary: `the SSH connection to ${node} is not known, and the plan changes what it may depend on: ${why}`,
      detail: listed([...new Set(risks.map(({ change }) => wordsOf(change)))]),
      hint: `${session?.ended ? NEW_SESSION : 'log in as root, so that SSH_CONNECTION is set there'}, or ${ALLOWING}`,
      ...locationOf(node, first.change),
    },
  ];
}

const NEW_SESSION = 'run it in a shell of the present session, not in one that has outlived its own (tmux, screen)';

function whyUnknown(session: SshSession | undefined): string {
  if (session === undefined) return 'the node does not tell it';
  const { client, clientPort, server } = session;
  return session.ended
    ? `the one from ${client} port ${String(clientPort)}, which SSH_CONNECTION names, has ended`
    : `${server} is no address of the node's own namespace`;
}

function wordsOf({ action, kind, name }: Change): string {
  return `${action} ${kindWord(kind)} ${name}`;
}

function listed(lines: readonly string[]): string {
  const more = lines.length > MOST ? [`and ${String(lines.length - MOST)} more`] : [];
  return [...lines.slice(0, MOST), ...more].join('\n');
}

function locationOf(node: string, { origin, desired }: Change): Pick<Diagnostic, 'place' | 'range'> {
  const range = origin?.range ?? desired?.origin.range;
  return { place: { node }, ...(range && { range }) };
}
