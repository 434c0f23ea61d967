import type { ExternalGateway } from '../topology/types.gen.ts';
import { required } from './required.ts';
import type { ResolvedGateway, ResolvedSubnet, RouterPort } from './resolved.ts';

/**
 * Returns which address of a gateway SNAT uses, and which subnet has the default route. By default the first address,
 * and the last address whose subnet has a gateway, as in Neutron.
 */
export function gatewayChoices(
  { fixedIp, fixedIps }: RouterPort,
  subnets: readonly ResolvedSubnet[],
  { snat_ip_address: snat, default_route_subnet: named }: ExternalGateway,
): Pick<ResolvedGateway, 'snatIp' | 'defaultSubnet'> {
  const chosen = fixedIps.find(({ address }) => address === snat);
  const defaultSubnet = subnets.find(({ name }) => name === named);
  return {
    snatIp: snat === undefined ? fixedIp : required(chosen, `an address ${snat} of the gateway`),
    defaultSubnet:
      named === undefined
        ? fixedIps.map(({ subnet }) => subnet).findLast(({ gatewayIp }) => gatewayIp !== null)
        : required(defaultSubnet, `a subnet ${named}`),
  };
}
