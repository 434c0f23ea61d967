import type { PortRow } from '../../wire/services.ts';
import { appendInSlices, fold, h } from '../dom.ts';
import { openPart } from './part.ts';

/** From so many ports on, the table is folded. */
const MANY = 40;

const COLLECTIONS = { instance: 'instances', router: 'routers', dhcp: 'networks' } as const;
const WORDS = { instance: '', router: 'router ', dhcp: 'DHCP server of ' } as const;

/** Returns every port with what netloom derives for it. */
export function portTable(ports: readonly PortRow[]): HTMLElement {
  const table = (): HTMLElement => tableOf(ports);
  const heading = [h('h2', {}, 'Ports'), h('span', { class: 'quiet' }, String(ports.length))];
  const isLong = ports.length > MANY;
  return h(
    'article',
    { class: 'card wide', 'aria-label': 'Ports' },
    isLong
      ? fold('ports', h('span', { class: 'card-head' }, heading), table)
      : [h('header', { class: 'card-head' }, heading), table()],
  );
}

function tableOf(ports: readonly PortRow[]): HTMLElement {
  const lines = h('tbody', {});
  appendInSlices(lines, ports, portLine);
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Ports' },
    h(
      'table',
      { class: 'ports' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['Port', 'Addresses', 'MAC', 'Network', 'Node', 'Device', 'Groups', 'Floating IPs'].map((text) =>
            h('th', { scope: 'col' }, text),
          ),
        ),
      ),
      lines,
    ),
  );
}

function portLine(port: PortRow): HTMLElement {
  const part = { collection: COLLECTIONS[port.type], name: port.owner };
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('button', { type: 'button', class: 'link', onclick: () => openPart(part) }, `${WORDS[port.type]}${port.owner}`),
      ' ',
      h('code', {}, port.port),
    ),
    h('td', {}, port.addresses.join(', ') || '–'),
    h('td', {}, h('code', {}, port.mac)),
    h('td', {}, port.network),
    h('td', {}, port.node),
    h('td', {}, h('code', {}, port.device)),
    h('td', {}, groupsText(port)),
    h('td', {}, port.floatingIps.join(', ') || '–'),
  );
}

function groupsText({ type, groups }: PortRow): string {
  if (groups !== null) return groups.join(', ') || 'none';
  return type === 'instance' ? 'not filtered' : '–';
}
