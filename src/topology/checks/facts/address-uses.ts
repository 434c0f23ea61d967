import { eachEntry } from '../../entries.ts';
import { perDocument } from '../../per-document.ts';
import type { Addressed } from '../../port-addresses.ts';
import { subnetsByName } from '../../subnets.ts';
import type { LocatedSubnet, Subnets } from '../../subnets.ts';
import type { Router, RouterInterface } from '../../types.gen.ts';
import type { At } from '../context.ts';

/** An address of a port or floating IP on a network, as given in the file. */
export interface AddressUse {
  readonly what: string;
  readonly ip: string;
  readonly at: At;
  readonly network: string;
  /** The subnet that must hold the address, if the file names it. */
  readonly subnet: LocatedSubnet | undefined;
  /** False if the address is derived from the subnet's gateway_ip, which is checked there. */
  readonly written: boolean;
  readonly kind: 'dhcp' | 'gateway' | 'interface' | 'instance' | 'floating';
}

/** The addresses of ports and floating IPs that the file gives, and derived ones of router interfaces. */
export const addressUses = perDocument((doc): readonly AddressUse[] => {
  const subnets = subnetsByName(doc);
  const found: AddressUse[] = [];
  eachEntry(doc.networks, (network, { dhcp }) => {
    if (dhcp === undefined) return;
    const path = ['networks', network, 'dhcp'];
    addFixedIps(found, 'dhcp', `the DHCP port of ${network}`, { network, ...dhcp }, path);
  });
  eachEntry(doc.routers, (name, router) => addRouter(found, name, router, subnets));
  eachEntry(doc.instances, (name, instance) => {
    eachEntry(instance.ports, (device, port) => {
      const path = ['instances', name, 'ports', device];
      addFixedIps(found, 'instance', `port ${device} of instance ${name}`, port, path);
    });
  });
  eachEntry(doc.floating_ips, (name, { floating_network: network, floating_ip_address: ip }) => {
    if (ip === undefined) return;
    const at: At = { path: ['floating_ips', name, 'floating_ip_address'] };
    found.push(written('floating', `floating IP ${name}`, ip, network, at));
  });
  return found;
});

function written(kind: AddressUse['kind'], what: string, ip: string, network: string, at: At): AddressUse {
  return { what, ip, at, network, subnet: undefined, written: true, kind };
}

function addRouter(found: AddressUse[], name: string, router: Router, subnets: Subnets): void {
  const gateway = router.external_gateway;
  if (gateway !== undefined) {
    addFixedIps(found, 'gateway', `the gateway of router ${name}`, gateway, ['routers', name, 'external_gateway']);
  }
  eachEntry(router.interfaces, (subnetName, port) => {
    const subnet = subnets.get(subnetName);
    const use = subnet && ofInterface(name, subnet, port);
    if (use !== undefined) found.push(use);
  });
}

/** A port that may have several addresses. */
interface NetworkPort extends Addressed {
  readonly network: string;
}

function addFixedIps(
  found: AddressUse[],
  kind: AddressUse['kind'],
  what: string,
  { network, fixed_ip_address: one, fixed_ips: several = [] }: NetworkPort,
  path: readonly string[],
): void {
  if (one !== undefined) found.push(written(kind, what, one, network, { path: [...path, 'fixed_ip_address'] }));
  several.forEach((ip, index) => {
    found.push(written(kind, what, ip, network, { path: [...path, 'fixed_ips', index] }));
  });
}

/** A router interface has its subnet's gateway address unless another one is given. */
function ofInterface(
  router: string,
  subnet: LocatedSubnet,
  { fixed_ip_address: given }: RouterInterface,
): AddressUse | undefined {
  const ip = given ?? subnet.gateway;
  if (ip === undefined) return undefined;
  const path = ['routers', router, 'interfaces', subnet.name];
  const at: At = given === undefined ? { path, part: 'key' } : { path: [...path, 'fixed_ip_address'] };
  const what = `the interface of router ${router} on ${subnet.name}`;
  return { what, ip, at, network: subnet.networkName, subnet, written: given !== undefined, kind: 'interface' };
}
