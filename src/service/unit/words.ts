/** Characters that the parser of unit files reads as themselves in a word without quotes. */
const PLAIN = /^[A-Za-z0-9_@+=:,./-]+$/;

/**
 * Returns words as systemd.syntax(7) and the section "Command lines" of systemd.service(5) read them back: each in
 * double quotes if it needs them, with the escapes of C, and with `%%` for `%`, which begins a specifier.
 */
export function unitWords(words: readonly string[]): string {
  return words.map(unitWord).join(' ');
}

/**
 * Returns a command line of a unit. With `:` before it nothing is taken from the environment, so `$` is itself; older
 * versions of systemd than 244 do not know that, so it is there only if it is needed.
 */
export function execLine(words: readonly string[]): string {
  return `${words.some((word) => word.includes('$')) ? ':' : ''}${unitWords(words)}`;
}

/** Returns a text of one line, such as a description. A backslash at its end would join the next line to it. */
export function unitText(text: string): string {
  return text
    .replaceAll('%', '%%')
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
    .replace(/\\+$/, '')
    .trim();
}

/**
 * Returns true if systemd accepts the path as that of a program. It refuses quotes, backslashes and control
 * characters there, however they are written.
 */
export function isProgramPath(path: string): boolean {
  return path.startsWith('/') && !/["'\\\u0000-\u001f\u007f]/.test(path);
}

function unitWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return `"${word.replace(/["\\%\u0000-\u001f\u007f]/g, escaped)}"`;
}

function escaped(character: string): string {
  if (character === '%') return '%%';
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
