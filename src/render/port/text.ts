import { clean } from '../clean.ts';
import { align } from '../align.ts';
import { width } from '../columns.ts';
import type { ListedPort } from './ports.ts';

/** The cells of a port. Each is clean. */
interface Cells {
  readonly owner: string;
  readonly port: string;
  readonly mac: string;
  readonly addresses: readonly string[];
  readonly network: string;
  readonly node: string;
  readonly device: string;
  readonly groups: readonly string[];
  readonly floating: readonly string[];
}

/**
 * Returns the ports as text of at most `columns` columns: a line for each port where that fits, two lines where those
 * fit, and otherwise a line for each fact.
 */
export function portsText(ports: readonly ListedPort[], columns: number): string {
  if (ports.length === 0) return 'No ports.\n';
  const cells = ports.map(cellsOf);
  const layouts = [oneLine(cells), twoLines(cells)];
  const fitting = layouts.find((lines) => lines.every((line) => width(line) <= columns));
  return `${(fitting ?? records(cells)).join('\n')}\n`;
}

function cellsOf(port: ListedPort): Cells {
  const forwarded = port.port_forwardings.map(
    ({ address, protocol, external_ports: from, internal_ports: to }) => `${address} ${protocol} ${from}→${to}`,
  );
  return {
    owner: clean(port.type === 'instance' ? port.name : `${port.type} ${port.name}`),
    port: clean(port.port) + (port.admin_state_up ? '' : ' (down)'),
    mac: port.mac_address,
    addresses: port.fixed_ips,
    network: clean(port.network),
    node: clean(port.node),
    device: clean(port.device),
    groups: port.type === 'instance' ? (port.security_groups ?? ['(not filtered)']).map(clean) : [],
    floating: [...port.floating_ips.map(({ address }) => address), ...forwarded],
  };
}

/** A list in one cell; an empty one is `-`, so that `awk` can count the columns. */
function cell(texts: readonly string[]): string {
  return texts.length === 0 ? '-' : texts.join(',');
}

function oneLine(ports: readonly Cells[]): readonly string[] {
  return align([
    ['INSTANCE', 'PORT', 'MAC', 'ADDRESSES', 'NETWORK', 'NODE', 'DEVICE', 'GROUPS', 'FLOATING IP'],
    ...ports.map(({ owner, port, mac, addresses, network, node, device, groups, floating }) => [
      owner,
      port,
      mac,
      cell(addresses),
      network,
      node,
      device,
      cell(groups),
      cell(floating),
    ]),
  ]);
}

function twoLines(ports: readonly Cells[]): readonly string[] {
  return align([
    ['INSTANCE/PORT', 'NODE', 'ADDRESSES', 'FLOATING IP'],
    ['  NETWORK', 'DEVICE', 'MAC', 'GROUPS'],
    ...ports.flatMap(({ owner, port, mac, addresses, network, node, device, groups, floating }) => [
      [`${owner}/${port}`, node, cell(addresses), cell(floating)],
      [`  ${network}`, device, mac, cell(groups)],
    ]),
  ]);
}

function records(ports: readonly Cells[]): readonly string[] {
  return ports.flatMap(({ owner, port, mac, addresses, network, node, device, groups, floating }) => [
    `${owner}/${port}`,
    ...align(
      [
        ['network', network],
        ['node', node],
        ['device', device],
        ['MAC', mac],
        ...list('address', addresses),
        ...list('group', groups),
        ...list('floating IP', floating),
      ],
      '  ',
    ),
  ]);
}

function list(name: string, texts: readonly string[]): readonly (readonly string[])[] {
  return texts.map((text) => [name, text]);
}
