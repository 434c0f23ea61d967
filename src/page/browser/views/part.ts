import type { AllowedRow, ObjectRow, PartDetails, PartName, PortDetails, RuleRow, Way } from '../../wire/part.ts';
import { fill, h, type Child } from '../dom.ts';
import { mark, type Tone } from '../marks.ts';
import { selectWay } from './selected.ts';

let sheet: HTMLDialogElement | undefined;

/** Shows a part of the file beside the view: its lines, what stands of it, its rules, and where it leads. */
export function openPart(part: PartName): void {
  sheet ??= createSheet();
  const body = h('div', { class: 'sheet-body' }, h('p', { class: 'quiet' }, 'Loading …'));
  fill(sheet, closeButton(sheet), body);
  if (!sheet.open) sheet.showModal();
  void load(part).then(
    (details) => {
      fill(body, ...contents(details));
    },
    (error: unknown) => {
      fill(
        body,
        h('h2', {}, part.name),
        h('p', {}, error instanceof Error ? error.message : 'netloom did not answer.'),
      );
    },
  );
}

function createSheet(): HTMLDialogElement {
  const dialog = h('dialog', { class: 'sheet', 'aria-label': 'Part of the file' });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

function closeButton(dialog: HTMLDialogElement): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'close',
      'aria-label': 'Close',
      onclick: () => {
        dialog.close();
      },
    },
    '✕',
  );
}

async function load({ collection, name }: PartName): Promise<PartDetails> {
  const response = await fetch(`/api/part/${encodeURIComponent(collection)}/${encodeURIComponent(name)}`).catch(
    () => undefined,
  );
  if (response === undefined) throw new Error('netloom did not answer.');
  if (response.status === 404) throw new Error('The file has no such part any more.');
  if (!response.ok) throw new Error('netloom does not know this browser any more.');
  return (await response.json()) as PartDetails;
}

function contents({ part, title, source, objects, rules, ports, ways }: PartDetails): readonly Child[] {
  return [
    h('h2', {}, title),
    ways.map((way) => wayFigure(way)),
    part.collection === 'floating_ips' && h('p', {}, drawButton(part.name)),
    source !== null &&
      block(
        `${source.file}, line ${String(source.first)}`,
        h(
          'pre',
          { class: 'source', tabindex: '0', role: 'region', 'aria-label': 'What the file says' },
          source.lines.map((line, index) =>
            h(
              'span',
              { class: 'source-line' },
              h('span', { class: 'number', 'aria-hidden': 'true' }, String(source.first + index)),
              `${line}\n`,
            ),
          ),
        ),
      ),
    ports.map((port) => portBlock(port)),
    objects.length > 0 && block(`On the nodes: ${String(objects.length)} objects`, objectList(objects)),
    rules.length > 0 && block(`Rules that come from it: ${String(rules.length)}`, ruleList(rules)),
  ];
}

function block(title: string, ...children: readonly Child[]): HTMLElement {
  return h('section', { class: 'block' }, h('h3', {}, title), ...children);
}

const STATES: Readonly<Record<ObjectRow['state'], readonly [Tone, string]>> = {
  ok: ['good', 'as in the file'],
  missing: ['bad', 'missing'],
  differs: ['warn', 'differs'],
  extra: ['warn', 'not in the file'],
  unknown: ['calm', 'unknown'],
};

/** Objects by namespace; those that are not well come first. */
function objectList(objects: readonly ObjectRow[]): Child {
  const places = new Map<string, ObjectRow[]>();
  const order = [...objects].sort((a, b) => Number(a.state === 'ok') - Number(b.state === 'ok'));
  for (const object of order) {
    const place = `${object.node} ${object.netns}`.trim();
    places.set(place, [...(places.get(place) ?? []), object]);
  }
  return [...places].map(([place, list]) =>
    h(
      'details',
      { class: 'place', open: places.size === 1 || list.some(({ state }) => state !== 'ok') },
      h('summary', {}, h('code', {}, place), h('span', { class: 'quiet' }, ` ${String(list.length)}`)),
      h(
        'ul',
        { class: 'objects' },
        list.map(({ what, state }) => h('li', {}, mark(...STATES[state]), h('code', {}, what))),
      ),
    ),
  );
}

function ruleList(rules: readonly RuleRow[]): Child {
  return h(
    'ul',
    { class: 'rules' },
    rules.map(({ chain, node, netns, rule, origin }) =>
      h(
        'li',
        {},
        h('code', {}, `-A ${chain.split(' ').at(-1) ?? ''} ${rule}`),
        h('span', { class: 'quiet' }, `${chain} · ${`${node} ${netns}`.trim()} · from ${origin}`),
      ),
    ),
  );
}

function portBlock({ name, filtered, groups, ingress, egress }: PortDetails): HTMLElement {
  if (!filtered) return block(`Port ${name}`, h('p', {}, 'Not filtered: all traffic is allowed.'));
  return block(
    `Port ${name}: ${groups.length === 0 ? 'in no group' : groups.join(', ')}`,
    h('h4', {}, 'May receive'),
    allowedList(ingress, 'from'),
    h('h4', {}, 'May send'),
    allowedList(egress, 'to'),
  );
}

function allowedList(rules: readonly AllowedRow[], preposition: string): HTMLElement {
  if (rules.length === 0) return h('p', { class: 'quiet' }, 'Nothing but answers.');
  return h(
    'ul',
    { class: 'rules' },
    rules.map(({ what, who, group, origin }) =>
      h(
        'li',
        {},
        h('span', {}, `${what} ${preposition} ${who}`),
        h('span', { class: 'quiet' }, `${group} · ${origin}`),
      ),
    ),
  );
}

function drawButton(name: string): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'button',
      onclick: () => {
        sheet?.close();
        selectWay(name);
        location.hash = 'topology';
      },
    },
    'Show its way in the picture',
  );
}

/** The way of a floating IP from outside to the guest. */
function wayFigure({ name, hops }: Way): HTMLElement {
  return block(
    `The way of ${name}`,
    h(
      'ol',
      { class: 'way' },
      hops.map(({ what, detail }) => h('li', {}, h('strong', {}, what), h('span', { class: 'quiet' }, detail))),
    ),
  );
}
