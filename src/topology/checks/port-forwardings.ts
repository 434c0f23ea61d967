import type { Diagnostic } from '../../model/diagnostic.ts';
import { fromEntries } from '../entries.ts';
import { isAddressGiven, translationsOf, routerOf } from '../floating-ips.ts';
import { externalPorts, internalPorts } from '../port-forwardings.ts';
import { formatPorts, sizeOf } from '../../net/ports.ts';
import type { PortRange } from '../../net/ports.ts';
import { show } from '../show.ts';
import type { FloatingIp, PortForwarding } from '../types.gen.ts';
import type { Path } from '../valid.ts';
import type { CheckContext } from './context.ts';

/**
 * Checks that a port forwarding has external and as many internal ports, that no external port of a floating IP is
 * forwarded twice, and that all port forwardings of a floating IP are on one router.
 */
export function checkPortForwardings(t: CheckContext): Diagnostic[] {
  return fromEntries(t.doc.floating_ips, (name, floatingIp) => {
    const { port_forwardings: forwardings } = floatingIp;
    if (forwardings === undefined) return [];
    return [
      ...checkNoTarget(t, name, floatingIp),
      ...forwardings.flatMap((one, index) => checkPorts(t, one, ['floating_ips', name, 'port_forwardings', index])),
      ...checkOverlaps(t, name, forwardings),
      ...checkOneRouter(t, name),
    ];
  }).flat();
}

const OWN_TARGET = ['instance', 'network', 'port', 'fixed_ip_address'] as const;

/** Neutron refuses port forwardings on a floating IP that is associated, and the other way round. */
function checkNoTarget(t: CheckContext, name: string, floatingIp: FloatingIp): Diagnostic[] {
  const named = OWN_TARGET.find((field) => floatingIp[field] !== undefined);
  if (named === undefined) return [];
  const path = ['floating_ips', name];
  const related = [
    { message: 'its port forwardings', at: { path: [...path, 'port_forwardings'], part: 'key' as const } },
  ];
  const summary = `floating IP ${show(name)} has a target of its own and port forwardings`;
  const hint = 'a floating IP has either one target for all ports, or port forwardings; remove one of the two';
  return [t.report('NL319', { path: [...path, named], part: 'key' }, summary, { related, hint })];
}

const SIDES = [
  { side: 'external', single: 'external_port', range: 'external_port_range', portsOf: externalPorts },
  { side: 'internal', single: 'internal_port', range: 'internal_port_range', portsOf: internalPorts },
] as const;

function checkPorts(t: CheckContext, forwarding: PortForwarding, path: Path): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { side, single, range, portsOf } of SIDES) {
    const given = [single, range].filter((field) => forwarding[field] !== undefined);
    const hint = `give one of \`${single}\` and \`${range}\``;
    if (given.length === 0) {
      const summary = `a port forwarding has no ${side} port`;
      found.push(t.report('NL320', { path }, summary, { hint }));
    } else if (given.length === 2) {
      const summary = `a port forwarding has both an ${side} port and a range`;
      found.push(t.report('NL320', { path: [...path, range], part: 'key' }, summary, { hint }));
    } else {
      const ports = portsOf(forwarding);
      if (ports === undefined || sizeOf(ports) >= 1) continue;
      const summary = `the range ${formatPorts(ports)} ends before it starts`;
      found.push(t.report('NL321', { path: [...path, range] }, summary));
    }
  }
  return found.length > 0 ? found : checkSizes(t, forwarding, path);
}

/** A range is forwarded to as many ports, one to one, or to a single port, as in Neutron. */
function checkSizes(t: CheckContext, forwarding: PortForwarding, path: Path): Diagnostic[] {
  const [outside, inside] = [externalPorts(forwarding), internalPorts(forwarding)];
  if (outside === undefined || inside === undefined) return [];
  if (sizeOf(inside) === sizeOf(outside) || sizeOf(inside) === 1) return [];
  const counts = `${String(sizeOf(outside))} external and ${String(sizeOf(inside))} internal`;
  const outer = forwarding.external_port === undefined ? 'external_port_range' : 'external_port';
  const related = [{ message: 'the external ports', at: { path: [...path, outer] } }];
  const summary = `a port forwarding has ${counts} ports`;
  const hint = 'give as many internal ports as external ones, or a single one';
  return [t.report('NL321', { path: [...path, 'internal_port_range'] }, summary, { related, hint })];
}

/** Sorts the ranges by first port, so that each is compared only with the one before it that ends last. */
function checkOverlaps(t: CheckContext, name: string, forwardings: readonly PortForwarding[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const protocol of ['tcp', 'udp'] as const) {
    const all = forwardings.flatMap((forwarding, index) => {
      const ports = forwarding.protocol === protocol ? externalPorts(forwarding) : undefined;
      return ports === undefined || sizeOf(ports) < 1 ? [] : [{ index, ports }];
    });
    all.sort((a, b) => a.ports.first - b.ports.first || a.index - b.index);
    let furthest: (typeof all)[number] | undefined;
    for (const one of all) {
      if (furthest !== undefined && one.ports.first <= furthest.ports.last) {
        const [earlier, later] = one.index < furthest.index ? [one, furthest] : [furthest, one];
        found.push(overlap(t, { name, protocol, earlier, later }));
      }
      if (furthest === undefined || one.ports.last > furthest.ports.last) furthest = one;
    }
  }
  return found;
}

interface Numbered {
  readonly index: number;
  readonly ports: PortRange;
}

function overlap(
  t: CheckContext,
  {
    name,
    protocol,
    earlier,
    later,
  }: { readonly name: string; readonly protocol: string; readonly earlier: Numbered; readonly later: Numbered },
): Diagnostic {
  const pathOf = ({ index }: Numbered): Path => ['floating_ips', name, 'port_forwardings', index];
  const related = [{ message: 'the other port forwarding', at: { path: pathOf(earlier) } }];
  const ports = `${formatPorts(later.ports)} and ${formatPorts(earlier.ports)}`;
  const summary = `${protocol} ${ports} of floating IP ${show(name)} overlap`;
  return t.report('NL322', { path: pathOf(later) }, summary, { related });
}

/** A floating IP is on one router, so all its ports are forwarded by it. The compiler checks derived addresses. */
function checkOneRouter(t: CheckContext, name: string): Diagnostic[] {
  const [first, ...others] = translationsOf(t.doc)
    .filter((lead) => lead.name === name && isAddressGiven(t.doc, lead.floatingIp))
    .flatMap(({ path, floatingIp }) => {
      const router = routerOf(t.doc, floatingIp);
      return router === undefined ? [] : [{ path, router: router.name }];
    });
  const other = others.find(({ router }) => router !== first?.router);
  if (first === undefined || other === undefined) return [];
  const related = [{ message: `through router ${first.router}`, at: { path: first.path } }];
  const routers = `${show(first.router)} and ${show(other.router)}`;
  const summary = `the port forwardings of floating IP ${show(name)} lead through the routers ${routers}`;
  const hint = 'a floating IP is on one router; use another floating IP for the other one';
  return [t.report('NL323', { path: other.path }, summary, { related, hint })];
}
