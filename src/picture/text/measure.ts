/** Widths of the characters from space to `~` in DejaVu Sans, in hundredths of the font size. */
const REGULAR = [
  ...[32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64],
  ...[64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64],
  ...[58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69],
  ...[62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58],
  ...[28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84],
];

/** The same of its bold face. */
const BOLD = [
  ...[35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70],
  ...[70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 59, 100, 78, 77, 74, 84, 69],
  ...[69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78],
  ...[73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67],
  ...[35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84],
];

/** Of a monospaced font: those of Courier and DejaVu Sans Mono are 60 and 61 hundredths wide. */
const MONO = 61;

/** A face of the picture. */
export interface Font {
  readonly face: 'regular' | 'bold' | 'mono';
  /** In pixels. */
  readonly size: number;
}

/**
 * Returns the width of a text in pixels, or a little more. The reader's fonts are unknown: DejaVu Sans is the widest of
 * those that browsers take for `sans-serif`. Characters beyond ASCII count as wide as the widest of their scripts.
 */
export function widthOf(text: string, { face, size }: Font): number {
  let hundredths = 0;
  for (const character of text) hundredths += hundredthsOf(character.codePointAt(0) ?? 0, face);
  return Math.ceil((hundredths * size) / 100);
}

function hundredthsOf(code: number, face: Font['face']): number {
  if (code > 0x2e7f) return 110;
  if (face === 'mono') return code < 0x250 || code === ELLIPSIS_CODE ? MONO : 100;
  const table = face === 'bold' ? BOLD : REGULAR;
  return table[code - 0x20] ?? (face === 'bold' ? 105 : 100);
}

const ELLIPSIS = '…';
const ELLIPSIS_CODE = 0x2026;

/** Returns the text, or its beginning and `…`, so that it is at most so many pixels wide. */
export function fitWidth(text: string, font: Font, most: number): string {
  if (widthOf(text, font) <= most) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(characters.join('') + ELLIPSIS, font) > most) characters.pop();
  return characters.join('').trimEnd() + ELLIPSIS;
}
