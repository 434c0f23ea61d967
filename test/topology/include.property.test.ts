import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { outlineOf } from '../../src/topology/outline.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { BASE } from './support.ts';

type Document = Record<string, unknown>;

interface Split {
  readonly files: Readonly<Record<string, string>>;
  /** The file of each entry, by `section.name`. */
  readonly fileOf: ReadonlyMap<string, string>;
}

const FOLDERS = ['', 'a/', 'a/b/'] as const;

/** The base, where each entry of a section is in one of several files; each file is included by one before it. */
const splits: fc.Arbitrary<Split> = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc
    .record({
      folders: fc.array(fc.constantFrom(...FOLDERS), { minLength: count, maxLength: count }),
      parents: fc.tuple(...Array.from({ length: count }, (_, index) => fc.integer({ min: 0, max: index }))),
      choices: fc.array(fc.nat({ max: count }), { minLength: 40, maxLength: 40 }),
    })
    .map(({ folders, parents, choices }) => split(folders, parents, choices)),
);

/**
 * Entry `i` is put into file `choices[i]`; file 0 is the main one, and file `i + 1` is included by file `parents[i]`.
 */
function split(folders: readonly string[], parents: readonly number[], choices: readonly number[]): Split {
  const names = ['main.yaml', ...folders.map((folder, i) => `${folder}${String(i + 1)}.yaml`)];
  const documents: Document[] = names.map(() => ({}));
  for (const [i, parent] of parents.entries()) {
    const from = names[parent]!.split('/').slice(0, -1);
    ((documents[parent]!['include'] ??= []) as string[]).push(`${'../'.repeat(from.length)}${names[i + 1]!}`);
  }
  const fileOf = new Map<string, string>();
  let next = 0;
  const choose = (key: string): Document => {
    const index = choices[next++ % choices.length]!;
    fileOf.set(key, names[index]!);
    return documents[index]!;
  };
  for (const [section, value] of Object.entries(parse(BASE) as Document)) {
    if (typeof value !== 'object' || value === null) choose(section)[section] = value;
    else if (Array.isArray(value)) choose(section)[section] = value;
    else {
      for (const [name, entry] of Object.entries(value)) {
        ((choose(`${section}.${name}`)[section] ??= {}) as Document)[name] = entry;
      }
    }
  }
  return { files: Object.fromEntries(names.map((name, i) => [name, stringify(documents[i])])), fileOf };
}

/** The resources of a graph by address, without the lines that they come from. */
function desired(text: string, files: Split['files']): readonly object[] {
  const { topology, diagnostics } = loadTopology(text, 'main.yaml', memoryFolder('main.yaml', files));
  expect(diagnostics).toEqual([]);
  const { graph } = compileTopology(topology!);
  return [...graph!.resources.values()]
    .map(({ origin: _, lineOrigins: __, ...resource }) => resource)
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

test('a topology in several files has the desired state of one file', () => {
  const one = desired(BASE, {});
  fc.assert(
    fc.property(splits, ({ files }) => {
      expect(desired(files['main.yaml']!, files)).toEqual(one);
    }),
    { numRuns: 25 },
  );
});

test('its outline has the nodes of all files, in their order', () => {
  fc.assert(
    fc.property(splits, ({ files }) => {
      const text = files['main.yaml']!;
      const { topology } = loadTopology(text, 'main.yaml', memoryFolder('main.yaml', files));
      const outline = outlineOf(text, memoryFolder('main.yaml', files));
      const { name, nodes } = topology!.doc;
      if (outline === undefined) throw new Error('no outline');
      expect(JSON.stringify([outline.doc.name, outline.doc.nodes])).toBe(JSON.stringify([name, nodes]));
    }),
    { numRuns: 25 },
  );
});

test('a mistake is reported at its line, in its file', () => {
  const mistakes = [
    ['floating_ips.fip1', 'instance: vm1', 'instance: vmX', 'NL205'],
    ['instances.vm1', 'node: com1', 'node: comX', 'NL204'],
    ['networks.ext', 'external: true', 'external: 5', 'NL103'],
  ] as const;
  fc.assert(
    fc.property(splits, fc.constantFrom(...mistakes), ({ files, fileOf }, [entry, right, wrong, code]) => {
      const file = fileOf.get(entry)!;
      const broken = { ...files, [file]: files[file]!.replace(right, wrong) };
      const { diagnostics } = loadTopology(broken['main.yaml']!, 'main.yaml', memoryFolder('main.yaml', broken));
      const found = diagnostics.find((diagnostic) => diagnostic.code === code);
      expect(found?.range?.file).toBe(file);
      expect(broken[file]!.split('\n')[found!.range!.start.line - 1]).toContain(wrong);
    }),
    { numRuns: 25 },
  );
});
