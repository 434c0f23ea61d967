/**
 * Returns a text as a part of one line of a script's comments and messages: control characters, and those that change
 * the direction of text, are escaped.
 */
export function inOneLine(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
