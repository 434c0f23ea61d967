import type { Diagnostic } from '../model/diagnostic.ts';
import type { Held } from '../model/held.ts';
import { contains, parseBlock } from '../net/block.ts';
import { parseIp } from '../net/ip.ts';
import type { DerivedPort, ResolvedTopology } from '../resolve/resolved.ts';

/** The most ports that one warning lists. */
const MOST = 10;

/** Returns a warning for each derived address that the nodes have and that the topology gives up. */
export function renumbered(resolved: ResolvedTopology, held: Held): readonly Diagnostic[] {
  return resolved.derived.flatMap((port): readonly Diagnostic[] => {
    const before = held.ports.get(port.id)?.addresses.filter((address) => !port.addresses.includes(address)) ?? [];
    const now = port.addresses.filter((address) => held.ports.get(port.id)?.addresses.includes(address) !== true);
    const [from] = before;
    const [to] = now;
    if (from === undefined || to === undefined) return [];
    const { path, range } = port.origin;
    const { why, hint } = reasonOf(resolved, port, from);
    return [
      {
        code: 'NLP50',
        severity: 'warning',
        summary: `${path}: ${from} → ${to}, because ${why}`,
        ...(hint !== undefined && { hint }),
        ...(range && { range }),
      },
    ];
  });
}

/** Why an address cannot stay, and what to write to keep it, if that would work. */
function reasonOf(
  resolved: ResolvedTopology,
  { network, origin }: DerivedPort,
  address: string,
): { readonly why: string; readonly hint?: string } {
  const holder = holderOf(resolved, network, address);
  if (holder !== undefined) return { why: `${holder} has ${address} now` };
  const subnets = resolved.networks.get(network)?.subnets ?? [];
  const inside = subnets.some(({ cidr }) => contains(parseBlock(cidr), parseIp(address)));
  if (!inside) return { why: `no subnet of ${network} contains ${address}` };
  const field = origin.path.startsWith('floating_ips.') ? 'floating_ip_address' : 'fixed_ip_address';
  return {
    why: `no allocation pool of ${network} contains a free ${address}`,
    hint: `write \`${field}: ${address}\` to keep it`,
  };
}

/** Returns the path of what has an address of a network; `undefined` if the file gives it to nothing. */
function holderOf(resolved: ResolvedTopology, network: string, address: string): string | undefined {
  const { networks, routers, instances, floatingIps, forwardedIps } = resolved;
  const ports = [
    ...[...networks.values()].flatMap(({ dhcp }) => dhcp ?? []),
    ...[...routers.values()].flatMap(({ interfaces, gateway }) => [...interfaces, ...(gateway ? [gateway] : [])]),
    ...[...instances.values()].flatMap((instance) => instance.ports),
  ];
  const port = ports.find(
    (one) => one.network === network && one.fixedIps.some((fixedIp) => fixedIp.address === address),
  );
  const external = [...floatingIps, ...forwardedIps].find((one) => one.address === address);
  return port?.origin.path ?? external?.origin.path;
}

/** Returns one warning if the topology gets other addresses with what the nodes hold than without. */
export function heldWarnings(fresh: ResolvedTopology, held: ResolvedTopology, file: string): readonly Diagnostic[] {
  const derived = new Map(fresh.derived.map((port) => [port.id, port]));
  const lines = held.derived.flatMap(({ id, addresses, origin }) => {
    const other = derived.get(id)?.addresses.filter((address) => !addresses.includes(address)) ?? [];
    const own = addresses.filter((address) => derived.get(id)?.addresses.includes(address) !== true);
    return own.length === 0 ? [] : [`${origin.path} has ${own.join(', ')} and would get ${other.join(', ')}`];
  });
  if (lines.length === 0) return [];
  const more = lines.length > MOST ? [`and ${String(lines.length - MOST)} more`] : [];
  const ports = lines.length === 1 ? 'a port keeps an address' : `${String(lines.length)} ports keep addresses`;
  return [
    {
      code: 'NLP51',
      severity: 'warning',
      summary: `${ports} that the file does not give: after a reboot, or in a check without nodes, they get others`,
      detail: [...lines.slice(0, MOST), ...more].join('\n'),
      hint: `write the addresses above into ${file} to keep them`,
    },
  ];
}
