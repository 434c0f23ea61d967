import type { Connection } from './connection.ts';
import { fill, h, s, type Child } from './dom.ts';
import { machineMark } from './machine.ts';
import { symbol } from './marks.ts';
import type { Store } from './store.ts';
import { age, setServerTime } from './time.ts';

/** One view of the page. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** The strokes of its symbol in a square of 24. */
  readonly strokes: string;
  readonly element: HTMLElement;
}

/** Returns a heading with what a view tells at a glance. */
export function viewHead(title: string, ...glance: readonly Child[]): HTMLElement {
  return h('header', { class: 'view-head' }, h('h1', { tabindex: '-1' }, title), h('div', { class: 'glance' }, glance));
}

/** Puts the views on the page, one of which is seen. Returns what tells of the connection. */
export function openShell(store: Store, views: readonly View[]): (connection: Connection) => void {
  const banner = h('div', { class: 'banner', role: 'status' });
  const identity = h('div', { class: 'identity' });
  const pulse = h('div', { class: 'pulse' });
  const links = new Map(
    views.map(({ id, title, strokes }) => [
      id,
      h(
        'a',
        { href: `#${id}`, class: 'nav-link' },
        s('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'nav-icon' }, s('path', { d: strokes })),
        h('span', {}, title),
        h('span', { class: 'nav-count', 'data-count': id }),
      ),
    ]),
  );
  const main = h(
    'main',
    { id: 'main' },
    views.map(({ element }) => element),
  );
  document.body.replaceChildren(
    h('a', { href: '#main', class: 'skip', onclick: skip }, 'Skip to the content'),
    h(
      'aside',
      { class: 'side', 'aria-label': 'netloom' },
      h('div', { class: 'wordmark' }, wordmark(), h('span', {}, 'netloom')),
      identity,
      h('nav', { 'aria-label': 'Views' }, [...links.values()]),
      pulse,
    ),
    h('div', { class: 'stage' }, banner, main),
  );
  const route = (): void => {
    const wanted = views.find(({ id }) => id === location.hash.slice(1)) ?? views[0];
    for (const view of views) {
      view.element.hidden = view !== wanted;
      const link = links.get(view.id);
      if (view === wanted) link?.setAttribute('aria-current', 'page');
      else link?.removeAttribute('aria-current');
    }
    document.title = [wanted?.title, store.state.about?.topology, 'netloom'].filter(Boolean).join(' · ');
  };
  addEventListener('hashchange', () => {
    route();
    scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('section.view:not([hidden]) h1')?.focus({ preventScroll: true });
  });
  store.show(['about'], ({ about }) => {
    fill(
      identity,
      h('strong', { title: about.file }, about.topology === '' ? about.file : about.topology),
      h('span', { class: 'quiet' }, about.lab ? `lab on ${about.machine}` : `from ${about.machine}`),
    );
    route();
  });
  store.show(['sight', 'about', 'machine'], ({ sight, about, machine }) => {
    setServerTime(sight.now);
    const seen = sight.at === null ? undefined : age(sight.at, 'read ', ' ago');
    fill(
      pulse,
      machineMark(machine, sight.state),
      h('span', { class: 'quiet' }, seen ?? 'the nodes are read'),
      h('span', { class: 'quiet version' }, `netloom ${about.version}`),
    );
  });
  route();
  let last: Connection = 'connecting';
  return (connection) => {
    if (connection === last) return;
    last = connection;
    document.body.classList.toggle('stale', connection === 'lost' || connection === 'closed');
    const words = {
      connecting: '',
      open: '',
      lost: 'The connection to netloom is lost, and is tried again. What you see is as it was then.',
      closed: 'netloom has been started again and does not know this browser. Open the link that it printed.',
    }[connection];
    fill(banner, words !== '' && [symbol('warn'), h('span', {}, words)]);
  };
}

/** The fragment names the view, so the link must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('section.view:not([hidden]) h1')?.focus();
}

/** Tells beside a view's link how many things need attention. */
export function setCount(view: string, count: number, words: string): void {
  const element = document.querySelector(`[data-count="${view}"]`);
  if (!element) return;
  fill(
    element,
    count > 0 && [h('span', { 'aria-hidden': 'true' }, String(count)), h('span', { class: 'unseen' }, `, ${words}`)],
  );
}

function wordmark(): SVGSVGElement {
  return s(
    'svg',
    { viewBox: '0 0 32 32', class: 'logo', 'aria-hidden': 'true' },
    s('path', { d: 'M10 6v20M16 6v20M22 6v20' }),
    s('path', { d: 'M5 12h22M5 20h22', class: 'weft' }),
  );
}
