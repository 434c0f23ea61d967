import { clean } from '../clean.ts';
import { align } from '../align.ts';
import { count, width } from '../columns.ts';
import { wrap } from '../wrap.ts';
import type { Paint } from '../colour.ts';
import type { FloatingIpState } from './floating-ips.ts';
import type { Probed } from './probed.ts';
import type { Health, Service } from './services.ts';
import type { BridgeState, NamespaceState, NodeState } from './state.ts';

/** A service with the result of the requests to it. */
type ProbedService = Service & { readonly probe?: Probed };
type ProbedFloatingIp = FloatingIpState & { readonly probe?: Probed };

/** Returns services, a line each, then floating IPs and their port forwardings, then our objects, node by node. */
export function renderShow(
  services: readonly ProbedService[],
  floatingIps: readonly ProbedFloatingIp[],
  state: readonly NodeState[],
  colours: Paint,
  columns = Infinity,
): string {
  const nodes = state.map((node) => stateLines(node, colours, columns)).filter((lines) => lines.length > 0);
  const floating = floatingIps.length === 0 ? [] : [floatingIpLines(floatingIps, colours, columns)];
  const blocks = [serviceLines(services, colours, columns), ...floating, ...nodes];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function serviceLines(services: readonly ProbedService[], colours: Paint, columns: number): readonly string[] {
  const rows = services.map((service) => {
    const isNode = service.type === 'node';
    const name = isNode ? colours.bold(clean(service.name)) : `  ${service.type} ${clean(service.name)}`;
    const object = isNode ? '' : colours.dim(clean(service.object));
    return [mark(service.health, colours), name, object, healthText(service, colours)];
  });
  return align(rows, '', columns);
}

function floatingIpLines(floatingIps: readonly ProbedFloatingIp[], colours: Paint, columns: number): readonly string[] {
  const rows = floatingIps.flatMap((ip) => {
    const { name, address, health, router, fixed_address: fixed, port_forwardings: forwardings } = ip;
    const title = `floating IP ${clean(name)}  ${address}`;
    const target = fixed === null ? '' : leadsTo(ip.instance, fixed);
    const own = [
      mark(health, colours),
      title,
      target,
      colours.dim(`router ${clean(router)}`),
      inColour(wordOf(health, ip.probe), health, colours),
    ];
    const ports = forwardings.map((one) => [
      mark(one.health, colours),
      `  ${one.protocol} ${one.external_ports}`,
      leadsTo(one.instance, `${one.fixed_address}:${one.internal_ports.replace(':', '-')}`),
      '',
      inColour(wordOf(one.health, ip.probe), one.health, colours),
    ]);
    return [own, ...ports];
  });
  return align(rows, '', columns);
}

function leadsTo(instance: string | null, where: string): string {
  return `→ ${instance === null ? '' : `${clean(instance)} `}${where}`;
}

function mark(health: Health, colours: Paint): string {
  if (health === 'ok') return colours.green('✔');
  if (health === 'unknown') return colours.yellow('?');
  return health === 'degraded' ? colours.yellow('!') : colours.red('✘');
}

function healthText({ health, detail, probe }: ProbedService, colours: Paint): string {
  const word = wordOf(health, probe);
  return inColour(detail === '' ? word : `${word}: ${clean(detail)}`, health, colours);
}

/** Only a service that answered is ok; of the others it is known that they are as in the file. */
function wordOf(health: Health, probe: Probed | undefined): string {
  return health === 'ok' && probe !== 'ok' ? 'as in the file' : health;
}

function inColour(text: string, health: Health, colours: Paint): string {
  if (health === 'ok') return colours.green(text);
  return health === 'degraded' || health === 'unknown' ? colours.yellow(text) : colours.red(text);
}

function stateLines({ node, bridges, namespaces }: NodeState, colours: Paint, columns: number): readonly string[] {
  if (bridges.length === 0 && namespaces.length === 0) return [];
  return [
    colours.bold(`── ${clean(node)} ──`),
    ...bridges.flatMap((bridge) => bridgeLines(bridge, colours, columns)),
    ...namespaces.flatMap((namespace) => namespaceLines(namespace, colours, columns)),
  ];
}

function bridgeLines(bridge: BridgeState, colours: Paint, columns: number): readonly string[] {
  const { name, up, ports, addresses } = bridge;
  const state = up ? '' : colours.red(' down');
  const own = addresses.length === 0 ? '' : `  ${clean(addresses.join(' '))}`;
  const title = `bridge ${colours.cyan(clean(name))}${state}${own}`;
  const line = `${title}  ${colours.dim(count(ports.length, 'port'))}: ${clean(ports.join(' '))}`;
  if (width(line) <= columns) return [line];
  return [`${title}  ${colours.dim(count(ports.length, 'port'))}:`, ...indented(clean(ports.join(' ')), columns)];
}

function indented(text: string, columns: number): readonly string[] {
  return wrap(text, columns - 4).map((line) => `    ${line}`);
}

function namespaceLines(namespace: NamespaceState, colours: Paint, columns: number): readonly string[] {
  const { name, devices, routes, nat, processes, foreign } = namespace;
  return [
    name === '-' ? 'the node’s own namespace' : `namespace ${colours.cyan(clean(name))}`,
    ...align(
      devices.map((device) => [clean(device.name), colours.dim(clean(device.mac)), clean(device.addresses.join(' '))]),
      '  ',
      columns,
    ),
    ...routes.map((route) => `  ${clean(route)}`),
    ...processes.map((process) => `  process ${clean(process)}`),
    ...nat.map((rule) => `  ${colours.dim('nat')} ${clean(rule)}`),
    ...foreign.map((line) => `  ${colours.yellow('foreign, left alone:')} ${clean(line)}`),
  ];
}
