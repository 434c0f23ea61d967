/**
 * Returns a netloom command that can be typed as it stands, in any POSIX shell.
 * @param words the words after `netloom`. A file goes through `fileWord`
 */
export function commandLine(...words: readonly string[]): string {
  return typedLine('netloom', ...words);
}

/** Returns a file as an argument of netloom: `-` for standard input, and no name that would be read as a flag. */
export function fileWord(file: string): string {
  if (file === '<stdin>') return '-';
  return file.startsWith('-') && file !== '-' ? `./${file}` : file;
}

/**
 * Returns a command of any program that can be typed as it stands: a name is one word, also that of a device which a
 * container has named `a;reboot`.
 */
export function typedLine(...words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** Quotes a word for a POSIX shell, if it needs that. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
