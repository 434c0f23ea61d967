import { width } from './columns.ts';

/** Returns text in lines of at most `columns` characters, broken between words. A longer word has a line of its own. */
export function wrap(text: string, columns: number): readonly string[] {
  return wrapWords(text.split(' '), columns);
}

/** Returns the same for words that may contain spaces, such as quoted words of a shell. */
export function wrapWords(words: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
