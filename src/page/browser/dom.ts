/** What an element can contain. `false` and `undefined` are nothing. */
export type Child = Node | string | false | undefined | readonly Child[];

/** Attributes of an element, and `on…` listeners. `true` sets one without a value; `false` and `undefined` set none. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

/** Creates an element. Texts are never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Creates an element of SVG. */
export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined || child === false) continue;
    if (typeof child === 'string' || child instanceof Node) element.append(child);
    else append(element, child);
  }
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** What was shown of a row the last time. */
const SHOWN = new WeakMap<Element, { readonly key: string; readonly text: string }>();

/**
 * Shows rows as the children of an element. A row that is as before keeps its element, and with it the focus and what
 * is open; a row that changed gets a new one, open if the old one was.
 */
export function rows<Row>(
  parent: Element,
  list: readonly Row[],
  keyOf: (row: Row) => string,
  draw: (row: Row) => Element,
): void {
  const before = new Map([...parent.children].map((element) => [SHOWN.get(element)?.key ?? '', element]));
  const now = list.map((row) => {
    const key = keyOf(row);
    const text = JSON.stringify(row);
    const old = before.get(key);
    if (old && SHOWN.get(old)?.text === text) return old;
    const element = draw(row);
    if (old instanceof HTMLDetailsElement && element instanceof HTMLDetailsElement) element.open = old.open;
    SHOWN.set(element, { key, text });
    return element;
  });
  const kept = new Set(now);
  for (const element of [...parent.children]) if (!kept.has(element)) element.remove();
  now.forEach((element, index) => {
    const there = parent.children[index];
    if (there !== element) parent.insertBefore(element, there ?? null);
  });
}

/** The folds that are open, by key: a fold that is drawn again stays as it was. */
const OPEN = new Set<string>();

/** Returns a fold whose content is made when it is opened: what nobody sees costs nothing. */
export function fold(key: string, summary: Child, make: () => Child): HTMLDetailsElement {
  const details = h('details', {}, h('summary', {}, summary));
  const unfold = (): void => {
    if (details.childElementCount === 1) append(details, [make()]);
  };
  details.addEventListener('toggle', () => {
    if (!details.open) OPEN.delete(key);
    else {
      OPEN.add(key);
      unfold();
    }
  });
  if (OPEN.has(key)) {
    unfold();
    details.open = true;
  }
  return details;
}

/** So many rows are drawn at a time; the page answers in between. */
const SLICE = 100;

/** Appends a long list to an element, slice by slice, for as long as the element is on the page. */
export function appendInSlices<Row>(parent: Element, list: readonly Row[], draw: (row: Row) => Element): void {
  parent.append(...list.slice(0, SLICE).map(draw));
  if (list.length <= SLICE) return;
  setTimeout(() => {
    if (parent.isConnected) appendInSlices(parent, list.slice(SLICE), draw);
  });
}
