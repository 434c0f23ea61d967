import { pad } from '../../render/columns.ts';
import { wrap, wrapWords } from '../../render/wrap.ts';
import type { Notes } from './notes.ts';

/** Returns the notes as text, wrapped to `columns`; only a longer word exceeds them. */
export function notesText({ about, exitCodes, examples }: Notes, columns: number): string {
  const codeWidth = Math.max(0, ...exitCodes.map(([code]) => String(code).length));
  const codes = exitCodes.flatMap(([code, meaning]) =>
    wrap(meaning, columns - codeWidth - 4).map(
      (line, i) => `  ${pad(i === 0 ? String(code) : '', codeWidth)}  ${line}`,
    ),
  );
  const blocks = [
    ...about.map((paragraph) => wrap(paragraph, columns).join('\n')),
    ...(codes.length > 0 ? [['Exit codes:', ...codes].join('\n')] : []),
    ...(examples.length > 0
      ? [`Examples:\n${examples.map((example) => exampleText(example, columns)).join('\n\n')}`]
      : []),
  ];
  return blocks.map((block) => `\n${block}`).join('\n');
}

/** A word of a shell command, quoted parts included: a backslash in quotes would not continue the line. */
const SHELL_WORD = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** Returns an example as text. A backslash continues its command line, so that it can be typed as printed. */
function exampleText([comment, line]: Notes['examples'][number], columns: number): string {
  const comments = wrap(comment, columns - 4).map((text) => `  # ${text}`);
  const [first = '', ...more] = wrapWords(`netloom ${line}`.match(SHELL_WORD) ?? [], columns - 8);
  const lines = [`  $ ${first}`, ...more.map((text) => `      ${text}`)];
  return [...comments, lines.join(' \\\n')].join('\n');
}
