import { ipProbe, linkOf } from '../kernel/probes/ip.ts';
import type { CodeOf } from '../model/codes/registry.ts';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import { parseMark, type Mark } from '../model/mark.ts';
import type { NamespaceView, NodeView, Probe } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';

type Texts = Map<string, string>;

function reader(node: string, netns: Netns, texts: Texts): <T>(probe: Probe<T>) => T | undefined {
  const parsed = new Map<string, unknown>();
  return <T>(probe: Probe<T>): T | undefined => {
    const text = texts.get(probe.id);
    if (text === undefined) return undefined;
    if (!parsed.has(probe.id)) parsed.set(probe.id, parse(node, netns, probe, text));
    return parsed.get(probe.id) as T;
  };
}

function parse(node: string, netns: Netns, probe: Probe<unknown>, text: string): unknown {
  try {
    return probe.parse(text);
  } catch (error) {
    throw failure(
      'NLO02',
      `can't parse the output of ${probe.id} on ${node}`,
      node,
      netns,
      error instanceof Error ? error.message : String(error),
    );
  }
}

function failure(code: CodeOf<'NLO'>, summary: string, node: string, netns: Netns, detail: string): DiagnosticError {
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    summary,
    detail,
    place: { node, ...(netns !== null && { netns }) },
    hint: 'run `netloom doctor` on the node',
  };
  return new DiagnosticError([diagnostic]);
}

/** Returns a namespace's mark: the alias of its `lo`. */
function markOf(get: NamespaceView['get']): Mark | undefined {
  return parseMark(linkOf(get(ipProbe), 'lo')?.ifalias);
}

/**
 * Restores lost marks in a view: a namespace with a desired name, without a mark, but with a link of ours in it, can
 * only be ours, and owes its mark. One whose name is not desired stays foreign, whatever it holds.
 */
export function withLostMarks(view: NodeView, topology: string, isDesired: (netns: string) => boolean): NodeView {
  const found = (namespace: NamespaceView): Mark | undefined => {
    const { netns, mark, get } = namespace;
    if (mark !== undefined || netns === null || netns.startsWith('/') || !isDesired(netns)) return mark;
    const holdsOurs = get(ipProbe)?.links.some((link) => parseMark(link.ifalias)?.topology === topology) ?? false;
    return holdsOurs ? { topology, tokens: ['mark'] } : undefined;
  };
  return { ...view, namespaces: view.namespaces.map((namespace) => ({ ...namespace, mark: found(namespace) })) };
}

/**
 * Parses the output of a node's read script into a view. Throws a DiagnosticError if a probe failed or a program is
 * missing.
 */
export function parseView(node: string, nonce: string, text: string): NodeView {
  const own: Texts = new Map();
  const namespaces = new Map<string, Texts>();
  const names: string[] = [];
  const lacking: string[] = [];
  const dead = new Set<string>();
  const vanished = new Set<string>();
  const ended = new Set<string | null>();
  let texts = own;
  let netns: Netns = null;
  // Split at the marks alone: a node with a hundred instances prints some ten thousand lines.
  for (const part of `\n${text}`.split(`\n@${nonce} `).slice(1)) {
    const newline = part.indexOf('\n');
    const rest = newline < 0 ? part : part.slice(0, newline);
    const space = rest.indexOf(' ');
    const word = space < 0 ? rest : rest.slice(0, space);
    const value = space < 0 ? '' : rest.slice(space + 1);
    if (word === 'probe') texts.set(value, newline < 0 ? '' : part.slice(newline + 1));
    else if (word === 'name') names.push(value);
    else if (word === 'lacks') lacking.push(value);
    else if (word === 'dead') dead.add(value);
    else if (word === 'gone') vanished.add(value);
    else if (word === 'end') ended.add(value === '' ? netns : value);
    else if (word === 'node') texts = own;
    else if (word === 'failed') {
      const [what = '', ...why] = value.split(' ');
      throw failure('NLO01', `${what} failed on ${node}`, node, netns, why.join(' '));
    } else if (word === 'namespace') {
      netns = value === '' ? null : value;
      texts = new Map();
      namespaces.set(value, texts);
    }
  }
  if (lacking.length > 0) {
    throw failure(
      'NLO03',
      `node ${node} lacks ${lacking.join(', ')}`,
      node,
      null,
      'netloom needs these programs to read and change a node.',
    );
  }
  const cut = ['node', ...namespaces.keys()].filter((name) => !ended.has(name === '' ? null : name));
  const missing = ['', ...names].filter((name) => !namespaces.has(name) && !dead.has(name) && !vanished.has(name));
  if (cut.length > 0 || missing.length > 0) {
    const what = [...cut, ...missing].map((name) => (name === '' ? 'the node’s own namespace' : name)).join(', ');
    throw failure('NLO04', `the output of reading ${node} is incomplete`, node, null, `Missing: ${what}.`);
  }
  const views = [...namespaces].map(([name, read]): NamespaceView => {
    const netns = name === '' ? null : name;
    const get = reader(node, netns, read);
    return { netns, get, mark: markOf(get) };
  });
  views.sort((a, b) => ((a.netns ?? '') < (b.netns ?? '') ? -1 : 1));
  return {
    node,
    namespaces: views,
    dead: [...dead].filter((name) => !name.startsWith('/')).sort(),
    get: reader(node, null, own),
  };
}
