import type { Code } from '../../src/model/codes/registry.ts';
import type { Family } from '../../src/model/codes/family.ts';
import type { Example, Examples, NoExample } from './example.ts';

const HEAD = `<!-- Printed by \`npm run generate\`. Do not edit. -->

# Diagnostic codes

Whatever is wrong, netloom says it with a code. The sentences below are those of \`src/model/codes\`. What netloom prints is the output of the
examples in \`test/codes\`, which \`npm test\` runs.
`;

/** docs/codes.md: every code with its sentence and its example, whose output is in \`printed\`. */
export function codesPage(
  families: readonly Family[],
  examples: Examples,
  printed: ReadonlyMap<string, string>,
): string {
  const contents = families.map(({ title }) => `- [${title}](#${anchor(title)})\n`).join('');
  const sections = families.flatMap(({ title, about, codes }) => [
    `## ${title}\n`,
    ...(about === undefined ? [] : [`${about}\n`]),
    ...Object.entries(codes).flatMap(([code, [severity, sentence]]) => [
      `### ${code}\n`,
      `_${severity}_: ${sentence}\n`,
      ...shown(examples[code as Code], printed.get(code) ?? ''),
    ]),
  ]);
  return [HEAD, contents, ...sections].join('\n');
}

/** The anchor that GitHub derives from a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '-');
}

function shown(example: Example | NoExample | undefined, output: string): string[] {
  if (example === undefined) return [];
  if ('none' in example) return [`No example is shown here. ${example.none} \`${example.provedBy}\` proves it.\n`];
  const { input, given } = example;
  return [
    ...(given === undefined ? [] : [`${given}\n`]),
    ...(input === undefined ? [] : [fenced(input.language, input.text)]),
    fenced('text', output),
  ];
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}
