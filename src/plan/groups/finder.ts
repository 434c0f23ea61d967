import { valueOf } from '../../diff/by-location.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Address, Netns, Origin } from '../../model/resource.ts';
import { pathsAbove, type Subject } from '../../model/subject.ts';

/** The part of an id in the name of an object: `47ea73d7-2d` in `tap47ea73d7-2d`. At least ten characters. */
const ID_PARTS = /[0-9a-f]{8}-[0-9a-f][0-9a-f-]*/g;
const SHORTEST = 10;
/** The part of an id in a comment of Neutron, without its first character. */
const CUT_ID = /(?<![0-9a-f])[0-9a-f]{7}-[0-9a-f]/;

/** Finds the subject that an object of a node comes from. */
export class SubjectFinder {
  readonly #graph: DesiredGraph;
  readonly #byPath: ReadonlyMap<string, Subject>;
  /** Results for the origins of objects, which have few different paths. */
  readonly #found = new Map<string, Subject | undefined>();
  /** The ids and their subjects, by the beginning of the id. */
  #byId: ReadonlyMap<string, readonly (readonly [id: string, subject: Subject])[]> | undefined;
  #byName: ReadonlyMap<string, Subject> | undefined;
  #byFormerWord: ReadonlyMap<string, Subject> | undefined;
  #byNetns: ReadonlyMap<string, ReadonlyMap<Netns, Subject>> | undefined;

  constructor(graph: DesiredGraph) {
    this.#graph = graph;
    this.#byPath = new Map(graph.subjects.map((subject) => [subject.origin.path, subject]));
  }

  /** Returns the subject of an origin: the one with its path, or with the longest path above it. */
  ofPath(path: string): Subject | undefined {
    if (this.#found.has(path)) return this.#found.get(path);
    let found: Subject | undefined;
    for (const above of pathsAbove(path)) {
      found = this.#byPath.get(above);
      if (found) break;
    }
    this.#found.set(path, found);
    return found;
  }

  /** Returns the subject of an object's origin; a nameless one, if no feature has one. */
  ofOrigin(origin: Origin): Subject {
    const known = this.ofPath(origin.path);
    if (known) return known;
    const made: Subject = { origin, type: 'object', name: origin.path, ids: [] };
    this.#found.set(origin.path, made);
    return made;
  }

  /** Returns the subject of an object of the file, also of one that is not desired. */
  ofKnown(address: Address): Subject | undefined {
    const known = this.#graph.known.get(address);
    return known && this.ofOrigin(known.origin);
  }

  /** Returns the subject that a text names by the longest part of an id. */
  ofText(text: string): Subject | undefined {
    this.#byId ??= byBeginning(this.#graph.subjects);
    let found: Subject | undefined;
    let longest = 0;
    for (const [part] of text.matchAll(ID_PARTS)) {
      if (part.length <= longest) continue;
      const isNamed = ([id]: readonly [string, Subject]): boolean => id.startsWith(part) || part.startsWith(id);
      const named = this.#byId.get(part.slice(0, SHORTEST))?.find(isNamed)?.[1];
      if (named === undefined) continue;
      found = named;
      longest = part.length;
    }
    return found;
  }

  /** Returns the subject that a line names, if all ids in it are of one subject; `none`, if it has no id. */
  ofLine(line: string): Subject | 'none' | undefined {
    const named = new Set(Array.from(line.matchAll(ID_PARTS), ([part]) => this.ofText(part)));
    if (CUT_ID.test(line)) return undefined;
    if (named.size === 0) return this.#removedIn(line) ?? 'none';
    return named.size === 1 ? [...named][0] : undefined;
  }

  /** Returns the subject that the file no longer has, and that had this word: an address. */
  ofRemoved(word: string): Subject | undefined {
    this.#byFormerWord ??= new Map(
      this.#graph.subjects.flatMap((one) => (one.removed?.words ?? []).map((each) => [each, one] as const)),
    );
    return this.#byFormerWord.get(word);
  }

  #removedIn(line: string): Subject | undefined {
    for (const word of [line, ...line.split(' ')]) {
      const subject = this.ofRemoved(word);
      if (subject) return subject;
    }
    return undefined;
  }

  /** Returns the subject of a namespace. */
  ofNetns(node: string, netns: Netns): Subject | undefined {
    if (netns === null) return undefined;
    this.#byNetns ??= this.#namespaces();
    return this.#byNetns.get(node)?.get(netns);
  }

  /** Returns the subject of this name on a node: a NIC that the file has, and that no bridge needs any more. */
  ofName(node: string, name: string): Subject | undefined {
    this.#byName ??= new Map(this.#graph.subjects.toReversed().map((one) => [`${one.node ?? ''} ${one.name}`, one]));
    return this.#byName.get(`${node} ${name}`);
  }

  /** Returns the subject that stands for the removal of everything from a node. */
  ofAbsentNode(node: string): Subject | undefined {
    return this.#graph.subjects.find(({ absentNode }) => absentNode === node);
  }

  #namespaces(): ReadonlyMap<string, ReadonlyMap<Netns, Subject>> {
    const nodes = new Map<string, Map<Netns, Subject>>();
    for (const { node, netns, origin } of this.#graph.known.values()) {
      const subjects = valueOf(nodes, node, () => new Map<Netns, Subject>());
      if (netns === null || subjects.has(netns)) continue;
      const subject = this.ofPath(origin.path);
      if (subject) subjects.set(netns, subject);
    }
    return nodes;
  }
}

function byBeginning(subjects: readonly Subject[]): ReadonlyMap<string, readonly (readonly [string, Subject])[]> {
  const found = new Map<string, (readonly [string, Subject])[]>();
  for (const subject of subjects) {
    for (const id of subject.ids) valueOf(found, id.slice(0, SHORTEST), () => []).push([id, subject]);
  }
  return found;
}
