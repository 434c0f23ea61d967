import type { Diagnostic } from '../../model/diagnostic.ts';
import { cidrContains } from '../../net/ipv4.ts';
import { routerOf, targetPortOf } from '../defaults.ts';
import { show } from '../show.ts';
import type { FloatingIp } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';

/** Floating IPs: an external address, a target, and one router between them. */
export function checkFloatingIps(t: CheckContext): Diagnostic[] {
  const all = Object.entries(t.doc.floating_ips ?? {});
  return [
    ...all.flatMap(([name, floatingIp]) => [
      ...checkTarget(t, name, floatingIp),
      ...checkNetwork(t, name, floatingIp),
      ...checkRouter(t, name, floatingIp),
      ...checkFixedAddress(t, name, floatingIp),
    ]),
    ...checkTargetsTwice(t, all),
  ];
}

/** It stands for an instance's port, or for an address on a network. */
function checkTarget(
  t: CheckContext,
  name: string,
  { instance, network, port, fixed_ip_address }: FloatingIp,
): Diagnostic[] {
  const path = ['floating_ips', name];
  const hint = 'name an `instance`, or the `network` and the `fixed_ip_address` of a machine that is none';
  if (instance === undefined) {
    if (network !== undefined && fixed_ip_address !== undefined && port === undefined) return [];
    const summary = `floating IP ${show(name)} does not say what it stands for`;
    return [t.report('NL318', { path, part: 'key' }, summary, { hint })];
  }
  if (network === undefined) return [];
  return [
    t.report('NL318', { path: [...path, 'network'] }, `floating IP ${show(name)} names an instance and a network`, {
      hint,
    }),
  ];
}

function checkNetwork(t: CheckContext, name: string, floatingIp: FloatingIp): Diagnostic[] {
  const network = t.doc.networks?.[floatingIp.floating_network];
  if (network === undefined || network.external === true) return [];
  const at: At = { path: ['floating_ips', name, 'floating_network'] };
  const related = [
    { message: 'the network', at: { path: ['networks', floatingIp.floating_network], part: 'key' as const } },
  ];
  const summary = `network ${show(floatingIp.floating_network)} is not external`;
  return [t.report('NL311', at, summary, { related, hint: 'set `external: true` on it, or name an external network' })];
}

function checkRouter(t: CheckContext, name: string, floatingIp: FloatingIp): Diagnostic[] {
  const target = targetPortOf(t.doc, floatingIp);
  const networks = t.doc.networks ?? {};
  const inner = target === undefined ? undefined : networks[target.port.network];
  const external = networks[floatingIp.floating_network]?.external === true;
  const sure = t.whole('routers') && t.whole('networks') && external;
  if (target === undefined || inner === undefined || !sure) return [];
  if (routerOf(t.doc, floatingIp) !== undefined) return [];
  // An address of no subnet is said of the port.
  const address = floatingIp.fixed_ip_address ?? target.port.fixed_ip_address;
  const subnets = Object.values(inner.subnets ?? {});
  if (address !== undefined && !subnets.some(({ cidr }) => cidrContains(cidr, address))) return [];
  // Routers that do half of it are the likely mistake.
  const near = Object.entries(t.doc.routers ?? {}).filter(([, router]) =>
    Object.keys(inner.subnets ?? {}).some((subnet) => Object.hasOwn(router.interfaces ?? {}, subnet)),
  );
  const related = near.map(([router, { external_gateway }]) => ({
    message:
      external_gateway === undefined
        ? `router ${router} has no external gateway`
        : `router ${router} has its gateway on ${external_gateway.network}`,
    at: { path: ['routers', router], part: 'key' as const },
  }));
  const wanted = show(floatingIp.floating_network);
  const summary = `no router connects ${wanted} with the target of floating IP ${show(name)}`;
  const hint = `it takes a router with its gateway on ${floatingIp.floating_network} and an interface on a subnet of ${target.port.network}`;
  return [t.report('NL312', { path: ['floating_ips', name], part: 'key' }, summary, { related, hint })];
}

function checkFixedAddress(t: CheckContext, name: string, floatingIp: FloatingIp): Diagnostic[] {
  const wanted = floatingIp.fixed_ip_address;
  const target = targetPortOf(t.doc, floatingIp);
  const held = target?.port.fixed_ip_address;
  if (wanted === undefined || target === undefined || floatingIp.instance === undefined || held === wanted) return [];
  const port = ['instances', floatingIp.instance, 'ports', target.device];
  const at: At = { path: ['floating_ips', name, 'fixed_ip_address'] };
  if (held === undefined) {
    const related = [{ message: 'the port', at: { path: port, part: 'key' as const } }];
    const hint = `give port ${target.device} of ${floatingIp.instance} that fixed_ip_address, or leave it out here`;
    return [t.report('NL417', at, `nothing says that the port holds ${wanted}`, { related, hint })];
  }
  const related = [{ message: 'its address', at: { path: [...port, 'fixed_ip_address'] } }];
  return [t.report('NL417', at, `the port holds ${held}, not ${wanted}`, { related })];
}

/** The router can translate what a fixed address sends to one external address only. */
function checkTargetsTwice(t: CheckContext, all: readonly (readonly [string, FloatingIp])[]): Diagnostic[] {
  const first = new Map<string, string>();
  return all.flatMap(([name, floatingIp]) => {
    const target = targetPortOf(t.doc, floatingIp);
    const router = routerOf(t.doc, floatingIp);
    if (target === undefined || router === undefined) return [];
    const { device, port } = target;
    const stands =
      floatingIp.instance === undefined ? [port.network, port.fixed_ip_address] : [floatingIp.instance, device];
    const key = [router.name, ...stands].join('\n');
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      return [];
    }
    const related = [{ message: 'the other floating IP', at: { path: ['floating_ips', other], part: 'key' as const } }];
    const summary = `${show(name)} and ${show(other)} stand for the same address through router ${show(router.name)}`;
    return [t.report('NL314', { path: ['floating_ips', name], part: 'key' }, summary, { related })];
  });
}
