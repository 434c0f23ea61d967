import type { Folder } from './include/folder.ts';
import { mergeParts } from './include/merge.ts';
import { parsePart } from './include/part.ts';
import type { Part } from './include/part.ts';
import { readNamed } from './include/path.ts';
import { decodeUtf8, LARGEST_TOPOLOGY } from './include/text.ts';
import { validateShape } from './schema/validate.ts';
import type { Topology } from './types.gen.ts';

/** How the nodes of a topology are reached: `doc` has only the name and the nodes. */
export interface Outline {
  /** The file's name in diagnostics. */
  readonly file: string;
  readonly doc: Topology;
}

/**
 * The largest text of the nodes, in bytes. Parsing more takes longer than an early start of reading the nodes saves.
 */
const LARGEST = 64 * 1024;

/** The most included files, for the same reason. */
const MOST_FILES = 64;

/**
 * Returns the outline of a text in a hundredth of the time that parsing takes. It is a guess; `undefined` if there is
 * none (a text in flow style, an alias of an anchor elsewhere, many nodes). The caller must compare it with the whole
 * topology before anything depends on it. Included files are read from `folder`, which keeps them for the parser.
 */
export function outlineOf(text: string, folder?: Folder): Pick<Outline, 'doc'> | undefined {
  const parts = outlinesOf(text, folder);
  if (parts === undefined) return undefined;
  const { root, locate, diagnostics } = mergeParts(parts);
  if (diagnostics.length > 0 || validateShape(root, locate).length > 0) return undefined;
  return { doc: root as unknown as Topology };
}

/** The outlines of a file and of those that it includes, in the order of the merged topology. */
function outlinesOf(text: string, folder: Folder | undefined): readonly Part[] | undefined {
  const parts: Part[] = [];
  // A stack: each file is followed by those that it includes.
  const open = [{ path: folder?.main.path ?? '', text }];
  let size = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const cut = ['name', 'nodes', 'include'].map((key) => section(next.text, key)).join('\n');
    size += cut.length;
    if (size > LARGEST || parts.length > MOST_FILES) return undefined;
    // An included file may have neither nodes nor includes.
    if (cut.trim() === '' && parts.length > 0) continue;
    const { part, diagnostics } = parsePart({ path: next.path, file: '', text: cut }, 'included');
    if (part === undefined || diagnostics.length > 0) return undefined;
    parts.push(part);
    const included = readIncluded(part, folder);
    if (included === undefined) return undefined;
    open.push(...included.reverse());
  }
  return parts;
}

function readIncluded(
  { root, path: from }: Part,
  folder: Folder | undefined,
): Pick<Part, 'path' | 'text'>[] | undefined {
  const { include = [] } = root;
  if (!Array.isArray(include)) return undefined;
  const files: Pick<Part, 'path' | 'text'>[] = [];
  for (const named of include) {
    if (typeof named !== 'string') return undefined;
    const { content, path } = readNamed({ folder, from, named, largest: LARGEST_TOPOLOGY });
    const text = content && decodeUtf8(content.bytes);
    if (path === undefined || text === undefined) return undefined;
    files.push({ path, text });
  }
  return files;
}

/** The lines of a top-level key: its own, and the indented, empty, comment and list-item lines below it. */
function section(text: string, key: string): string {
  const first = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (first === 0 && !text.startsWith(`${key}:`)) return '';
  let end = first;
  do {
    const newline = text.indexOf('\n', end);
    end = newline < 0 ? text.length : newline + 1;
  } while (end < text.length && end - first <= LARGEST && ' #-\r\n'.includes(text.charAt(end)));
  return text.slice(first, end);
}
