import type { Sight } from '../../wire/sight.ts';
import type { FloatingIpRow, Health, ServiceRow, ServiceType } from '../../wire/services.ts';
import { appendInSlices, fill, fold, h, rows, type Child } from '../dom.ts';
import { healthMark, mark } from '../marks.ts';
import { problemList } from '../problems.ts';
import { setCount, viewHead, type View } from '../shell.ts';
import type { Store } from '../store.ts';
import { age } from '../time.ts';
import { openPart } from './part.ts';
import { portTable } from './ports.ts';
import { linkMaker } from './links.ts';

const TYPES: Readonly<Record<ServiceType, string>> = {
  node: 'Node',
  router: 'Router',
  dhcp: 'DHCP server',
  metadata: 'Metadata proxy',
  bridge: 'Bridge',
  filter: 'Filter',
  instance: 'Port',
};

const BLOCKED = 'The file has errors: what follows compares the nodes with its last good version';

/** From so many services on, those that are well are folded in each node. */
const MANY = 60;

/** Every service of every node with its health, then floating IPs and ports. */
export function servicesView(store: Store): View {
  const glance = h('div');
  const problems = h('div');
  const nodes = h('div', { class: 'cards' });
  const floating = h('div');
  const ports = h('div');
  const state = { unwellOnly: false, words: '' };
  const draw = (): void => {
    const { services } = store.state;
    if (services) drawNodes(nodes, services, state);
  };
  const search = h('input', {
    type: 'search',
    placeholder: 'Find a service',
    'aria-label': 'Find a service',
    oninput: () => {
      state.words = search.value.trim().toLowerCase();
      draw();
    },
  });
  const unwell = h('input', {
    type: 'checkbox',
    onchange: () => {
      state.unwellOnly = unwell.checked;
      draw();
    },
  });
  const element = h(
    'section',
    { class: 'view', 'aria-label': 'Services' },
    viewHead('Services', glance),
    problems,
    h('div', { class: 'tools' }, search, h('label', {}, unwell, ' only what is not well')),
    nodes,
    floating,
    ports,
    linkMaker(),
  );
  store.show(['services'], ({ services }) => {
    setCount('services', services.filter(({ health }) => health !== 'ok').length, 'not well');
    draw();
  });
  store.show(['services', 'sight'], ({ services, sight }) => {
    const bad = services.filter(({ health }) => health !== 'ok').length;
    fill(glance, ...glanceOf(services, bad, sight.state));
    fill(problems, problemList(sight.diagnostics));
  });
  store.show(['floatingIps'], ({ floatingIps }) => {
    fill(floating, floatingIps.length > 0 && floatingCard(floatingIps));
  });
  store.show(['ports'], ({ ports: list }) => {
    fill(ports, list.length > 0 && portTable(list));
  });
  return { id: 'services', title: 'Services', strokes: 'M4 5h16v5H4zM4 14h16v5H4zM7.5 7.5h.01M7.5 16.5h.01', element };
}

function glanceOf(services: readonly ServiceRow[], bad: number, sight: Sight['state']): readonly Child[] {
  const total = String(services.length);
  if (sight === 'first') return [h('p', { class: 'lead loading' }, 'The nodes are being read …')];
  if (sight === 'failed')
    return [h('p', { class: 'lead' }, mark('bad', 'The nodes cannot be read: what follows is older'))];
  if (sight === 'blocked') return [h('p', { class: 'lead' }, mark('warn', BLOCKED))];
  if (services.length === 0) return [h('p', { class: 'lead' }, 'Nothing was seen yet.')];
  if (bad === 0) return [h('p', { class: 'lead' }, mark('good', `All ${total} services are as in the file`))];
  const words = bad === 1 ? `1 of ${total} services is not well` : `${String(bad)} of ${total} services are not well`;
  return [h('p', { class: 'lead' }, mark('warn', words))];
}

