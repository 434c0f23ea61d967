import type { PictureLevel, PictureSection, PictureThing, PictureWay } from '../../wire/picture.ts';
import type { LevelRequest } from '../../wire/requests.ts';
import type { FloatingIpRow } from '../../wire/services.ts';
import { post } from '../connection.ts';
import { fill, h, s, type Child } from '../dom.ts';
import { mark, toneOf, wordOf } from '../marks.ts';
import { viewHead, type View } from '../shell.ts';
import type { Store } from '../store.ts';
import { openPart } from './part.ts';
import { followSelection, selectedWay, selectWay } from './selected.ts';

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
  const wayTools = h('label', { class: 'way-tool' });
  const wayWords = h('p', { class: 'quiet way-words', role: 'status' });
  let level: PictureLevel = 'networks';
  const shown = (): PictureSection | null | undefined =>
    level === 'networks' ? store.state.picture : store.state.devices;
  const draw = (): void => {
    const now = shown();
    if (now === undefined) return;
    fill(glance, ...glanceOf(now));
    if (now !== null && now.error === '') drawPicture(picture, now);
    else fill(picture, h('p', { class: 'empty' }, now?.error ?? 'The picture is being drawn …'));
    void drawWays(picture, wayWords, { level, picture: now });
  };
  const levels = levelChoice((chosen) => {
    level = chosen;
    void post('/api/level', { level } satisfies LevelRequest);
    draw();
  });
  const element = h(
    'section',
    { class: 'view', 'aria-label': 'Topology' },
    viewHead('Topology', glance),
    h('div', { class: 'tools' }, levels, wayTools),
    wayWords,
    picture,
  );
  store.show(['picture', 'devices'], draw);
  store.show(['floatingIps'], ({ floatingIps }) => {
    fill(wayTools, floatingIps.length > 0 && wayChoice(floatingIps));
  });
  followSelection(() => {
    fill(wayTools, wayChoice(store.state.floatingIps ?? []));
    void drawWays(picture, wayWords, { level, picture: shown() ?? null });
  });
  return {
    id: 'topology',
    title: 'Topology',
    strokes: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
    element,
  };
}

const LEVELS: readonly (readonly [PictureLevel, string])[] = [
  ['networks', 'Networks'],
  ['devices', 'Devices'],
];

/** Lets the reader choose what is drawn. */
function levelChoice(onChoice: (level: PictureLevel) => void): HTMLElement {
  return h(
    'fieldset',
    { class: 'choice' },
    h('legend', { class: 'unseen' }, 'What is drawn'),
    LEVELS.map(([level, word]) =>
      h(
        'label',
        {},
        h('input', {
          type: 'radio',
          name: 'level',
          checked: level === 'networks',
          onchange: () => {
            onChoice(level);
          },
        }),
        h('span', {}, word),
      ),
    ),
  );
}

/** Lets the reader choose the floating IP whose way is drawn. */
function wayChoice(ips: readonly FloatingIpRow[]): readonly Child[] {
  const choice = h(
    'select',
    {
      onchange: () => {
        selectWay(choice.value);
      },
    },
    h('option', { value: '' }, 'of no floating IP'),
    ips.map(({ name, address, target }) => h('option', { value: name }, `of ${address} → ${target}`)),
  );
  choice.value = selectedWay();
  return [h('span', {}, 'Draw the way '), choice];
}

/** Draws the way of the selected floating IP over the picture. */
async function drawWays(
  parent: HTMLElement,
  words: HTMLElement,
  { level, picture }: { readonly level: PictureLevel; readonly picture: PictureSection | null },
): Promise<void> {
  const name = selectedWay();
  const frame = parent.querySelector('.picture-frame');
  const ways = name === '' || picture === null ? [] : await loadWays(level, name);
  // Another picture or floating IP may have been chosen meanwhile.
  if (name !== selectedWay() || frame?.isConnected !== true || picture === null) return;
  frame.querySelector('.ways')?.remove();
  fill(words, name !== '' && ways.length === 0 && 'This floating IP leads to nothing that is drawn.');
  if (ways.length === 0) return;
  const { width, height } = picture;
  const around = (stop: PictureWay['stops'][number]): SVGRectElement =>
    s('rect', {
      ...{ x: stop.x - 4, y: stop.y - 4, width: stop.width + 8, height: stop.height + 8, rx: 10 },
      class: 'way-stop',
    });
  frame.append(
    s(
      'svg',
      {
        class: 'ways',
        viewBox: `0 0 ${String(width)} ${String(height)}`,
        role: 'img',
        'aria-label': `The way of ${ways.map(({ label }) => label).join(', ')} from outside to the guest`,
      },
      ways.map(({ path, stops }) => [
        stops.map(around),
        s('path', { d: path, class: 'way-glow' }),
        s('path', { d: path, class: 'way-line' }),
      ]),
    ),
  );
}

async function loadWays(level: PictureLevel, name: string): Promise<readonly PictureWay[]> {
  const response = await fetch(`/api/ways/${level}/${encodeURIComponent(name)}`).catch(() => undefined);
  return response?.ok === true ? ((await response.json()) as readonly PictureWay[]) : [];
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
function drawPicture(parent: HTMLElement, picture: PictureSection): void {
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
  // A node is around what is on it.
  element.classList.toggle('around', part?.collection === 'nodes');
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
