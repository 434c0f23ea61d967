import type { Diagnostic } from '../../model/diagnostic.ts';
import { parseIp } from '../../net/ip.ts';
import { carriersOf, isTie, routersOn } from '../carriers.ts';
import { possibleRouters, subnetsThatMayHold, targetAddresses } from '../floating-ips.ts';
import type { Target } from '../floating-ips.ts';
import { show } from '../show.ts';
import { subnetsIn } from '../subnets.ts';
import type { Router } from '../types.gen.ts';
import type { At, CheckContext } from './context.ts';
import type { Case } from './facts/translations.ts';

/**
 * Checks that a router connects each floating IP and port forwarding with its target: the one that the floating IP
 * names, if it names one. Warns where only the order of the file tells which of several routers does.
 */
export function checkCarriers(t: CheckContext, all: readonly Case[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const one of all) {
    const wrong = one.router === undefined ? noCarrier(t, one) : tie(t, one);
    // The port forwardings of a floating IP have one router.
    if (wrong === undefined || (wrong.code !== 'NL312' && seen.has(one.name))) continue;
    found.push(wrong);
    if (wrong.code !== 'NL312') seen.add(one.name);
  }
  return found;
}

function noCarrier(t: CheckContext, one: Case): Diagnostic | undefined {
  const { path, what, floatingIp, target } = one;
  const { floating_network: outer, router: named } = floatingIp;
  const networks = t.doc.networks ?? {};
  const external = networks[outer]?.external === true;
  const sure = t.whole('routers') && t.whole('networks') && external;
  // An unknown router is reported where it is named.
  if (named !== undefined && !t.known('routers', named)) return undefined;
  if (target === undefined) return sure ? addressAlone(t, one) : undefined;
  if (networks[target.port.network] === undefined || !sure) return undefined;
  // An address outside all subnets is reported at the port.
  const { places, blocks } = subnetsIn(t.doc, target.port.network);
  const addresses = targetAddresses(floatingIp, target.port);
  if (addresses.some((address) => blocks.first(parseIp(address)) === undefined)) return undefined;
  if (named !== undefined) {
    const wrong = wrongRouter(t, one, target, named);
    if (wrong !== undefined) return wrong;
  }
  // A router with only the gateway or only the interface is the likely mistake.
  const near = new Set(places.flatMap((place) => routersOn(t.doc).get(place.name) ?? []).map((router) => router.name));
  const inOrder = Object.entries(t.doc.routers ?? {}).filter(([router]) => near.has(router));
  const related = inOrder.map(([name, router]) => ({ message: gatewayOf(name, router), at: routerAt(name) }));
  const summary = `no router connects ${show(outer)} with the target of ${what}`;
  const hint = `add a router with its gateway on ${outer} and an interface on a subnet of ${target.port.network}`;
  return t.report('NL312', { path, part: 'key' }, summary, { related, hint });
}

/** Reports a named router that cannot translate to the target, if another one could. */
function wrongRouter(t: CheckContext, one: Case, target: Target, named: string): Diagnostic | undefined {
  const { name, what, floatingIp } = one;
  const { floating_network: outer } = floatingIp;
  const could = possibleRouters(t.doc, floatingIp, target).map((router) => router.name);
  const router = t.doc.routers?.[named];
  if (could.length === 0 || router === undefined) return undefined;
  const subnets = subnetsThatMayHold(t.doc, floatingIp, target).map((subnet) => subnet.name);
  const message =
    router.external_gateway?.network === outer
      ? `router ${named} has no interface on ${subnets.join(' or ')}`
      : gatewayOf(named, router);
  const related = [{ message, at: routerAt(named) }];
  const summary = `router ${show(named)} does not connect ${show(outer)} with the target of ${what}`;
  const hint = `write ${could.map((other) => `\`router: ${other}\``).join(' or ')}`;
  return t.report('NL681', { path: ['floating_ips', name, 'router'] }, summary, { related, hint });
}

/** Warns of several routers of which none is the gateway of the target's subnet. */
function tie(t: CheckContext, { name, what, floatingIp, target, router }: Case): Diagnostic | undefined {
  if (floatingIp.router !== undefined || target === undefined || router === undefined) return undefined;
  const [subnet, ...others] = subnetsThatMayHold(t.doc, floatingIp, target);
  // The subnet of a derived address is not known yet.
  if (subnet === undefined || others.length > 0) return undefined;
  const carriers = carriersOf(t.doc, floatingIp.floating_network, subnet);
  if (!isTie(carriers, subnet)) return undefined;
  const names = carriers.map((one) => show(one.name)).join(' and ');
  const related = carriers.map((one) => ({ message: `router ${one.name}`, at: routerAt(one.name) }));
  const summary =
    `routers ${names} could translate ${what}, and none has the gateway address of subnet ${show(subnet.name)}: ` +
    `${router.name} is chosen, the first of the file`;
  const hint = `write \`router: ${router.name}\`, or name another one`;
  const at: At = { path: ['floating_ips', name], part: 'key' };
  return t.report('NL682', at, summary, { related, hint, severity: 'warning' });
}

/** Reports an address without `network` that is on no subnet of a router. */
function addressAlone(t: CheckContext, { path, forwarding, floatingIp }: Case): Diagnostic | undefined {
  const { instance, port, network, floating_network, fixed_ip_address: address } = floatingIp;
  const alone = forwarding !== undefined && instance === undefined && network === undefined && port === undefined;
  if (!alone || address === undefined) return undefined;
  const summary = `no router connects ${show(floating_network)} with ${address}`;
  const interfaceOn = `an interface on a subnet that holds ${address}`;
  const hint = `add a router with its gateway on ${floating_network} and ${interfaceOn}`;
  return t.report('NL312', { path: [...path, 'internal_ip_address'] }, summary, { hint });
}

function gatewayOf(name: string, { external_gateway: gateway }: Router): string {
  return gateway === undefined
    ? `router ${name} has no external gateway`
    : `router ${name} has its gateway on ${gateway.network}`;
}

function routerAt(name: string): At {
  return { path: ['routers', name], part: 'key' };
}
