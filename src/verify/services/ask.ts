import { programText } from '../../programs/text.ts';
import { judge, type Answer } from './judge.ts';
import type { Ask, Sender, ServiceOutcome, ServiceProbe } from './probe.ts';

/** Runs a script on a node and returns its output. */
type ReadOn = (node: string, script: string, words: readonly string[]) => Promise<string>;

const SCRIPT = programText(new URL('./ask.sh', import.meta.url));
const PROGRAM = programText(new URL('./ask.pl', import.meta.url));

/** How the requests are repeated. */
interface AskOptions {
  /** How often a request that failed is asked again, after a pause: one lost packet is no failure. */
  readonly retries: number;
  readonly pause: () => Promise<unknown>;
}

/** Asks all services at once, one script per node, and returns the outcomes in the order of the probes. */
export async function askServices(
  probes: readonly ServiceProbe[],
  readOn: ReadOn,
  { retries, pause }: AskOptions,
): Promise<readonly ServiceOutcome[]> {
  let outcomes = await askOnce(probes, readOn);
  for (let turn = 0; turn < retries && outcomes.some(isFailed); turn += 1) {
    await pause();
    const again = outcomes.filter(isFailed).flatMap(({ probe }) => (probe.after ? [probe.after, probe] : [probe]));
    const better = new Map((await askOnce([...new Set(again)], readOn)).map((outcome) => [outcome.probe, outcome]));
    outcomes = outcomes.map((outcome) => better.get(outcome.probe) ?? outcome);
  }
  return outcomes;
}

function isFailed({ verdict }: ServiceOutcome): boolean {
  return verdict === 'failed';
}

async function askOnce(probes: readonly ServiceProbe[], readOn: ReadOn): Promise<readonly ServiceOutcome[]> {
  const answers = await answersTo(probes, readOn);
  const first = probes.map((probe, index) => outcomeOf(probe, answers[index], probes, answers));
  const silent = first.filter(({ probe, verdict }) => verdict === 'failed' && probe.otherwise !== undefined);
  const second = await answersTo(
    silent.flatMap(({ probe }) => probe.otherwise ?? []),
    readOn,
  );
  const judged = new Map(
    silent.map(({ probe }, index) => [probe, probe.otherwise && judge(probe.otherwise.ask, second[index])]),
  );
  return first.map((outcome) => ({ ...outcome, ...judged.get(outcome.probe) }));
}

/** A probe after another one tells nothing if that one got no answer to its ping. */
function outcomeOf(
  probe: ServiceProbe,
  answer: Answer,
  probes: readonly ServiceProbe[],
  answers: readonly Answer[],
): ServiceOutcome {
  const before = probe.after && answers[probes.indexOf(probe.after)];
  if (probe.after && before?.has('delivered') !== true) {
    return { probe, verdict: 'not-asked', milliseconds: undefined, detail: 'the router itself gets no answer' };
  }
  return { probe, ...judge(probe.ask, answer) };
}

/** Requests in one argument: Linux limits an argument to 128 KiB. */
const PER_ARGUMENT = 500;

interface Request {
  readonly from: Sender;
  readonly ask: Ask;
}

/** Sends requests from the namespaces of their senders; returns their answers in the same order. */
async function answersTo(requests: readonly Request[], readOn: ReadOn): Promise<readonly Answer[]> {
  const nodes = groupedBy([...requests.entries()], ([, { from }]) => from.node);
  const answers: Answer[] = requests.map(() => undefined);
  await Promise.all(
    [...nodes].map(async ([node, own]) => {
      const text = await readOn(node, SCRIPT, [PROGRAM, ...wordsOf(own)]);
      for (const line of text.split('\n')) {
        const [index = '', ...fields] = line.split('\t');
        if (/^\d+$/.test(index)) answers[Number(index)] = fieldsOf(fields);
      }
    }),
  );
  return answers;
}

function groupedBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function wordsOf(requests: readonly (readonly [number, Request])[]): readonly string[] {
  const places = groupedBy(requests, ([, { from }]) => (from.netns === null ? '' : `/run/netns/${from.netns}`));
  return [...places].flatMap(([place, own]) => {
    const lines = own.map(([index, { ask }]) => [index, ask.type, ...argumentsOf(ask)].join(' '));
    const pieces = Array.from({ length: Math.ceil(lines.length / PER_ARGUMENT) }, (_, piece) =>
      lines.slice(piece * PER_ARGUMENT, (piece + 1) * PER_ARGUMENT),
    );
    return pieces.flatMap((piece) => [place, piece.join('\n')]);
  });
}

/** The words of a request, in the order in which `ask.pl` takes them. None of these values can contain a blank. */
function argumentsOf(ask: Ask): readonly (string | number)[] {
  switch (ask.type) {
    case 'ping':
      return [ask.address, ask.device, ask.source ?? '-'];
    case 'dhcp':
      return [ask.server, ask.relay, ask.mac];
    case 'dns':
      return [ask.server, ask.name];
    case 'http':
      return [ask.address, ask.port, ask.mark];
    case 'syn':
      return [ask.device, ask.source, ask.address, ask.port, ask.mac];
    case 'translated':
      return [ask.address, ask.fixedAddress];
  }
}

function fieldsOf(fields: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    fields.map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at), field.slice(at + 1)] as const;
    }),
  );
}
