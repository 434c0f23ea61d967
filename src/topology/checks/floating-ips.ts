import type { Diagnostic } from '../../model/diagnostic.ts';
import { parseIp } from '../../net/ip.ts';
import { fromEntries } from '../entries.ts';
import { routersOn } from '../carriers.ts';
import type { NamedRouter } from '../carriers.ts';
import { targetAddresses, translationsOf, routerOf, targetPortOf } from '../floating-ips.ts';
import type { Translation, Target } from '../floating-ips.ts';
import { addressesOf } from '../port-addresses.ts';
import { show } from '../show.ts';
import { subnetsIn } from '../subnets.ts';
import type { FloatingIp } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';

/** A floating IP of the file or one of its port forwardings, with its target and its router. */
interface Case extends Translation {
  /** How messages call it. */
  readonly what: string;
  readonly target: Target | undefined;
  readonly router: NamedRouter | undefined;
}

/** Checks that each floating IP has an external network, a target per translation, and a router between them. */
export function checkFloatingIps(t: CheckContext): Diagnostic[] {
  const all = translationsOf(t.doc).map((translation): Case => {
    const target = targetPortOf(t.doc, translation.floatingIp);
    const own = `floating IP ${show(translation.name)}`;
    const what = translation.forwarding === undefined ? own : `a port forwarding of ${own}`;
    return { ...translation, what, target, router: target && routerOf(t.doc, translation.floatingIp, target) };
  });
  const found = fromEntries(t.doc.floating_ips, (name, spec) => checkNetwork(t, name, spec) ?? []).flat();
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
  checkRouter,
  checkFixedAddress,
];

/** The target is an instance's port, or an address on a network. */
function checkTarget(t: CheckContext, { path, what, forwarding, floatingIp }: Case): Diagnostic | undefined {
  const { instance, network, port, fixed_ip_address: address } = floatingIp;
  const hint =
    forwarding === undefined
      ? 'set `instance`, or set `network` and `fixed_ip_address` if the target is no instance'
      : 'set `instance`, or set `internal_ip_address` if the target is no instance';
  if (instance === undefined) {
    // A port forwarding's address without a router is reported by checkAddressAlone.
    const hasTarget = address !== undefined && (network !== undefined || forwarding !== undefined);
    if (hasTarget && port === undefined) return undefined;
    return t.report('NL318', { path, part: 'key' }, `${what} has no target`, { hint });
  }
  if (network === undefined) return undefined;
  return t.report('NL318', { path: [...path, 'network'] }, `${what} has both an instance and a network`, { hint });
}

function checkNetwork(t: CheckContext, name: string, { floating_network }: FloatingIp): Diagnostic | undefined {
  const network = t.doc.networks?.[floating_network];
  if (network === undefined || network.external === true) return undefined;
  const at: At = { path: ['floating_ips', name, 'floating_network'] };
  const related = [{ message: 'the network', at: { path: ['networks', floating_network], part: 'key' as const } }];
  const summary = `network ${show(floating_network)} is not external`;
  return t.report('NL311', at, summary, { related, hint: 'set `external: true` on it, or name an external network' });
}

function checkRouter(t: CheckContext, one: Case): Diagnostic | undefined {
  const { path, what, floatingIp, target, router } = one;
  if (router !== undefined) return undefined;
  const networks = t.doc.networks ?? {};
  const external = networks[floatingIp.floating_network]?.external === true;
  const sure = t.whole('routers') && t.whole('networks') && external;
  if (target === undefined) return sure ? checkAddressAlone(t, one) : undefined;
  if (networks[target.port.network] === undefined || !sure) return undefined;
  // An address outside all subnets is reported at the port.
  const { places, blocks } = subnetsIn(t.doc, target.port.network);
  const addresses = targetAddresses(floatingIp, target.port);
  if (addresses.some((address) => blocks.first(parseIp(address)) === undefined)) return undefined;
  // A router with only the gateway or only the interface is the likely mistake.
  const near = new Set(places.flatMap((place) => routersOn(t.doc).get(place.name) ?? []).map((router) => router.name));
  const inOrder = Object.entries(t.doc.routers ?? {}).filter(([router]) => near.has(router));
  const related = inOrder.map(([router, { external_gateway }]) => ({
    message:
      external_gateway === undefined
        ? `router ${router} has no external gateway`
        : `router ${router} has its gateway on ${external_gateway.network}`,
    at: { path: ['routers', router], part: 'key' as const },
  }));
  const { floating_network: outer } = floatingIp;
  const summary = `no router connects ${show(outer)} with the target of ${what}`;
  const hint = `add a router with its gateway on ${outer} and an interface on a subnet of ${target.port.network}`;
  return t.report('NL312', { path, part: 'key' }, summary, { related, hint });
}

