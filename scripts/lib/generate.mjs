import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './paths.mjs';
import { bold, say, Stop } from './say.mjs';

/**
 * What a generator makes: a folder in src and a test beside its neighbours, of the templates in scripts/templates/WHAT.
 * @typedef {{ what: 'kind' | 'feature', folder: string, templates: Record<string, string>, next: (name: string) =>
 * string[] }} Generator
 */

/** @type {Generator} */
export const KIND = {
  what: 'kind',
  folder: 'src/kinds',
  templates: {
    'spec.ts.txt': 'src/kinds/__name__/spec.ts',
    'fields.ts.txt': 'src/kinds/__name__/fields.ts',
    'index.ts.txt': 'src/kinds/__name__/index.ts',
    'test.ts.txt': 'test/kinds/__name__.test.ts',
  },
  next: (name) => [
    `src/kinds/${name}/spec.ts: what one looks like, the function by which features ask for one, and references ` +
      'and needs for other kinds',
    `src/kinds/${name}/fields.ts: what a difference in each field means, and what traffic feels of it`,
    `src/kinds/${name}/index.ts: every TODO. Ownership comes first: how does a process just started know that one ` +
      `is ours? A link says so in \`providedLinks\``,
    `src/kinds/${name}/words.ts: describe and shown, where all its facts would read badly`,
    `src/kinds/${name}/marks.ts: how gc finds one without the topology, where no mark of another kind (the alias ` +
      'of a link) tells; and a line in src/kinds/marks.ts',
    'src/kinds/registry.ts: its line in the list; a test names the folder that has none',
    'src/kernel/links/attributes.ts: a port of a bridge, where its cost is as surely known as that of a veth',
    'src/doctor/features.ts: a type of the kernel that a machine may lack',
    `test/kinds/${name}.test.ts: real output of the tool, and the commands`,
    'test/kinds/fields.test.ts: a block, with each field of the spec; a test names the kind that has none',
    `test/contract/cases/${name}.ts: on the real kernel, create, observe, no diff, update, delete, recreate from ` +
      'what was observed; and a line in index.ts there; a test names the kind that has none',
    'npm run generate: its line in the ownership table of ARCHITECTURE.md',
  ],
};

/** @type {Generator} */
export const FEATURE = {
  what: 'feature',
  folder: 'src/features',
  templates: {
    'index.ts.txt': 'src/features/__name__/index.ts',
    'test.ts.txt': 'test/features/__name__.test.ts',
  },
  next: (name) => [
    'schemas/topology.schema.json: its words (those of the Neutron API), each described; then `npm run generate`',
    'src/topology/checks: what can be wrong with it, each mistake with a hint and a code of src/model/codes, ' +
      'whose example is in test/codes',
    'src/resolve: the ids, MACs and addresses that the file may leave out',
    `src/features/${name}/index.ts: every TODO`,
    'src/features/registry.ts: add it to the list; nothing else has to know of it',
    `test/features/${name}.test.ts: what Neutron makes of it, typed from a real one`,
  ],
};

/**
 * Fills in the templates below `root`; stops rather than write over a file.
 * @param {Generator} generator
 * @param {string | undefined} name
 */
export function generate(generator, name, root = ROOT) {
  const { what, templates, next } = generator;
  if (name === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Stop(
      `usage: npm run new:${what} NAME, where NAME is like \`${what === 'kind' ? 'ovs-port' : 'floating-ip'}\``,
    );
  }
  const files = Object.entries(templates).map(([template, target]) => ({
    template,
    target: target.replace('__name__', name),
  }));
  const taken = [join(generator.folder, name), ...files.map((file) => file.target)].filter((path) =>
    existsSync(join(root, path)),
  );
  if (taken[0] !== undefined) throw new Stop(`${taken[0]} is there already`);
  for (const { template, target } of files) {
    const text = readFileSync(join(ROOT, 'scripts/templates', what, template), 'utf8');
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), fill(text, name));
    say(`made ${relative(root, join(root, target))}`);
  }
  say(`\n${bold('What to do next')}`);
  for (const [index, line] of next(name).entries()) say(`  ${index + 1}. ${line}`);
}

/** @param {string} text @param {string} name in kebab-case */
function fill(text, name) {
  const pascal = name.replace(/(^|-)(.)/g, (_, __, /** @type {string} */ letter) => letter.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const upper = name.toUpperCase().replaceAll('-', '_');
  return text
    .replaceAll('__name__', name)
    .replaceAll('__Pascal__', pascal)
    .replaceAll('__camel__', camel)
    .replaceAll('__UPPER__', upper);
}
