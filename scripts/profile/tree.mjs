/**
 * A function and what it calls. `total` and `own`: milliseconds with and without what it calls. `sort`: whose code it
 * is.
 * @typedef {{ name: string, sort: 'netloom' | 'package' | 'node', total: number, own: number, callees: Frame[] }} Frame
 */

/**
 * A profile as V8 writes it (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile).
 * @typedef {{ functionName: string, url: string, lineNumber: number }} CallFrame
 * @typedef {{ id: number, callFrame: CallFrame, children?: number[] }} ProfileNode
 * @typedef {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} Profile
 */

/**
 * Returns a profile as a tree: calls of the same function by the same caller are one frame, callees in order of time.
 * @param {Profile} profile
 * @param {string} root the folder of netloom's modules, with a slash at its end
 * @returns {Frame}
 */
export function treeOf({ nodes, samples, timeDeltas }, root) {
  /** @type {Map<number, number>} */
  const own = new Map();
  samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] ?? 0) / 1000));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @param {readonly ProfileNode[]} same @returns {Frame} */
  const frame = (same) => {
    /** @type {Map<string, ProfileNode[]>} */
    const called = new Map();
    for (const child of same.flatMap(({ children = [] }) => children.flatMap((id) => byId.get(id) ?? []))) {
      const name = nameOf(child.callFrame, root);
      called.set(name, [...(called.get(name) ?? []), child]);
    }
    const callees = [...called.values()].map(frame).sort((a, b) => b.total - a.total);
    const self = same.reduce((sum, { id }) => sum + (own.get(id) ?? 0), 0);
    const [first] = same;
    if (!first) throw new Error('a profile has a root');
    return {
      name: nameOf(first.callFrame, root),
      sort: sortOf(first.callFrame, root),
      total: callees.reduce((sum, { total }) => sum + total, self),
      own: self,
      callees,
    };
  };
  return frame(nodes.slice(0, 1));
}

/**
 * Returns the functions that took most time themselves.
 * @param {Frame} tree @param {number} count @returns {readonly { name: string, own: number }[]}
 */
export function hottest(tree, count) {
  /** @type {Map<string, number>} */
  const times = new Map();
  /** @param {Frame} frame */
  const add = ({ name, own, callees }) => {
    times.set(name, (times.get(name) ?? 0) + own);
    callees.forEach(add);
  };
  add(tree);
  return [...times]
    .map(([name, own]) => ({ name, own }))
    .sort((a, b) => b.own - a.own)
    .slice(0, count);
}

/** @param {CallFrame} frame @param {string} root */
function nameOf({ functionName, url, lineNumber }, root) {
  const file = url
    .replace('file://', '')
    .replace(root, '')
    .replace(/^.*\/node_modules\//, '');
  const name = functionName === '' ? '(anonymous)' : functionName;
  return file === '' ? name : `${name} ${file}:${lineNumber + 1}`;
}

/** @param {CallFrame} frame @param {string} root @returns {Frame['sort']} */
function sortOf({ url }, root) {
  if (url.includes(root)) return 'netloom';
  return url.includes('/node_modules/') ? 'package' : 'node';
}
