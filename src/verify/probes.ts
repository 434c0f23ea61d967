import type { ResolvedTopology } from '../resolve/resolved.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { addressOfCidr } from '../net/block.ts';
import { isIpv4 } from '../net/ipv4.ts';
import type { Expectation, Topology } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { probeOf, type Probe, type ProbeList } from './probe.ts';
import { speakerOf, type Speaker } from './speakers.ts';

/**
 * Returns the probes of `expect:`. An instance is probed at the fixed address of its first port. For an
 * outside host it is the first of: its address on a physical network of the sender, its address on the physical network
 * of an external network, its first address. There is no probe from or to an instance on a node of `leftOut`.
 */
export function probesOf(
  topology: ValidTopology,
  resolved: ResolvedTopology,
  leftOut: readonly string[] = [],
): ProbeList {
  const probes: Probe[] = [];
  const warnings: Diagnostic[] = [];
  const speakers = new Map<string, Speaker>();
  for (const [index, expectation] of (topology.doc.expect ?? []).entries()) {
    const range = topology.locate(['expect', index]);
    const why = whyNot(expectation, resolved) ?? away(expectation, resolved, leftOut);
    const address = addressOf(expectation, topology.doc, resolved);
    if (why === undefined && address !== undefined) {
      const { from } = expectation;
      const speaker = speakers.get(from) ?? speakerOf(from, topology.doc, resolved);
      speakers.set(from, speaker);
      const target = (expectation.succeeds ?? true) === true ? undefined : targetOf(address, resolved, leftOut);
      probes.push(probeOf(expectation, { address, speaker, target }));
    } else {
      const summary = `from ${expectation.from} to ${expectation.to}: ${why ?? `${expectation.to} has no address`}`;
      warnings.push({ code: 'NLX41', severity: 'warning', summary, ...(range && { range }) });
    }
  }
  return { probes, warnings };
}

function whyNot({ from, protocol, seen_as: seenAs }: Expectation, resolved: ResolvedTopology): string | undefined {
  if (resolved.instances.get(from)?.attach === 'tap') {
    return `${from} is a guest behind a tap device, and netloom cannot run a probe in it`;
  }
  if (seenAs !== undefined && protocol !== 'tcp') {
    const what = protocol === 'dns' ? 'DNS query' : 'ping';
    return `the target cannot report the source address of a ${what}; use \`protocol: tcp\``;
  }
  return undefined;
}

/** Returns why an end of a connection cannot be asked: it is on a node that is left out. */
function away(
  { from, to }: Expectation,
  { instances }: ResolvedTopology,
  leftOut: readonly string[],
): string | undefined {
  for (const name of [from, to]) {
    const node = instances.get(name)?.node;
    if (node !== undefined && leftOut.includes(node)) return `${name} is on ${node}, which is left out`;
  }
  return undefined;
}

function addressOf({ from, to }: Expectation, doc: Topology, resolved: ResolvedTopology): string | undefined {
  if (isIpv4(to)) return to;
  const instance = resolved.instances.get(to);
  if (instance) return instance.ports.flatMap((port) => port.fixedIps)[0]?.address;
  const nics = Object.values(doc.hosts?.[to]?.nics ?? {});
  const near = new Set(Object.values(doc.hosts?.[from]?.nics ?? {}).map((nic) => nic.physical_network));
  const external = new Set(
    [...resolved.networks.values()].filter((network) => network.external).map((network) => network.physicalNetwork),
  );
  const at = (wires?: ReadonlySet<string>) =>
    nics.filter((nic) => wires?.has(nic.physical_network) ?? true).flatMap((nic) => nic.addresses ?? [])[0];
  const cidr = at(near) ?? at(external) ?? at();
  return cidr === undefined ? undefined : addressOfCidr(cidr);
}

/** Returns the instance of the lab behind an address: its own, or a floating IP that leads to it. */
function targetOf(address: string, resolved: ResolvedTopology, leftOut: readonly string[]): Probe['target'] {
  const floating = resolved.floatingIps.find((ip) => ip.address === address);
  const instances = [...resolved.instances.values()].filter(({ attach, node }) => {
    return attach === 'lab' && !leftOut.includes(node);
  });
  const fixed = floating?.fixedAddress ?? address;
  const found = instances.filter(({ name, ports }) => {
    if (floating && floating.instance !== name) return false;
    return ports.some(({ fixedIps }) => fixedIps.some((ip) => ip.address === fixed));
  });
  // Several tenants may use one address.
  const [only] = found;
  return only && found.length === 1 ? { name: only.name, addresses: [fixed] } : undefined;
}