function drawNodes(
  parent: Element,
  services: readonly ServiceRow[],
  { unwellOnly, words }: { readonly unwellOnly: boolean; readonly words: string },
): void {
  const seen = services.filter(
    (row) =>
      (!unwellOnly || row.health !== 'ok') &&
      (words === '' || [row.node, TYPES[row.type], row.name, row.object].join(' ').toLowerCase().includes(words)),
  );
  const byNode = new Map<string, ServiceRow[]>();
  for (const row of seen) byNode.set(row.node, [...(byNode.get(row.node) ?? []), row]);
  const cards = [...byNode].map(([node, list]) => ({
    node,
    list,
    folds: services.length > MANY && words === '' && !unwellOnly,
  }));
  rows(
    parent,
    cards,
    ({ node }) => node,
    ({ node, list, folds }) => nodeCard(node, list, folds),
  );
  if (cards.length === 0 && services.length > 0) {
    fill(
      parent,
      h(
        'p',
        { class: 'empty' },
        unwellOnly && words === '' ? 'Every service is as in the file.' : 'No service has these words.',
      ),
    );
  }
}

function nodeCard(node: string, list: readonly ServiceRow[], folds: boolean): HTMLElement {
  const whole = list.find(({ type }) => type === 'node');
  const parts = list.filter(({ type }) => type !== 'node');
  const isWell = ({ health }: ServiceRow): boolean => health === 'ok';
  const shown = folds ? parts.filter((part) => !isWell(part)) : parts;
  const folded = folds ? parts.filter(isWell) : [];
  return h(
    'article',
    { class: 'card', 'aria-label': `Node ${node}` },
    h(
      'header',
      { class: 'card-head' },
      h('h2', {}, whole?.part ? partButton(whole, node) : node),
      whole && healthMark(worst(list)),
      whole && h('span', { class: 'quiet' }, age(whole.since, 'for ')),
    ),
    whole && whole.reason !== '' && h('p', { class: 'reason' }, whole.reason),
    h(
      'ul',
      { class: 'services' },
      shown.map((row) => serviceItem(row)),
    ),
    folded.length > 0 &&
      fold(`services of ${node}`, mark('good', `${String(folded.length)} services are well`), () => {
        const list = h('ul', { class: 'services' });
        appendInSlices(list, folded, serviceItem);
        return list;
      }),
  );
}

function worst(list: readonly ServiceRow[]): Health {
  const order: readonly Health[] = ['missing', 'foreign', 'degraded', 'unknown', 'ok'];
  return order.find((health) => list.some((row) => row.health === health)) ?? 'ok';
}

function serviceItem(row: ServiceRow): HTMLElement {
  return h(
    'li',
    { class: `service ${row.health}` },
    healthMark(row.health),
    h(
      'div',
      { class: 'service-name' },
      h('span', { class: 'type' }, TYPES[row.type]),
      row.part ? partButton(row, row.name) : h('span', {}, row.name),
      h('code', { class: 'object' }, row.object),
      row.reason !== '' && h('p', { class: 'reason' }, row.reason),
    ),
    h('span', { class: 'since quiet' }, age(row.since, 'for ')),
  );
}

function partButton({ part }: ServiceRow, text: string): HTMLElement {
  return h('button', { type: 'button', class: 'link', onclick: () => part && openPart(part) }, text);
}

function floatingCard(list: readonly FloatingIpRow[]): HTMLElement {
  return h(
    'article',
    { class: 'card wide', 'aria-label': 'Floating IPs' },
    h('header', { class: 'card-head' }, h('h2', {}, 'Floating IPs')),
    h(
      'ul',
      { class: 'services' },
      list.map((ip) =>
        h(
          'li',
          { class: `service ${ip.health}` },
          healthMark(ip.health),
          h(
            'div',
            { class: 'service-name' },
            h(
              'button',
              { type: 'button', class: 'link', onclick: () => openPart({ collection: 'floating_ips', name: ip.name }) },
              ip.address,
            ),
            h('span', { class: 'arrow', 'aria-label': 'leads to' }, '→'),
            h('span', {}, ip.target),
            h('span', { class: 'quiet' }, `${ip.name}, router ${ip.router} on ${ip.node}`),
          ),
        ),
      ),
    ),
  );
}
