import type { Diagnostic } from '../../model/diagnostic.ts';
import { ipToNumber } from '../../net/ipv4.ts';
import { fromEntries } from '../entries.ts';
import { routerOf, routersOn, targetPortOf } from '../floating-ips.ts';
import type { NamedRouter, Target } from '../floating-ips.ts';
import { show } from '../show.ts';
import { subnetsIn } from '../subnets.ts';
import type { FloatingIp } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';

/** A floating IP of the file, with what it stands for and who carries it out. */
interface Case {
  readonly name: string;
  readonly floatingIp: FloatingIp;
  readonly target: Target | undefined;
  readonly router: NamedRouter | undefined;
}

/** Floating IPs: an external address, a target, and one router between them. */
export function checkFloatingIps(t: CheckContext): Diagnostic[] {
  const all = fromEntries(t.doc.floating_ips, (name, floatingIp): Case => {
    const target = targetPortOf(t.doc, floatingIp);
    return { name, floatingIp, target, router: target && routerOf(t.doc, floatingIp, target) };
  });
  const found: Diagnostic[] = [];
  for (const one of all) {
    for (const check of CHECKS) {
      const wrong = check(t, one);
      if (wrong !== undefined) found.push(wrong);
    }
  }
  return [...found, ...checkTargetsTwice(t, all)];
}

const CHECKS: readonly ((t: CheckContext, one: Case) => Diagnostic | undefined)[] = [
  checkTarget,
  checkNetwork,
  checkRouter,
  checkFixedAddress,
];

/** It stands for an instance's port, or for an address on a network. */
function checkTarget(t: CheckContext, { name, floatingIp }: Case): Diagnostic | undefined {
  const { instance, network, port, fixed_ip_address } = floatingIp;
  const path = ['floating_ips', name];
  const hint = 'name an `instance`, or the `network` and the `fixed_ip_address` of a machine that is none';
  if (instance === undefined) {
    if (network !== undefined && fixed_ip_address !== undefined && port === undefined) return undefined;
    const summary = `floating IP ${show(name)} does not say what it stands for`;
    return t.report('NL318', { path, part: 'key' }, summary, { hint });
  }
  if (network === undefined) return undefined;
  const summary = `floating IP ${show(name)} names an instance and a network`;
  return t.report('NL318', { path: [...path, 'network'] }, summary, { hint });
}

function checkNetwork(t: CheckContext, { name, floatingIp }: Case): Diagnostic | undefined {
  const network = t.doc.networks?.[floatingIp.floating_network];
  if (network === undefined || network.external === true) return undefined;
  const at: At = { path: ['floating_ips', name, 'floating_network'] };
  const related = [
    { message: 'the network', at: { path: ['networks', floatingIp.floating_network], part: 'key' as const } },
  ];
  const summary = `network ${show(floatingIp.floating_network)} is not external`;
  return t.report('NL311', at, summary, { related, hint: 'set `external: true` on it, or name an external network' });
}

function checkRouter(t: CheckContext, { name, floatingIp, target, router }: Case): Diagnostic | undefined {
  if (target === undefined || router !== undefined) return undefined;
  const networks = t.doc.networks ?? {};
  const external = networks[floatingIp.floating_network]?.external === true;
  const sure = t.whole('routers') && t.whole('networks') && external;
  if (networks[target.port.network] === undefined || !sure) return undefined;
  // An address of no subnet is said of the port.
  const address = floatingIp.fixed_ip_address ?? target.port.fixed_ip_address;
  const { places, blocks } = subnetsIn(t.doc, target.port.network);
  if (address !== undefined && blocks.first(ipToNumber(address)) === undefined) return undefined;
  // Routers that do half of it are the likely mistake.
  const near = new Set(places.flatMap((place) => routersOn(t.doc).get(place.name) ?? []).map((router) => router.name));
  const inOrder = Object.entries(t.doc.routers ?? {}).filter(([router]) => near.has(router));
  const related = inOrder.map(([router, { external_gateway }]) => ({
    message:
      external_gateway === undefined
        ? `router ${router} has no external gateway`
        : `router ${router} has its gateway on ${external_gateway.network}`,
    at: { path: ['routers', router], part: 'key' as const },
  }));
  const wanted = show(floatingIp.floating_network);
  const summary = `no router connects ${wanted} with the target of floating IP ${show(name)}`;
  const hint = `it takes a router with its gateway on ${floatingIp.floating_network} and an interface on a subnet of ${target.port.network}`;
  return t.report('NL312', { path: ['floating_ips', name], part: 'key' }, summary, { related, hint });
}

function checkFixedAddress(t: CheckContext, { name, floatingIp, target }: Case): Diagnostic | undefined {
  const { instance, fixed_ip_address: wanted } = floatingIp;
  if (instance === undefined || wanted === undefined || target === undefined) return undefined;
  const held = target.port.fixed_ip_address;
  if (held === wanted) return undefined;
  const port = ['instances', instance, 'ports', target.device];
  const at: At = { path: ['floating_ips', name, 'fixed_ip_address'] };
  if (held === undefined) {
    const related = [{ message: 'the port', at: { path: port, part: 'key' as const } }];
    const hint = `give port ${target.device} of ${instance} that fixed_ip_address, or leave it out here`;
    return t.report('NL417', at, `nothing says that the port holds ${wanted}`, { related, hint });
  }
  const related = [{ message: 'its address', at: { path: [...port, 'fixed_ip_address'] } }];
  return t.report('NL417', at, `the port holds ${held}, not ${wanted}`, { related });
}

/** The router can translate what a fixed address sends to one external address only. */
function checkTargetsTwice(t: CheckContext, all: readonly Case[]): Diagnostic[] {
  const first = new Map<string, string>();
  const found: Diagnostic[] = [];
  for (const { name, floatingIp, target, router } of all) {
    if (target === undefined || router === undefined) continue;
    const { device, port } = target;
    const stands =
      floatingIp.instance === undefined
        ? `${port.network}\n${port.fixed_ip_address ?? ''}`
        : `${floatingIp.instance}\n${device}`;
    const key = `${router.name}\n${stands}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      continue;
    }
    const related = [{ message: 'the other floating IP', at: { path: ['floating_ips', other], part: 'key' as const } }];
    const summary = `${show(name)} and ${show(other)} stand for the same address through router ${show(router.name)}`;
    found.push(t.report('NL314', { path: ['floating_ips', name], part: 'key' }, summary, { related }));
  }
  return found;
}
