import type { Diagnostic } from '../../model/diagnostic.ts';
import { fromEntries } from '../entries.ts';
import { targetAddresses } from '../floating-ips.ts';
import { addressesOf } from '../port-addresses.ts';
import { show } from '../show.ts';
import type { FloatingIp } from '../types.gen.ts';
import { checkCarriers } from './carriers.ts';
import type { At, CheckContext } from './context.ts';
import { casesOf } from './facts/translations.ts';
import type { Case } from './facts/translations.ts';

/** Checks that each floating IP has an external network, a target per translation, and a router between them. */
export function checkFloatingIps(t: CheckContext): Diagnostic[] {
  const all = casesOf(t.doc);
  const found = fromEntries(t.doc.floating_ips, (name, spec) => checkNetwork(t, name, spec) ?? []).flat();
  for (const one of all) {
    for (const check of CHECKS) {
      const wrong = check(t, one);
      if (wrong !== undefined) found.push(wrong);
    }
  }
  return [...found, ...checkCarriers(t, all), ...checkTargetsTwice(t, all)];
}

const CHECKS: readonly ((t: CheckContext, one: Case) => Diagnostic | undefined)[] = [checkTarget, checkFixedAddress];

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

/** As in Neutron, an external network has one floating IP for a fixed IP address, whatever its router. */
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
    const key = `${floatingIp.floating_network}\n${fixed}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      continue;
    }
    const related = [{ message: 'the other floating IP', at: { path: ['floating_ips', other], part: 'key' as const } }];
    const outer = show(floatingIp.floating_network);
    const summary = `${show(name)} and ${show(other)} translate the same address to network ${outer}`;
    found.push(t.report('NL314', { path: ['floating_ips', name], part: 'key' }, summary, { related }));
  }
  return found;
}
