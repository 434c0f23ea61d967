import type { Network } from '../network.ts';
import { Oracle } from './oracle.ts';
import type { Question } from './oracle.ts';
import { markOf } from './stations.ts';
import type { Stations } from './stations.ts';

/** The requests that every member sends to every target. */
export const ASKED: readonly (Pick<Question, 'protocol' | 'port'> & { bytes?: number; isHeard?: boolean })[] = [
  { protocol: 'icmp', port: 8 },
  { protocol: 'tcp', port: 22 },
  { protocol: 'tcp', port: 23 },
  { protocol: 'udp', port: 5001 },
  { protocol: 'udp', port: 5002 },
  // Larger than a frame: only the first fragment has ports.
  { protocol: 'udp', port: 5001, bytes: 4000 },
  { protocol: 'udp', port: 5002, bytes: 4000 },
  // No listener: the answer is an ICMP error.
  { protocol: 'udp', port: 5003, isHeard: false },
];

/** A member to send requests to, and the address to use. */
export interface Target {
  readonly to: string;
  readonly address: string;
}

let nextMark = 20_000;

/**
 * Sends every request from every member to all its targets. Returns the results that contradict the security groups,
 * one line each (none is the right result), and the count of each result.
 */
export async function matrix(
  network: Network,
  stations: Stations,
  { outside, targetsOf }: { readonly outside: string; readonly targetsOf: (from: string) => readonly Target[] },
): Promise<{ readonly wrong: readonly string[]; readonly fates: Readonly<Record<string, number>> }> {
  const oracle = new Oracle(network.doc, outside);
  const askers = [...Object.keys(network.doc.instances ?? {}), 'outside'];
  const before = await stations.arrived();
  const rounds = askers.map(async (from) => {
    const questions = targetsOf(from).flatMap((target) =>
      ASKED.map(({ protocol, port, bytes = 0, isHeard = true }) => {
        const question: Question = { from, to: target.to, protocol, port, sourcePort: nextMark };
        return { ...target, mark: nextMark++, question, bytes, isHeard, fate: oracle.fate(question, isHeard) };
      }),
    );
    const requests = questions.map(({ mark, address, bytes, fate, question: { protocol, port } }) => ({
      ...{ mark, protocol, address, port, bytes },
      isExpected: fate === 'answered',
    }));
    const answers = await stations.ask(from, requests);
    // What is answered is repeated until it is. Of the others that should arrive, a switch under load may lose one.
    const arrived = await stations.arrived();
    const isLost = ({ fate, mark, question }: (typeof questions)[number]): boolean =>
      fate === 'unanswered' &&
      answers.get(mark) === undefined &&
      arrived.get(question.to)?.has(markOf({ protocol: question.protocol, mark })) !== true;
    const lost = new Set(questions.filter(isLost).map(({ mark }) => mark));
    const repeated = requests.filter(({ mark }) => lost.has(mark));
    const again = repeated.length > 0 ? await stations.ask(from, repeated) : undefined;
    return questions.map((asked) => ({ ...asked, answer: answers.get(asked.mark) ?? again?.get(asked.mark) }));
  });
  const all = (await Promise.all(rounds)).flat();
  const after = await stations.arrived();
  const fates: Record<string, number> = {};
  const wrong = all.flatMap(({ mark, question, address, bytes, isHeard, fate, answer }) => {
    fates[fate] = (fates[fate] ?? 0) + 1;
    const expected = fate === 'answered' ? (isHeard ? 'answered' : 'refused') : undefined;
    const known = markOf({ protocol: question.protocol, mark });
    const hasArrived = after.get(question.to)?.has(known) === true && before.get(question.to)?.has(known) === false;
    // A router may change the source port of a TCP connection, which is its mark, so only its answer is checked.
    const isMarked = question.protocol !== 'tcp' || question.to !== 'outside';
    if (answer === expected && (!isMarked || hasArrived === (fate !== 'stopped'))) return [];
    const { from, to, protocol, port } = question;
    const what = `${from} → ${to} (${address}) ${protocol} ${String(port)}${bytes > 0 ? ', in parts' : ''}`;
    return [
      `${what}: ${fate} by the groups, but ${hasArrived ? 'arrived' : 'did not arrive'}, ${answer ?? 'no answer'}`,
    ];
  });
  return { wrong, fates };
}
