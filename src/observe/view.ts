import { ownerOfLink } from '../kernel/links/owner.ts';
import { ipProbe, linkOf } from '../kernel/probes/ip.ts';
import type { CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import { parserFor } from './parsed.ts';
import { sameViews } from './same.ts';
import { canBeOurs, parseMark, type Mark } from '../model/mark.ts';
import type { Get, NamespaceView, NodeView, Probe, ReadCost } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';

/** The output of the probes at one location. */
class Texts {
  readonly node: string;
  readonly netns: Netns;
  readonly parser: ReturnType<typeof parserFor>;
  readonly output = new Map<string, string>();
  /** What the commands of a probe wrote to stderr. */
  readonly stderr = new Map<string, string>();

  constructor(node: string, netns: Netns, parser: ReturnType<typeof parserFor>) {
    this.node = node;
    this.netns = netns;
    this.parser = parser;
  }
}

/** `others`: what else a witness may ask: the probes of the node, as they were read last. */
function reader(texts: Texts, others?: { readonly get: Get }): Get {
  const parsed = new Map<string, unknown>();
  const get = <T>(probe: Probe<T>): T | undefined => {
    const text = texts.output.get(probe.id);
    if (text === undefined) return undefined;
    if (!parsed.has(probe.id)) {
      const value = parse(texts, probe, text);
      parsed.set(probe.id, value);
      const missing = probe.witness?.missing(value, (other) => get(other) ?? others?.get(other)) ?? [];
      if (missing.length > 0) throw contradiction(texts, probe, missing);
    }
    return parsed.get(probe.id) as T;
  };
  return get;
}

function parse<T>(texts: Texts, probe: Probe<T>, text: string): T {
  try {
    return texts.parser(probe, text);
  } catch (error) {
    const summary = `${probe.id} did not print a whole answer on ${texts.node}`;
    const why = error instanceof Error ? error.message : String(error);
    throw failure('NLO02', summary, texts, probe, [why, printedBy(text)]);
  }
}

/** The kernel lists objects that a program's output lacks. */
function contradiction(texts: Texts, probe: Probe<unknown>, missing: readonly string[]): DiagnosticError {
  const shown = missing.slice(0, 5).join(', ') + (missing.length > 5 ? `, and ${missing.length - 5} more` : '');
  const summary = `${probe.id} did not print everything that exists on ${texts.node}`;
  return failure('NLO05', summary, texts, probe, [`The kernel has ${shown}.`]);
}

function printedBy(text: string): string {
  const printed = text.trim();
  if (printed === '') return 'It printed nothing.';
  return `It printed: ${printed.slice(0, 200)}${printed.length > 200 ? '…' : ''}`;
}

/** Returns the command of a probe, for errors. */
function commandOf(probe: Probe<unknown> | undefined): string | undefined {
  if (probe === undefined) return undefined;
  if (probe.scope === 'node') return probe.command;
  return 'attempts' in probe.read ? probe.read.attempts[0]?.[0]?.join(' ') : undefined;
}

/** The most characters of stderr in an error. */
const STDERR_LIMIT = 1000;

function failure(
  code: CodeOf<'NLO'>,
  summary: string,
  { node, netns, stderr }: Pick<Texts, 'node' | 'netns' | 'stderr'>,
  probe: Probe<unknown> | undefined,
  details: readonly string[],
): DiagnosticError {
  const errors = stderr.get(probe?.id ?? '')?.trim() ?? '';
  const command = commandOf(probe);
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    summary,
    detail: [...details, errors.slice(0, STDERR_LIMIT)].filter((line) => line !== '').join('\n'),
    place: { node, ...(netns !== null && { netns }), ...(command !== undefined && { command }) },
    hint:
      command === undefined ? 'run `netloom doctor` on the node' : 'run the command on the node, or `netloom doctor`',
  };
  return new DiagnosticError([diagnostic]);
}

/** Returns the output of the programs that look for a missing probe: it failed, and said why. */
function probeFailure(texts: Texts, id: string, why: string, probe: Probe<unknown> | undefined): DiagnosticError {
  // A failed shell has no probe of its own, but an error.
  const known = probe ?? { id, scope: 'node', script: '', parse: () => undefined };
  return failure('NLO01', `${id} failed on ${texts.node}`, texts, known, [why]);
}

/** Returns a namespace's mark: the alias of its `lo`, if it has a name of ours. */
function markOf(netns: Netns, get: NamespaceView['get']): Mark | undefined {
  return canBeOurs(netns) ? parseMark(linkOf(get(ipProbe), 'lo')?.ifalias) : undefined;
}

/**
 * Restores lost marks in a view: a namespace with a desired name, without a mark, but with a link of ours in it, can
 * only be ours, and owes its mark. One whose name is not desired stays foreign, whatever it holds.
 */
export function withLostMarks(view: NodeView, topology: string, isDesired: (netns: string) => boolean): NodeView {
  const found = (namespace: NamespaceView): Mark | undefined => {
    const { netns, mark, get } = namespace;
    if (mark !== undefined || netns === null || netns.startsWith('/') || !isDesired(netns)) return mark;
    const holdsOurs = get(ipProbe)?.links.some((link) => ownerOfLink(link, topology) === 'ours') ?? false;
    return holdsOurs ? { topology, tokens: ['mark'] } : undefined;
  };
  const marked = (namespace: NamespaceView): NamespaceView => {
    const mark = found(namespace);
    // What is as it was keeps its identity, by which it is known (kernel/probes/once.ts).
    return mark === namespace.mark ? namespace : { ...namespace, mark };
  };
  return { ...view, namespaces: view.namespaces.map(marked) };
}

