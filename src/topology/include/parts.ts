import type { Diagnostic, RelatedLocation } from '../../model/diagnostic.ts';
import type { SourceRange } from '../../model/position.ts';
import { validateShape } from '../schema/validate.ts';
import { escapeControls, show } from '../show.ts';
import { refusalDiagnostic } from './folder.ts';
import type { Folder, Refusal } from './folder.ts';
import { parsePart } from './part.ts';
import type { Part } from './part.ts';
import { readNamed } from './path.ts';
import { decodeUtf8, LARGEST_TOPOLOGY } from './text.ts';

/** The most files from the main one to the innermost, both counted. */
const DEEPEST = 8;

/** Errors print lines of an included file: a topology must not be able to print a `.env` file or a key beside it. */
const TOPOLOGY_FILE = /\.(ya?ml|json)$/i;

/** The files of a topology in the order in which they are merged: each is followed by those that it includes. */
export interface Parts {
  readonly parts: readonly Part[];
  /** The texts of the included files in the same order, also of those that cannot be parsed, by name in diagnostics. */
  readonly texts: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** False if a file is missing: references to its entries cannot be checked. */
  readonly complete: boolean;
}

interface Walk {
  readonly folder: Folder | undefined;
  readonly parts: Part[];
  readonly texts: Map<string, string>;
  readonly diagnostics: Diagnostic[];
  /** The entry that included each file, by the file's identity. */
  readonly included: Map<string, SourceRange | undefined>;
  complete: boolean;
}

interface Open {
  readonly part: Part;
  readonly identity: string;
}

/** Reads all files that the main file of a topology includes. */
export function collectParts(main: Part, folder: Folder | undefined): Parts {
  const walk: Walk = { folder, parts: [], texts: new Map(), diagnostics: [], included: new Map(), complete: true };
  visit(walk, [{ part: main, identity: folder?.main.identity ?? main.path }]);
  return walk;
}

/** Visits the last of `open`, the files from the main one down to it. */
function visit(walk: Walk, open: readonly Open[]): void {
  const part = open.at(-1)?.part;
  if (part === undefined) return;
  walk.parts.push(part);
  const include = part.root['include'];
  if (include === undefined) return;
  const violations = validateShape({ include }, part.locate).filter(({ path }) => path[0] === 'include');
  if (violations.length > 0) {
    walk.diagnostics.push(...violations.map(({ diagnostic }) => diagnostic));
    walk.complete = false;
  }
  if (!Array.isArray(include)) return;
  for (const [index, named] of include.entries()) {
    if (violations.some(({ path }) => path[1] === index) || typeof named !== 'string') continue;
    visitNamed(walk, open, part, named, part.locate(['include', index]));
  }
}

function visitNamed(
  walk: Walk,
  open: readonly Open[],
  from: Part,
  named: string,
  range: SourceRange | undefined,
): void {
  const refuse = (refusal: Refusal, related?: RelatedLocation): void => {
    walk.complete = false;
    walk.diagnostics.push(refusalDiagnostic(refusal, range, related));
  };
  const {
    content,
    refusal,
    path = named,
  } = readNamed({
    folder: walk.folder,
    from: from.path,
    named,
    largest: LARGEST_TOPOLOGY,
  });
  if (refusal !== undefined) {
    refuse(refusal);
    return;
  }
  const { identity, bytes } = content;
  const file = walk.folder?.nameOf(path) ?? path;
  if (![path, identity].every((each) => TOPOLOGY_FILE.test(each))) {
    const hint = 'the name of an included file, also behind a symbolic link, ends with .yaml, .yml or .json';
    refuse({ code: 'NL023', summary: `${show(file)} is not named as a topology file`, hint });
    return;
  }
  const circle = open.findIndex((one) => one.identity === identity);
  if (circle >= 0) {
    const names = [...open.slice(circle).map((one) => one.part.file), open[circle]?.part.file ?? ''];
    const summary = `files include each other: ${escapeControls(names.join(' → '))}`;
    refuse({ code: 'NL009', summary, hint: 'leave one of these includes out' });
    return;
  }
  if (walk.included.has(identity)) {
    const first = walk.included.get(identity);
    const related = first && { message: 'first here', range: first };
    refuse({ code: 'NL009', summary: `${show(file)} is included twice`, hint: 'leave one out' }, related);
    return;
  }
  if (open.length >= DEEPEST) {
    const summary = `includes are nested more than ${String(DEEPEST)} files deep`;
    refuse({ code: 'NL008', summary, hint: 'include the file in the main file' });
    return;
  }
  walk.included.set(identity, range);
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    refuse({ code: 'NL004', summary: `${show(file)} is not UTF-8 text`, hint: 'save it as UTF-8' });
    return;
  }
  walk.texts.set(file, text);
  const { part, diagnostics } = parsePart({ path, file, text }, 'included');
  walk.diagnostics.push(...diagnostics);
  if (part === undefined) walk.complete = false;
  else visit(walk, [...open, { part, identity }]);
}
