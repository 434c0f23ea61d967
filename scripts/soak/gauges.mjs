import { readdirSync, readFileSync } from 'node:fs';

/**
 * What a watch uses. `readers` are its programs on the nodes.
 * @typedef {object} Gauges
 * @property {number} descriptors open file descriptors of netloom
 * @property {number} readersDescriptors and of its readers
 * @property {number} megabytes resident memory of netloom
 * @property {number} readersMegabytes and of its readers
 * @property {number} processes netloom and its readers
 * @property {number} unnamedNamespaces network namespaces of the lab that have no name in /run/netns of a node
 */

/** Returns the ids of the processes that another one has started, and those have started. @param {number} pid */
export function descendants(pid) {
  /** @type {number[]} */
  const found = [];
  /** @param {number} of */
  const add = (of) => {
    for (const child of childrenOf(of)) {
      found.push(child);
      add(child);
    }
  };
  add(pid);
  return found;
}

/** @param {number} pid @returns {number[]} */
function childrenOf(pid) {
  return read(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter((each) => each !== '')
        .map(Number),
    ),
  );
}

/** What ends while it is read has nothing. @template T @param {() => T[]} work @returns {T[]} */
function read(work) {
  try {
    return work();
  } catch {
    return [];
  }
}

/** @param {number} pid */
function descriptorsOf(pid) {
  return read(() => readdirSync(`/proc/${pid}/fd`)).length;
}

/** @param {number} pid */
function megabytesOf(pid) {
  const [status = ''] = read(() => [readFileSync(`/proc/${pid}/status`, 'utf8')]);
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Prints the network namespaces of a lab's processes, and those that a node has names for. */
export const NAMESPACES = `{ for p in /proc/[0-9]*; do readlink $p/ns/net; done | sort -u | sed 's/^/process /'
  for n in /run/netns/*; do [ ! -e $n ] || echo "name net:[$(stat -Lc %i $n)]"; done; } 2>/dev/null; true`;

/** Returns how many namespaces of processes have no name. @param {readonly string[]} outputs of each node */
export function unnamed(outputs) {
  const lines = outputs.flatMap((each) => each.split('\n'));
  const of = (/** @type {string} */ what) =>
    lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));
  const names = new Set(of('name'));
  return new Set(of('process').filter((each) => !names.has(each))).size;
}

/**
 * Measures a watch that is calm.
 * @param {number} pid @param {number} unnamedNamespaces @returns {Gauges}
 */
export function measure(pid, unnamedNamespaces) {
  const readers = descendants(pid);
  const sum = (/** @type {(pid: number) => number} */ of) => readers.reduce((total, each) => total + of(each), 0);
  return {
    descriptors: descriptorsOf(pid),
    readersDescriptors: sum(descriptorsOf),
    megabytes: megabytesOf(pid),
    readersMegabytes: sum(megabytesOf),
    processes: readers.length + 1,
    unnamedNamespaces,
  };
}
