import type { Font } from './measure.ts';

/** What a text is in the picture; it has a font and a colour for each. */
export type TextRole =
  'title' | 'summary' | 'name' | 'about' | 'value' | 'chip' | 'wrong' | 'card-name' | 'card-about' | 'card-wrong';

export const FONTS: Readonly<Record<TextRole, Font>> = {
  title: { face: 'bold', size: 20 },
  summary: { face: 'regular', size: 13 },
  name: { face: 'bold', size: 13 },
  'card-name': { face: 'bold', size: 13 },
  about: { face: 'regular', size: 11 },
  'card-about': { face: 'mono', size: 11 },
  value: { face: 'mono', size: 12 },
  chip: { face: 'mono', size: 11 },
  wrong: { face: 'regular', size: 11 },
  'card-wrong': { face: 'regular', size: 11 },
};
