import { dropExtensions } from './schema/extensions.ts';
import { validateShape } from './schema/validate.ts';
import type { Topology } from './types.gen.ts';
import { parseYaml } from './yaml/parse.ts';

/** What of a topology says where to look: of `doc` only the name and the nodes are there. */
export interface Outline {
  readonly doc: Topology;
}

/** Nodes that fill more than this take as long to read as the nodes' answers would save. */
const LARGEST = 64 * 1024;

/**
 * The outline of a text that is yet to be read, in a hundredth of the time. It is a guess: `undefined` where it can't be made (a text in flow
 * style, an alias of an anchor elsewhere, many nodes), and before anything hangs on it, it must be compared with what the whole text says.
 */
export function outlineOf(text: string): Outline | undefined {
  const cut = `${section(text, 'name')}\n${section(text, 'nodes')}`;
  if (cut.length > LARGEST) return undefined;
  const { parsed, diagnostics } = parseYaml(cut, '');
  if (parsed === undefined || diagnostics.length > 0) return undefined;
  dropExtensions(parsed.root);
  if (validateShape(parsed.root, parsed.locate).length > 0) return undefined;
  return { doc: parsed.root as unknown as Topology };
}

/** The lines of a top-level key: its own, and what is indented, empty or a comment below it. */
function section(text: string, key: string): string {
  const first = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1;
  if (first === 0 && !text.startsWith(`${key}:`)) return '';
  let end = first;
  do {
    const newline = text.indexOf('\n', end);
    end = newline < 0 ? text.length : newline + 1;
  } while (end < text.length && end - first <= LARGEST && ' #\r\n'.includes(text.charAt(end)));
  return text.slice(first, end);
}
