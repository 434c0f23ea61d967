import type { Diagnostic } from '../../model/diagnostic.ts';
import { addressOfCidr } from '../../net/block.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { addressesOf } from '../port-addresses.ts';
import { externalPorts, internalPorts } from '../port-forwardings.ts';
import { sizeOf } from '../../net/ports.ts';
import { show } from '../show.ts';
import { suggestion } from '../suggest.ts';
import type { Expectation, Topology } from '../types.gen.ts';
import type { CheckContext } from './context.ts';

type Path = readonly (string | number)[];

/** Checks `expect`: the source and the target of each probe, and the fields of its protocol. */
export function checkExpectations(t: CheckContext): Diagnostic[] {
  return t.expectations.flatMap(({ index, value }) => {
    const path = ['expect', index];
    return [
      ...checkFrom(t, value, path),
      ...checkTo(t, value, path),
      ...checkProtocol(t, value, path),
      ...checkName(t, value, path),
    ];
  });
}

function checkFrom(t: CheckContext, { from }: Expectation, path: Path): Diagnostic[] {
  const at = { path: [...path, 'from'] };
  if (t.known('instances', from)) {
    if (t.doc.instances?.[from]?.attach !== 'tap') return [];
    const related = [{ message: 'the instance', at: { path: ['instances', from, 'attach'] } }];
    const summary = `the lab does not run ${show(from)}: it has attach: tap`;
    return [t.report('NL601', at, summary, { related, hint: 'probes run in the instances of the lab and in hosts' })];
  }
  if (t.known('hosts', from)) return [];
  if (t.known('nodes', from)) {
    return [t.report('NL601', at, `${show(from)} is a node; probes run in an instance or a host`)];
  }
  return [unknown(t, from, at.path)];
}

function checkTo(t: CheckContext, { to }: Expectation, path: Path): Diagnostic[] {
  if (isIpv4(to) || t.known('instances', to) || t.known('hosts', to)) return [];
  return [unknown(t, to, [...path, 'to'])];
}

function unknown(t: CheckContext, name: string, path: Path): Diagnostic {
  const hint = t.known('nodes', name)
    ? 'this is a node; use one of its IP addresses'
    : suggestion(name, [...t.names('instances'), ...t.names('hosts')]);
  return t.report('NL207', { path }, `unknown instance or host ${show(name)}`, { hint });
}

function checkProtocol(t: CheckContext, expectation: Expectation, path: Path): Diagnostic[] {
  const { protocol = 'ping', port, succeeds = true, seen_as: seenAs } = expectation;
  const found: Diagnostic[] = [];
  if (protocol === 'tcp' && port === undefined) {
    found.push(t.report('NL602', { path: [...path, 'protocol'] }, 'tcp needs a `port`'));
  }
  if (protocol !== 'tcp' && port !== undefined) {
    const hint = 'set `protocol: tcp`, or remove `port`';
    const what = protocol === 'ping' ? 'a ping' : 'a DNS query';
    found.push(t.report('NL603', { path: [...path, 'port'] }, `${what} has no port`, { hint }));
  }
  if (succeeds !== true && seenAs !== undefined) {
    const summary = `seen_as needs an answer, but succeeds is ${String(succeeds)}`;
    found.push(t.report('NL604', { path: [...path, 'seen_as'] }, summary, { hint: 'remove seen_as or succeeds' }));
  }
  if (protocol === 'dns' && succeeds === 'refused') {
    const hint = 'write `succeeds: false`: the name does not have the address, or there is no answer';
    found.push(t.report('NL632', { path: [...path, 'succeeds'] }, 'a DNS query is not refused', { hint }));
  }
  if (protocol === 'tcp' && port !== undefined && succeeds === true)
    found.push(...checkListens(t, expectation, port, path));
  return found;
}

/** Only a guest has a name server, by DHCP. */
function checkName(t: CheckContext, { from, protocol, name }: Expectation, path: Path): Diagnostic[] {
  if (protocol !== 'dns') {
    if (name === undefined) return [];
    const hint = 'set `protocol: dns`, or remove `name`';
    return [t.report('NL607', { path: [...path, 'name'] }, '`name` is for protocol dns only', { hint })];
  }
  const found: Diagnostic[] = [];
  if (name === undefined) found.push(t.report('NL606', { path: [...path, 'protocol'] }, 'dns needs a `name`'));
  if (t.known('hosts', from) && !t.known('instances', from)) {
    const summary = `${show(from)} is a host, which has no name server by DHCP; DNS probes run in an instance`;
    found.push(t.report('NL608', { path: [...path, 'from'] }, summary));
  }
  return found;
}

/** A warning only: the user can start a server in the guest. */
function checkListens(t: CheckContext, expectation: Expectation, asked: number, path: Path): Diagnostic[] {
  const { to, port } = behind(t.doc, expectation.to, asked);
  const targets = [...machinesOf(t.doc, to)];
  const [target] = targets;
  if (target === undefined || targets.some(({ listen }) => listen === undefined || listen.includes(port))) return [];
  const related = [{ message: 'the target', at: { path: target.path, part: 'key' as const } }];
  const summary = `${target.name} does not listen on port ${String(port)}`;
  const hint = `add ${String(port)} to its \`listen\``;
  return [t.report('NL605', { path: [...path, 'port'] }, summary, { related, hint, severity: 'warning' })];
}

/** The target of a probe and its port. For a forwarded port, these are the internal target and the internal port. */
function behind(doc: Topology, to: string, port: number): { readonly to: string; readonly port: number } {
  const address = Object.values(doc.floating_ips ?? {}).find((ip) => ip.floating_ip_address === to);
  for (const forwarding of address?.port_forwardings ?? []) {
    const [outside, inside] = [externalPorts(forwarding), internalPorts(forwarding)];
    if (forwarding.protocol !== 'tcp' || outside === undefined || inside === undefined) continue;
    if (port < outside.first || port > outside.last) continue;
    const own = sizeOf(inside) === 1 ? inside.first : inside.first + port - outside.first;
    return { to: forwarding.instance ?? forwarding.internal_ip_address ?? to, port: own };
  }
  return { to, port };
}

interface Machine {
  readonly name: string;
  readonly path: Path;
  /** `undefined` if the lab does not run it: its ports are unknown. */
  readonly listen: readonly number[] | undefined;
}

/** The instances and hosts that have a name or an address of the file. Several tenants may use one address. */
function* machinesOf(doc: Topology, to: string): Generator<Machine> {
  const viaFloatingIp = Object.values(doc.floating_ips ?? {}).find((ip) => ip.floating_ip_address === to)?.instance;
  for (const [name, instance] of Object.entries(doc.instances ?? {})) {
    const addresses = Object.values(instance.ports ?? {}).flatMap(addressesOf);
    if (name !== to && name !== viaFloatingIp && !addresses.includes(to)) continue;
    const listen = instance.attach === 'tap' ? undefined : (instance.listen ?? []);
    yield { name, path: ['instances', name], listen };
  }
  for (const [name, host] of Object.entries(doc.hosts ?? {})) {
    const addresses = Object.values(host.nics ?? {}).flatMap((nic) => (nic.addresses ?? []).map(addressOfCidr));
    if (name === to || addresses.includes(to)) yield { name, path: ['hosts', name], listen: host.listen ?? [] };
  }
}
