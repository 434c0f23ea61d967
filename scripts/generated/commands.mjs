import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { formatted, table } from './markdown.mjs';
import { loadSource } from './source.mjs';

/** @typedef {import('../../src/cli/command-spec.ts').CommandSpec} CommandSpec */

const FILE = join(ROOT, 'docs/commands.md');

const INTRO = `<!-- Generated from the commands themselves by \`npm run generate\`. Do not edit. -->

# Commands

Every flag can also be set by an environment variable; the command line wins. The variable of a flag without a value
is \`1\`, \`true\`, \`yes\` or \`on\`, or \`0\`, \`false\`, \`no\` or \`off\`; that of a repeatable flag is one value.

With \`--json\`, standard output is one JSON document or one JSON object per line, and the schema named with each command
says what is in it. \`format_version\` is \`MAJOR.MINOR\`: fields and line types are added in a minor version, so a reader
ignores those that it does not know. Every line has its \`type\` and its \`time\` (RFC 3339, UTC); the first one is
\`version\`. A document of a command that fails has \`format_version\` and \`diagnostics\`; in a stream, the line \`error\`
has the \`diagnostics\`. \`byte\` in a position counts bytes of UTF-8 from the start of the file.`;

/** docs/commands.md: usage, arguments, flags, exit codes, JSON and examples of every command. */
export async function commands() {
  const { describeCommands } = /** @type {typeof import('../../src/cli/describe.ts')} */ (
    await loadSource('src/cli/describe.ts')
  );
  const [root, ...others] = describeCommands();
  if (root === undefined) throw new Error('there are no commands');
  const verbs = others.filter(({ subcommands }) => subcommands.length === 0);
  const list = table(
    ['Command', 'What it does'],
    verbs.map((spec) => [`[\`${title(spec)}\`](#${anchor(spec)})`, spec.description]),
  );
  const page = [INTRO, list, exitCodes(root), ...verbs.map(section)].join('\n\n');
  return await formatted(FILE, `${page}\n`);
}

/** @param {CommandSpec} spec */
function title({ path }) {
  return ['netloom', ...path].join(' ');
}

/** As GitHub makes it of the heading. @param {CommandSpec} spec */
function anchor(spec) {
  return title(spec).replaceAll(' ', '-');
}

/** @param {CommandSpec} spec */
function section(spec) {
  const { description, usage, notes } = spec;
  const examples = notes.examples.map(([comment, line]) => `# ${comment}\nnetloom ${line}`);
  return [
    `## ${title(spec)}`,
    sentence(description),
    `\`\`\`\n${usage}\n\`\`\``,
    ...notes.about,
    ...args(spec),
    ...flags(spec),
    exitCodes(spec),
    ...json(spec),
    `Examples:\n\n\`\`\`sh\n${examples.join('\n\n')}\n\`\`\``,
  ].join('\n\n');
}

/** @param {CommandSpec} spec */
function args({ arguments: all }) {
  if (all.length === 0) return [];
  const name = (/** @type {CommandSpec['arguments'][number]} */ { name: word, variadic }) =>
    `\`<${word}${variadic ? '...' : ''}>\``;
  const rows = all.map((argument) => [name(argument), argument.description + choices(argument.choices)]);
  return [table(['Argument', 'Meaning'], rows)];
}

/** @param {CommandSpec} spec */
function flags({ flags: all }) {
  const rows = all.map(({ names, value, env, description, choices: words, default: preset }) => [
    `\`${[names.join(', '), ...(value === undefined ? [] : [value])].join(' ')}\``,
    env === undefined ? '' : `\`${env}\``,
    description + choices(words) + (preset === undefined ? '' : `; default: \`${preset}\``),
  ]);
  return [table(['Flag', 'Environment', 'Meaning'], rows)];
}

/** @param {readonly string[]} words */
function choices(words) {
  return words.length === 0 ? '' : ` (${words.map((word) => `\`${word}\``).join(', ')})`;
}

/** @param {CommandSpec} spec */
function exitCodes({ notes }) {
  return table(
    ['Exit code', 'Meaning'],
    notes.exitCodes.map(([code, meaning]) => [String(code), meaning]),
  );
}

/** @param {CommandSpec} spec */
function json({ schema, notes }) {
  if (schema === undefined) return [];
  const form = notes.json === 'lines' ? 'one JSON object per line' : 'one JSON document';
  return [`\`--json\` prints ${form}: [${schema}](../${schema}).`];
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
