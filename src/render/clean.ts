const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Returns text from outside (a file, a node) made safe for one line of a terminal: control characters and those that
 * change the text direction become escapes, so that no text can move the cursor, set colours, or hide.
 */
export function clean(text: string): string {
  return text.replace(UNSAFE, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Returns the same for text of several lines: line ends stay, tabs become spaces. */
export function cleanLines(text: string): readonly string[] {
  return text.split('\n').map((line) => clean(line.replace(/\t/g, '    ').replace(/\r$/, '')));
}