/** Reports an address without `network` that is on no subnet of a router. */
function checkAddressAlone(t: CheckContext, { path, forwarding, floatingIp }: Case): Diagnostic | undefined {
  const { instance, port, network, floating_network, fixed_ip_address: address } = floatingIp;
  const alone = forwarding !== undefined && instance === undefined && network === undefined && port === undefined;
  if (!alone || address === undefined) return undefined;
  const summary = `no router connects ${show(floating_network)} with ${address}`;
  const interfaceOn = `an interface on a subnet that holds ${address}`;
  const hint = `add a router with its gateway on ${floating_network} and ${interfaceOn}`;
  return t.report('NL312', { path: [...path, 'internal_ip_address'] }, summary, { hint });
}

function checkFixedAddress(t: CheckContext, one: Case): Diagnostic | undefined {
  const { path, floatingIp, target } = one;
  const { instance, fixed_ip_address: address } = floatingIp;
  if (instance === undefined || target === undefined) return undefined;
  const held = addressesOf(target.port);
  if (address === undefined) return held.length > 1 ? checkWhichAddress(t, one, held) : undefined;
  if (held.includes(address)) return undefined;
  const port = ['instances', instance, 'ports', target.device];
  const at: At = { path: [...path, addressField(one)] };
  if (held.length === 0) {
    const related = [{ message: 'the port', at: { path: port, part: 'key' as const } }];
    const hint = `set fixed_ip_address: ${address} at port ${target.device} of ${instance}, or remove it here`;
    return t.report('NL417', at, `the port does not have a fixed_ip_address ${address}`, { related, hint });
  }
  const field = target.port.fixed_ips === undefined ? 'fixed_ip_address' : 'fixed_ips';
  const message = held.length === 1 ? 'its address' : 'its addresses';
  const related = [{ message, at: { path: [...port, field] } }];
  return t.report('NL417', at, `the port has ${held.join(' and ')}, not ${address}`, { related });
}

/** Neutron does not choose among several addresses either. */
function checkWhichAddress(t: CheckContext, one: Case, held: readonly string[]): Diagnostic {
  const { path, what, floatingIp, target } = one;
  const { instance = '' } = floatingIp;
  const device = target?.device ?? '';
  const port = ['instances', instance, 'ports', device];
  const related = [{ message: 'its addresses', at: { path: [...port, 'fixed_ips'] } }];
  const summary = `port ${device} of ${show(instance)} has several addresses; ${what} must name one`;
  const hint = `add \`${addressField(one)}:\` with one of: ${held.join(', ')}`;
  return t.report('NL418', { path: [...path, 'instance'] }, summary, { related, hint });
}

/** The field that selects one of the port's addresses. */
function addressField({ forwarding }: Case): string {
  return forwarding === undefined ? 'fixed_ip_address' : 'internal_ip_address';
}

/** A router can apply SNAT to one external address only for each fixed IP address. */
function checkTargetsTwice(t: CheckContext, all: readonly Case[]): Diagnostic[] {
  const first = new Map<string, string>();
  const found: Diagnostic[] = [];
  for (const { name, forwarding, floatingIp, target, router } of all) {
    if (forwarding !== undefined || target === undefined || router === undefined) continue;
    const addresses = targetAddresses(floatingIp, target.port);
    // Several addresses have a diagnostic of their own (NL418).
    if (addresses.length > 1) continue;
    const fixed =
      addresses[0] === undefined
        ? `instance\n${floatingIp.instance ?? ''}\n${target.device}`
        : `address\n${target.port.network}\n${addresses[0]}`;
    const key = `${router.name}\n${fixed}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      continue;
    }
    const related = [{ message: 'the other floating IP', at: { path: ['floating_ips', other], part: 'key' as const } }];
    const summary = `${show(name)} and ${show(other)} translate the same address on router ${show(router.name)}`;
    found.push(t.report('NL314', { path: ['floating_ips', name], part: 'key' }, summary, { related }));
  }
  return found;
}