/** Which namespaces of a node were to be read, and what was read of all before. */
export interface Part {
  readonly of: NodeView;
  readonly namespaces: ReadonlySet<Netns>;
}

/**
 * Parses the output of a node's read script into a view: of a part of the node, if only that was to be read. Throws a
 * DiagnosticError if a probe failed or a program is missing.
 */
export function parseView(
  node: string,
  nonce: string,
  text: string,
  probes: readonly Probe<unknown>[] = [],
  part?: Part,
): NodeView {
  const parser = parserFor(node, part !== undefined);
  const readsNode = part?.namespaces.has(null) ?? true;
  const own = new Texts(node, null, parser);
  const namespaces = new Map<string, Texts>();
  const names: string[] = [];
  const lacking: string[] = [];
  const dead = new Set<string>();
  const unfinished = new Set<string>();
  const vanished = new Set<string>();
  const ended = new Set<string | null>();
  let texts = own;
  let netns: Netns = null;
  let cost: ReadCost | undefined;
  let began: number | undefined;
  let digest: string | undefined;
  // Split at the marks alone: a node with a hundred instances prints some ten thousand lines.
  for (const part of `\n${text}`.split(`\n@${nonce} `).slice(1)) {
    const newline = part.indexOf('\n');
    const rest = newline < 0 ? part : part.slice(0, newline);
    const space = rest.indexOf(' ');
    const word = space < 0 ? rest : rest.slice(0, space);
    const value = space < 0 ? '' : rest.slice(space + 1);
    if (word === 'probe') texts.output.set(value, newline < 0 ? '' : part.slice(newline + 1));
    else if (word === 'stderr') texts.stderr.set(value, newline < 0 ? '' : part.slice(newline + 1));
    else if (word === 'name') names.push(value);
    else if (word === 'lacks') lacking.push(value);
    else if (word === 'dead') dead.add(value);
    else if (word === 'unfinished') unfinished.add(value);
    else if (word === 'gone') vanished.add(value);
    else if (word === 'end') ended.add(value === '' ? netns : value);
    else if (word === 'stats') [cost, began] = [costOf(value, text), beganOf(value)];
    else if (word === 'digest') digest = value;
    else if (word === 'node') texts = own;
    else if (word === 'failed') {
      const [what = '', ...why] = value.split(' ');
      throw probeFailure(
        texts,
        what,
        why.join(' '),
        probes.find(({ id }) => id === what),
      );
    } else if (word === 'namespace') {
      netns = value === '' ? null : value;
      texts = new Texts(node, netns, parser);
      namespaces.set(value, texts);
    }
  }
  if (lacking.length > 0) {
    throw failure('NLO03', `node ${node} lacks ${lacking.join(', ')}`, own, undefined, [
      'netloom needs these programs to read and change a node.',
    ]);
  }
  const cut = [...(readsNode ? ['node'] : []), ...namespaces.keys()].filter(
    (name) => !ended.has(name === '' ? null : name),
  );
  const read = [namespaces, dead, unfinished, vanished];
  const missing = [...(readsNode ? [''] : []), ...names].filter((name) => !read.some((known) => known.has(name)));
  if (cut.length > 0 || missing.length > 0) {
    const what = [...cut, ...missing].map((name) => (name === '' ? 'the node’s own namespace' : name)).join(', ');
    throw failure('NLO04', `the output of reading ${node} is incomplete`, own, undefined, [`Missing: ${what}.`]);
  }
  const same = sameViews(node, part !== undefined);
  const nodeGet = readsNode ? same.own(own.output, () => reader(own)) : (part?.of.get ?? reader(own));
  const views = [...namespaces].map(([name, read]): NamespaceView => {
    const netns = name === '' ? null : name;
    return same.namespace(netns, read.output, nodeGet, (ofNode) => {
      const get = reader(read, ofNode);
      return { netns, get, mark: markOf(netns, get) };
    });
  });
  views.sort((a, b) => ((a.netns ?? '') < (b.netns ?? '') ? -1 : 1));
  return {
    node,
    namespaces: views,
    dead: [...dead].filter((name) => !name.startsWith('/')).sort(),
    unfinished: [...unfinished].sort(),
    get: nodeGet,
    ...(digest !== undefined && { digest }),
    ...(cost && { cost }),
    ...(began !== undefined && { began }),
  };
}

/** Returns when a reading began, as a line `… began=SECONDS` tells; `undefined` if it does not. */
function beganOf(line: string): number | undefined {
  const seconds = / began=([\d.]+)$/.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Returns what it took to find that a node gives the answer that is known; `undefined` if the text is an answer. */
export function sameAnswer(nonce: string, text: string): ReadCost | undefined {
  const lines = text.split('\n');
  if (!lines.includes(`@${nonce} same`) || lines.some((line) => line.startsWith(`@${nonce} lacks `))) return undefined;
  const stats = `@${nonce} stats `;
  const last = lines.find((line) => line.startsWith(stats));
  return last === undefined ? undefined : costOf(last.slice(stats.length), text);
}

/** Returns what a line `processes=N hits=N misses=N` tells. */
function costOf(line: string, text: string): ReadCost {
  const numbers = new Map(line.split(' ').map((pair) => pair.split('=', 2) as [string, string]));
  const of = (word: string): number => Number(numbers.get(word) ?? 0);
  return { processes: of('processes'), hits: of('hits'), misses: of('misses'), bytes: text.length };
}
