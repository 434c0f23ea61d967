import { kindNamed } from '../kinds/registry.ts';
import type { NodeFacts } from '../model/kind.ts';
import type { KindName, Observed, Owner } from '../model/resource.ts';
import type { NamespaceTables, NodeState, State } from '../model/state.ts';
import { checksumOf } from './checksum.ts';
import { STATE_VERSION } from './encode.ts';

/** Why a text is no state that can be used. */
export class UnusableState extends Error {}

/** Returns true if a text claims to be a document of this type with a checksum: no topology is one. */
export function isDocument(text: string, type: string): boolean {
  return /^\s*\{/.test(text) && new RegExp(`"type"\\s*:\\s*"${type}"`).test(text) && /"checksum"\s*:/.test(text);
}

/** Returns true if a text claims to be a recorded state. */
export function isState(text: string): boolean {
  return isDocument(text, 'state');
}

/**
 * Returns the state that a text holds. Its checksum covers all of it, so a state that was cut off or edited is refused,
 * and none of its parts is checked one by one. @throws UnusableState
 */
export function decodeState(text: string): State {
  const { topology, nodes } = documentBody(text, STATE_VERSION);
  const states = Object.entries(nodes as Readonly<Record<string, RecordedNode>>);
  return {
    topology: String(topology),
    nodes: new Map(states.map(([name, recorded]): [string, NodeState] => [name, read(name, recorded)])),
  };
}

/**
 * Returns a document without its checksum, which covers all the rest. @param version the one that this netloom writes
 * @throws UnusableState if it was cut off or edited, or has another format
 */
export function documentBody(text: string, version: string): Readonly<Record<string, unknown>> {
  const { checksum, ...body } = parsed(text);
  const { format_version: its } = body;
  if (typeof its !== 'string' || its.split('.')[0] !== version.split('.')[0]) {
    throw new UnusableState(`its format is ${JSON.stringify(its)}, and this netloom reads ${version}`);
  }
  if (checksum !== checksumOf(body)) throw new UnusableState('its checksum is wrong: it was cut off or edited');
  return body;
}

interface RecordedNode {
  readonly objects: readonly Recording[];
  readonly facts: Readonly<Record<string, NodeFacts>>;
  /** Since version 1.1. */
  readonly tables?: readonly NamespaceTables[];
}

/** An object as `recordedObject` writes it: the kind is a word, and the node is that of the list. */
export interface Recording {
  readonly netns: string | null;
  readonly kind: string;
  readonly name: string;
  readonly owner: Owner;
  readonly spec: unknown;
}

function read(node: string, { objects, facts, tables }: RecordedNode): NodeState {
  return {
    facts: new Map(Object.entries(facts).map(([word, known]) => [kindOfWord(word), known])),
    objects: objects.map((object) => readObject(node, object)),
    ...(tables && { tables }),
  };
}

/** Returns an object of a node as it was recorded. @throws UnusableState if no kind has that name */
export function readObject(node: string, object: Recording): Observed {
  return { node, ...object, kind: kindOfWord(object.kind) };
}

function kindOfWord(word: string): KindName {
  const kind = kindNamed(word);
  if (kind === undefined) throw new UnusableState(`this netloom does not know its objects of the kind ${word}`);
  return kind;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw new UnusableState('it is no JSON: it was cut off or edited');
  }
  throw new UnusableState('it is no JSON object');
}
