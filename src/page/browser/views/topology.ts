import type { PictureSection, PictureThing } from '../../wire/picture.ts';
import { fill, h, type Child } from '../dom.ts';
import { mark, toneOf, wordOf } from '../marks.ts';
import { viewHead, type View } from '../shell.ts';
import type { Store } from '../store.ts';
import { openPart } from './part.ts';

/** A picture is not made narrower than this: its texts could not be read. */
const NARROWEST = 860;

/** The picture of the network, as it is. A thing in it opens its part of the file. */
export function topologyView(store: Store): View {
  const glance = h('div');
  const picture = h('div', {
    class: 'card wide picture',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Picture of the network',
  });
  const element = h('section', { class: 'view', 'aria-label': 'Topology' }, viewHead('Topology', glance), picture);
  store.show(['picture'], ({ picture: now }) => {
    fill(glance, ...glanceOf(now));
    if (now !== null && now.error === '') draw(picture, now);
    else fill(picture, h('p', { class: 'empty' }, now?.error ?? 'The picture is being drawn …'));
  });
  return {
    id: 'topology',
    title: 'Topology',
    strokes: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
    element,
  };
}

function glanceOf(picture: PictureSection | null): readonly Child[] {
  if (picture === null) return [h('p', { class: 'lead loading' }, 'The network is being drawn …')];
  if (picture.error !== '') return [h('p', { class: 'lead' }, mark('warn', 'There is no picture'))];
  const unwell = picture.things.filter(({ health }) => health !== null && health !== 'ok');
  if (unwell.length === 0)
    return [h('p', { class: 'lead' }, mark('good', 'Everything in the picture is as in the file'))];
  const [one] = unwell;
  const words =
    unwell.length === 1 && one ? `${one.words} is not well` : `${String(unwell.length)} things are not well`;
  return [h('p', { class: 'lead' }, mark('warn', words))];
}

/** Draws the image, and a button over each thing. The focus stays on the thing that has it. */
function draw(parent: HTMLElement, picture: PictureSection): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['thing'] : undefined;
  const { src, alt, width, height, things } = picture;
  const buttons = things.map((thing) => thingOver(thing, picture));
  const frame = h('div', { class: 'picture-frame' }, h('img', { src, alt, width, height }), buttons);
  frame.style.width = `min(${String(width)}px, max(100%, ${String(Math.min(width, NARROWEST))}px))`;
  fill(parent, frame);
  if (focused !== undefined) buttons.find((button) => button.dataset['thing'] === focused)?.focus();
}

/** Percent of the image, which may be smaller than it was drawn. */
function thingOver(thing: PictureThing, { width, height }: PictureSection): HTMLElement {
  const { id, words, health, details, part } = thing;
  const label = health === null ? words : `${words}: ${wordOf(health)}`;
  const element = part
    ? h('button', {
        type: 'button',
        'aria-label': label,
        onclick: () => {
          openPart(part);
        },
      })
    : h('span', { role: 'img', 'aria-label': label });
  element.className = `thing ${health === null ? 'calm' : toneOf(health)}`;
  element.dataset['thing'] = id;
  element.title = [label, ...details].join('\n');
  const percent = (value: number, of: number): string => `${String((100 * value) / of)}%`;
  Object.assign(element.style, {
    left: percent(thing.x, width),
    top: percent(thing.y, height),
    width: percent(thing.width, width),
    height: percent(thing.height, height),
  });
  return element;
}
