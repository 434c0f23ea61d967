/**
 * Returns a netloom command that can be typed as it stands, in any POSIX shell.
 * @param words the words after `netloom`. A file goes through `fileWord`
 */
export function commandLine(...words: readonly string[]): string {
  return ['netloom', ...words.map(quoteWord)].join(' ');
}

/** Returns a file as an argument of netloom: `-` for standard input, and no name that would be read as a flag. */
export function fileWord(file: string): string {
  if (file === '<stdin>') return '-';
  return file.startsWith('-') && file !== '-' ? `./${file}` : file;
}

/** Quotes a word for a POSIX shell, if it needs that. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
