import type { Diagnostic } from '../model/diagnostic.ts';
import type { Disturbance, Observed } from '../model/resource.ts';
import { valueOf } from './by-location.ts';

/** Of each namespace at most this many objects are named. */
const NAMED = 20;
/** Characters of a line about an object: its text is foreign. */
const LENGTH = 200;

/** Returns a warning for each namespace that holds such foreign objects. */
export function foreignWarnings(foreign: readonly Observed[]): readonly Diagnostic[] {
  const byNamespace = new Map<string, Observed[]>();
  for (const object of foreign) {
    const key = `${object.node}/${object.netns ?? ''}`;
    valueOf(byNamespace, key, () => []).push(object);
  }
  return [...byNamespace.values()].flatMap((objects) => {
    const [first] = objects;
    return first ? [warning(first, objects)] : [];
  });
}

function warning({ node, netns }: Observed, objects: readonly Observed[]): Diagnostic {
  const lines = objects.flatMap(({ disturbs }) => (disturbs ? [lineOf(disturbs)] : []));
  const more = lines.length - NAMED;
  const count = lines.length === 1 ? 'a foreign object' : `${String(lines.length)} foreign objects`;
  const isOurs = netns !== null;
  return {
    code: 'NLP40',
    severity: 'warning',
    summary: isOurs
      ? `${count} in ${netns} on ${node} can disturb its traffic`
      : `${count} on ${node} can disturb traffic`,
    detail: [...lines.slice(0, NAMED), ...(more > 0 ? [`and ${String(more)} more`] : [])].join('\n'),
    place: { node, ...(isOurs && { netns }) },
    hint: isOurs ? `\`apply --heal-foreign\` deletes ${objects.length === 1 ? 'it' : 'them'}` : byHand(node, objects),
  };
}

/** Says how to delete objects of a node, which netloom leaves alone. */
function byHand(node: string, objects: readonly Observed[]): string {
  const commands = objects.flatMap(({ disturbs }) => disturbs?.command ?? []);
  if (commands.length === 0) return 'netloom deletes nothing foreign on a node itself; delete it by hand';
  return `if that is not intended, on ${node}: ${commands.slice(0, NAMED).map(clean).join('; ')}`;
}

/** Returns one line: foreign text can neither end it nor make it long. */
function lineOf({ what, why }: Disturbance): string {
  const line = clean(`${what}: ${why}`);
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1)}…` : line;
}

function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');
}
