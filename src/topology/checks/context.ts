import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Severity } from '../../model/severity.ts';
import type { SourceRange } from '../../model/position.ts';
import type { Code } from '../../model/codes/registry.ts';
import type { Expectation, Topology } from '../types.gen.ts';
import type { Locate, Part, Path } from '../valid.ts';

/** The parts of the document that are keyed by name and can be referred to. */
export type Section =
  | 'address_scopes'
  | 'physical_networks'
  | 'nodes'
  | 'networks'
  | 'routers'
  | 'security_groups'
  | 'instances'
  | 'floating_ips'
  | 'hosts';

/** The location of a diagnostic: an entry of the document, its value unless `part` is its key. */
export interface At {
  readonly path: Path;
  readonly part?: Part;
}

/** The fields of a diagnostic beside its summary. */
export interface More {
  readonly hint?: string | undefined;
  readonly detail?: string;
  readonly related?: readonly { readonly message: string; readonly at: At }[];
  readonly severity?: Severity;
}

/**
 * The input of the semantic checks. `doc` holds only entries that match the schema: a malformed node must not keep the
 * checks from the others. A check that reports something as missing must test `whole` first.
 */
export interface CheckContext {
  readonly doc: Topology;
  /** The entries of `expect` that match the schema, with their index in the file. */
  readonly expectations: readonly { readonly index: number; readonly value: Expectation }[];
  /** The names a section has in the file, those of malformed entries included. */
  names(section: Section): readonly string[];
  /** True when a section has an entry of that name, malformed or not; also when the section itself is no mapping. */
  known(section: Section, name: string): boolean;
  /** The names of all subnets in the file. */
  readonly subnetNames: ReadonlySet<string>;
  /** False when a malformed network may have more subnets. */
  readonly allSubnets: boolean;
  /** True when nothing of the section was left out. */
  whole(section: Section): boolean;
  /** A diagnostic at an entry of the document. */
  report(code: Code, at: At, summary: string, more?: More): Diagnostic;
}

type Mapping = Readonly<Record<string, unknown>>;

/** Prepares a document for the checks. `broken` are the paths that violate the schema. */
export function makeContext(root: Mapping, locate: Locate, broken: readonly Path[]): CheckContext {
  const parts = new Map<string, Set<string | number>>();
  for (const [section, entry] of broken) {
    if (section === undefined) continue;
    const entries = parts.get(String(section)) ?? new Set();
    parts.set(String(section), entries.add(entry ?? ''));
  }
  const doc = sound(root, parts);
  return {
    doc,
    expectations: expectations(root['expect'], parts.get('expect')),
    names: (section) => Object.keys(mapping(root[section])),
    known: (section, name) => Object.hasOwn(mapping(root[section]), name) || parts.get(section)?.has('') === true,
    subnetNames: new Set(
      Object.values(mapping(root['networks'])).flatMap((network) => Object.keys(mapping(mapping(network)['subnets']))),
    ),
    allSubnets: ![...(parts.get('networks') ?? [])].some((name) => {
      return typeof mapping(mapping(root['networks'])[name])['subnets'] !== 'object';
    }),
    whole: (section) => !parts.has(section),
    report: (code, at, summary, more = {}) => diagnostic(locate, code, at, summary, more),
  };
}

/** The document without its malformed entries. */
function sound(root: Mapping, parts: ReadonlyMap<string, ReadonlySet<string | number>>): Topology {
  const doc = Object.create(null) as Record<string, unknown>;
  for (const [section, value] of Object.entries(root)) {
    const bad = parts.get(section);
    // An empty entry name means the section itself: it has the wrong type, or it is an invalid name or release.
    if (bad?.has('') === true || section === 'expect') continue;
    if (bad === undefined) {
      doc[section] = value;
      continue;
    }
    const kept = Object.create(null) as Record<string, unknown>;
    for (const [name, entry] of Object.entries(mapping(value))) if (!bad.has(name)) kept[name] = entry;
    doc[section] = kept;
  }
  return doc as unknown as Topology;
}

function expectations(value: unknown, bad: ReadonlySet<string | number> | undefined): CheckContext['expectations'] {
  if (!Array.isArray(value)) return [];
  const all = (value as Expectation[]).map((expectation, index) => ({ index, value: expectation }));
  return all.filter(({ index }) => bad?.has(index) !== true);
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

function diagnostic(locate: Locate, code: Code, at: At, summary: string, more: More): Diagnostic {
  const range = rangeAt(locate, at);
  const related = (more.related ?? []).flatMap(({ message, at: place }) => {
    const other = rangeAt(locate, place);
    return other === undefined ? [] : [{ message, range: other }];
  });
  return {
    code,
    severity: more.severity ?? 'error',
    summary,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(range === undefined ? {} : { range }),
    ...(related.length === 0 ? {} : { related }),
    ...(more.hint === undefined ? {} : { hint: more.hint }),
  };
}

/** The range of an entry, or of the innermost one around it that is in the file. */
function rangeAt(locate: Locate, { path, part = 'value' }: At): SourceRange | undefined {
  const found = locate(path, part);
  return found ?? (path.length === 0 ? undefined : rangeAt(locate, { path: path.slice(0, -1), part: 'key' }));
}
