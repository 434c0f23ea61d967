/** Two colours for one purpose: on a light and on a dark background. */
export interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** What is not of a network. */
export const COLOURS = {
  background: { light: '#ffffff', dark: '#0d1117' },
  box: { light: '#ffffff', dark: '#161b22' },
  frame: { light: '#f6f8fa', dark: '#11161d' },
  outline: { light: '#818b98', dark: '#6e7681' },
  text: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#59636e', dark: '#9198a1' },
  cable: { light: '#6e7781', dark: '#8b949e' },
} as const satisfies Readonly<Record<string, Shade>>;

/**
 * The colours of networks, in the order in which they are given. On a light background they are dark, and their names
 * are white on them; on a dark one the reverse. Neighbours differ in hue and for the colour-blind also in lightness.
 */
export const NETWORKS: readonly Shade[] = [
  { light: '#0969da', dark: '#58a6ff' },
  { light: '#bc4c00', dark: '#f0a04b' },
  { light: '#1a7f37', dark: '#4ac26b' },
  { light: '#8250df', dark: '#c297ff' },
  { light: '#bf3989', dark: '#ff8cc0' },
  { light: '#0f6b75', dark: '#4fd0d9' },
  { light: '#6a6000', dark: '#d6c63f' },
  { light: '#b3261e', dark: '#ff9a8f' },
];

/** Text on the colour of a network or of a health. */
export const ON_COLOUR: Shade = { light: '#ffffff', dark: '#0d1117' };

/** The colours of health; each has a sign too. */
export const HEALTH = {
  ok: { light: '#1a7f37', dark: '#4ac26b' },
  degraded: { light: '#8a5a00', dark: '#e3b341' },
  missing: { light: '#cf222e', dark: '#ff8078' },
  foreign: { light: '#cf222e', dark: '#ff8078' },
  unknown: { light: '#59636e', dark: '#9198a1' },
} as const satisfies Readonly<Record<string, Shade>>;

/** Returns the place in `NETWORKS` of a network's colour: they begin again after the last. */
export function colourIndex(colour: number): number {
  return colour % NETWORKS.length;
}

/**
 * Returns the contrast of two colours (`#rrggbb`) by WCAG 2.2, from 1 to 21. Text needs 4.5, shapes that carry meaning
 * need 3 (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
