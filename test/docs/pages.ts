import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';

/** A code block of a page. */
export interface Block {
  readonly page: string;
  /** Line of the page that its first line of text is on. */
  readonly line: number;
  /** The word after the fence: `yaml`, `console`, … */
  readonly language: string;
  readonly text: string;
  /** What the HTML comment before it says: `<!-- in: FILE -->` is `{ in: 'FILE' }`. */
  readonly notes: Readonly<Record<string, string>>;
}

const BLOCK = /^(?:<!-- ([^:\n]+): ([^\n]+) -->\n\n)?```(\S*)\n([\s\S]*?)^```$/gm;

/** The pages that people read: Markdown of the top and of docs. */
const PAGES: readonly string[] = ['', 'docs'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

/** The pages written by hand. docs/codes.md and docs/commands.md are generated, and have tests of their own. */
export const WRITTEN: readonly string[] = PAGES.filter((page) => !/^docs\/(codes|commands)\.md$/.test(page));

/** The text of a page. */
export function pageText(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** The code blocks of a text, in order. */
export function blocksOf(text: string, page: string): Block[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const [whole, key, value = '', language = '', code = ''] = match;
    const start = match.index + whole.lastIndexOf(code);
    return {
      page,
      line: text.slice(0, start).split('\n').length,
      language,
      text: code,
      notes: key === undefined ? {} : { [key]: value },
    };
  });
}

/** The code blocks of the pages written by hand. */
export const BLOCKS: readonly Block[] = WRITTEN.flatMap((page) => blocksOf(pageText(page), page));

/** Prose of a page: its text with code blocks and HTML comments blanked, so that lines keep their numbers. */
export function proseOf(text: string): string {
  return blanked(text, /^```[\s\S]*?^```$|<!--[\s\S]*?-->/gm);
}

function blanked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (gap) => gap.replace(/[^\n]/g, ''));
}

/** The code spans of a page's prose, with their lines; without what is generated, whose sources have tests. */
export function codeSpans(page: string): { readonly text: string; readonly line: number }[] {
  const prose = proseOf(blanked(pageText(page), /<!-- generated: [\s\S]*?<!-- end: /g));
  return [...prose.matchAll(/`([^`]+)`/g)].map((match) => ({
    text: (match[1] ?? '').replaceAll(/\s+/g, ' '),
    line: prose.slice(0, match.index).split('\n').length,
  }));
}
