import type { Diagnostic } from '../../model/diagnostic.ts';
import { show } from '../show.ts';
import type { Locate, Path } from '../valid.ts';
import type { Part } from './part.ts';

/** Several files as one document. */
export interface Merged {
  readonly root: Record<string, unknown>;
  readonly locate: Locate;
  readonly diagnostics: readonly Diagnostic[];
}

/** Sections that are one list over all files. */
const LISTS: ReadonlySet<string> = new Set(['expect']);

/** Sections that may be in one file only. */
const SCALARS: ReadonlySet<string> = new Set(['name', 'release', 'dns_domain']);

type Mapping = Readonly<Record<string, unknown>>;

/** The part that has an entry of the document, and the path of the entry there. */
interface Owner {
  readonly part: Part;
  readonly path: Path;
}

interface Work {
  readonly root: Record<string, unknown>;
  readonly sections: Map<string, Owner>;
  readonly entries: Map<string, ReadonlyMap<string | number, Owner>>;
  readonly diagnostics: Diagnostic[];
}

/**
 * Merges the files of a topology: mappings such as `nodes` have the entries of all files, in the order of the files,
 * and lists are concatenated. The same entry in two files is an error (NL022); the first one is used.
 */
export function mergeParts(parts: readonly Part[]): Merged {
  const [main] = parts;
  const work: Work = {
    root: Object.create(null) as Record<string, unknown>,
    sections: new Map(),
    entries: new Map(),
    diagnostics: [],
  };
  for (const section of new Set(parts.flatMap(({ root }) => Object.keys(root)))) {
    if (section === 'include') continue;
    mergeSection(
      work,
      section,
      parts.filter(({ root }) => Object.hasOwn(root, section)),
    );
  }
  const locate: Locate = (path, what) => {
    const [section, entry] = path;
    if (section === undefined) return main?.locate(path, what);
    const owner = entry === undefined ? undefined : work.entries.get(String(section))?.get(entry);
    if (owner !== undefined) return owner.part.locate([...owner.path, ...path.slice(2)], what);
    const whole = work.sections.get(String(section));
    return whole?.part.locate(path, what);
  };
  return { root: work.root, locate, diagnostics: work.diagnostics };
}

function mergeSection(work: Work, section: string, parts: readonly Part[]): void {
  const [first, ...others] = parts;
  if (first === undefined) return;
  // A section of the wrong type is reported in its file, and replaces the section of all other files.
  const odd = parts.find(({ root }) => !hasType(section, root[section]));
  const owner = odd ?? first;
  work.sections.set(section, { part: owner, path: [section] });
  if (odd !== undefined || others.length === 0) {
    work.root[section] = owner.root[section];
  } else if (SCALARS.has(section)) {
    work.root[section] = first.root[section];
    for (const part of others) twice(work, [section], part, first);
  } else if (LISTS.has(section)) {
    concatenate(work, section, parts);
  } else {
    unite(work, section, parts);
  }
}

function hasType(section: string, value: unknown): boolean {
  if (SCALARS.has(section)) return true;
  return LISTS.has(section) ? Array.isArray(value) : isMapping(value);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function concatenate(work: Work, section: string, parts: readonly Part[]): void {
  const all: unknown[] = [];
  const owners = new Map<number, Owner>();
  for (const part of parts) {
    for (const [index, item] of (part.root[section] as readonly unknown[]).entries()) {
      owners.set(all.length, { part, path: [section, index] });
      all.push(item);
    }
  }
  work.root[section] = all;
  work.entries.set(section, owners);
}

function unite(work: Work, section: string, parts: readonly Part[]): void {
  const all = Object.create(null) as Record<string, unknown>;
  const owners = new Map<string, Owner>();
  for (const part of parts) {
    for (const [key, value] of Object.entries(part.root[section] as Mapping)) {
      const path = [section, key];
      const first = owners.get(key);
      if (first !== undefined) {
        twice(work, path, part, first.part);
        continue;
      }
      owners.set(key, { part, path });
      all[key] = value;
    }
  }
  work.root[section] = all;
  work.entries.set(section, owners);
}

function twice({ diagnostics }: Work, path: Path, part: Part, first: Part): void {
  const range = part.locate(path, 'key');
  const other = first.locate(path, 'key');
  const key = path.at(-1) ?? '';
  const where = path.length > 1 ? ` of ${String(path[0])}` : '';
  diagnostics.push({
    code: 'NL022',
    severity: 'error',
    summary: `the key ${show(key)}${where} is also in ${show(first.file)}`,
    ...(range && { range }),
    ...(other && { related: [{ message: 'first here', range: other }] }),
    hint: path.length > 1 ? 'rename one, or keep it in one file' : 'keep it in one file',
  });
}
