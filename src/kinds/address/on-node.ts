import { typedLine } from '../../model/command-line.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { familyOfText } from '../../net/address-text.ts';
import { ownDevices } from '../../kernel/links/own-devices.ts';
import { ipProbe, type RawLink } from '../../kernel/probes/ip.ts';
import { sysctlProbe } from '../../kernel/probes/sysctl.ts';
import { foreignAddresses } from '../foreign-addresses.ts';
import type { AddressSpec } from './spec.ts';

/**
 * Reports that the node itself has an address that the topology gives to a namespace: both answer for it. On a device
 * that is no bridge of ours it matters only if the node answers on its bridges for all its addresses (`arp_ignore` 0).
 */
export function alsoOnNode(
  { node, netns, spec, origin }: Resource<AddressSpec>,
  context: KindContext,
): readonly Diagnostic[] {
  if (netns === null) return [];
  const view = context.view(node);
  const own = namespaceView(view, null);
  const [ip = ''] = spec.cidr.split('/', 1);
  const holder = addressesOf(own?.get(ipProbe)?.links).get(ip);
  if (holder === undefined || !view || !own || isCollision(view, holder, ip, context)) return [];
  const { bridges } = ownDevices(view, context.topology);
  const sysctls = own.get(sysctlProbe);
  const ignores = (device: string): boolean => Number(sysctls?.get(`net/ipv4/conf/${device}/arp_ignore`) ?? 0) > 0;
  const answers = [...bridges].filter((bridge) => !ignores('all') && !ignores(bridge));
  if (!bridges.has(holder.device) && answers.length === 0) return [];
  return [
    {
      code: 'NLP47',
      severity: 'warning',
      summary: `${node} itself has ${ip}, the address of ${spec.device} in ${netns}, on ${holder.device}`,
      detail: 'Both answer for it on the bridges of the node.',
      hint: `on ${node}: ${typedLine('ip', 'addr', 'del', holder.cidr, 'dev', holder.device)}`,
      ...(origin.range && { range: origin.range }),
      place: { node },
    },
  ];
}

/** True if the device is on a segment where the topology uses the address: that is an error of its own. */
function isCollision(view: NodeView, { device }: Holder, ip: string, { desired, topology }: KindContext): boolean {
  const { segments } = desired;
  if (segments === undefined) return false;
  const on = foreignAddresses(view, segments, topology).filter(
    (one) => one.netns === null && one.device === device && one.address === ip,
  );
  return on.some(({ segment }) => segments.uses.some((use) => use.segment === segment && use.address === ip));
}

interface Holder {
  readonly device: string;
  readonly cidr: string;
}

const KNOWN = new WeakMap<readonly RawLink[], ReadonlyMap<string, Holder>>();

/** Returns the addresses of a node with their devices. They are indexed once: each address of the topology asks. */
function addressesOf(links: readonly RawLink[] | undefined): ReadonlyMap<string, Holder> {
  if (links === undefined) return new Map();
  const known =
    KNOWN.get(links) ??
    new Map(
      links.flatMap(({ ifname, addr_info = [] }) =>
        addr_info.flatMap(({ local, prefixlen, scope }) =>
          local === undefined || (scope === 'link' && familyOfText(local) === 6)
            ? []
            : [[local, { device: ifname, cidr: `${local}/${String(prefixlen)}` }] as const],
        ),
      ),
    );
  KNOWN.set(links, known);
  return known;
}
