import type { Impact } from './change.ts';
import type { Observed, Origin, Resource } from './resource.ts';

/**
 * An object of the topology as people name it: `router r1 on net1`, `floating IP web-public`. A plan is told in
 * subjects; the objects of the nodes that come from one are below it. Made by the feature that represents it.
 */
export interface Subject {
  /** The objects of this origin, or of a path below it, are its own. */
  readonly origin: Origin;
  /** `router`; its plural has an `s`. */
  readonly type: string;
  readonly name: string;
  /** The node that it is on, if it is on one. */
  readonly node?: string;
  /** Describes it in a few words: `2 interfaces, gateway 203.0.113.10`. */
  readonly details?: string;
  /** The ids of which the names of its objects have a part: its own and those of its ports. */
  readonly ids: readonly string[];
  /** It is this node, and the file removes everything from it (`state: absent`). */
  readonly absentNode?: string;
  /** The file no longer has it. A line that is or has one of these words was its own: its addresses. */
  readonly removed?: { readonly words: readonly string[] };
  /** What its traffic feels of a change, where that differs from `FEELS`. */
  readonly feels?: Partial<Feels>;
  /** Describes what becomes of it by its objects that are deleted and created: `203.0.113.20 → 203.0.113.21`. */
  readonly becomes?: (deleted: readonly Observed[], created: readonly Resource[]) => string | undefined;
}

/** What traffic feels of a change with each impact, and of the deletion of a subject. */
type Feels = Readonly<Record<Impact | 'delete', string>>;

/** What traffic through a subject feels. Nothing to say of an impact that no packet notices. */
export const FEELS: Feels = {
  none: '',
  counters: 'the counters of the changed rules start at 0',
  flap: 'its traffic pauses for a moment',
  'drops-nat': 'NAT connections drop',
  recreate: 'its traffic pauses until it is recreated',
  delete: 'its traffic ends',
};

/** Returns a path of the topology, and every path above it: `a.b[0]`, `a.b`, `a`. */
export function* pathsAbove(path: string): Iterable<string> {
  for (let above = path; above !== ''; above = above.slice(0, lastPart(above))) yield above;
}

/** Returns the index of the last part of a path; 0 for a path of one part. */
function lastPart(path: string): number {
  return Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('['));
}

/** Returns a subject in words: `instance vm1 on node1`. */
export function subjectWords({ type, name, node }: Pick<Subject, 'type' | 'name' | 'node'>): string {
  return `${type} ${name}${node === undefined ? '' : ` on ${node}`}`;
}
