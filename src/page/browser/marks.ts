import type { Action } from '../wire/changes.ts';
import type { Health } from '../wire/services.ts';
import { h, s } from './dom.ts';

/** How good something is: a colour and a symbol. */
export type Tone = 'good' | 'warn' | 'bad' | 'odd' | 'calm';

/** The strokes of each symbol in a square of 16. */
const STROKES: Readonly<Record<Tone, string>> = {
  good: 'M3.5 8.5l3 3 6-7',
  warn: 'M8 2.5l6 11H2zM8 7v3M8 11.9v.1',
  bad: 'M4 4l8 8M12 4l-8 8',
  odd: 'M8 2l6 6-6 6-6-6z',
  calm: 'M4 8h8',
};

/** Returns a symbol. A word beside it says the same. */
export function symbol(tone: Tone): SVGSVGElement {
  return s(
    'svg',
    { class: `symbol ${tone}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    s('path', { d: STROKES[tone] }),
  );
}

const HEALTH: Readonly<Record<Health, { readonly tone: Tone; readonly word: string }>> = {
  ok: { tone: 'good', word: 'well' },
  degraded: { tone: 'warn', word: 'differs' },
  missing: { tone: 'bad', word: 'missing' },
  foreign: { tone: 'odd', word: 'foreign' },
  unknown: { tone: 'calm', word: 'unknown' },
};

/** Returns how good a health is. */
export function toneOf(health: Health): Tone {
  return HEALTH[health].tone;
}

/** Returns a health as a word. */
export function wordOf(health: Health): string {
  return HEALTH[health].word;
}

/** Returns a health as symbol and word. */
export function healthMark(health: Health): HTMLElement {
  return mark(HEALTH[health].tone, HEALTH[health].word);
}

/** Returns a symbol with its word. */
export function mark(tone: Tone, word: string): HTMLElement {
  return h('span', { class: `mark ${tone}` }, symbol(tone), h('span', { class: 'word' }, word));
}

const ACTIONS: Readonly<Record<Action, { readonly sign: string; readonly word: string }>> = {
  create: { sign: '+', word: 'add' },
  update: { sign: '~', word: 'change' },
  replace: { sign: '±', word: 'replace' },
  delete: { sign: '−', word: 'destroy' },
};

/** Returns the sign of an action, with its word for screen readers. */
export function actionSign(action: Action): HTMLElement {
  const { sign, word } = ACTIONS[action];
  return h(
    'span',
    { class: `sign ${action}` },
    h('span', { 'aria-hidden': 'true' }, sign),
    h('span', { class: 'unseen' }, word),
  );
}

/** Returns the impact on traffic as a label; nothing for one that no packet notices. */
export function impactTag(impact: string): HTMLElement | undefined {
  if (impact === 'none') return undefined;
  return h('span', { class: `tag ${impact === 'counters' ? 'calm' : 'warn'}` }, impact);
}
