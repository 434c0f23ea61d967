import type { Diagnostic } from '../../model/diagnostic.ts';
import { checkAddresses } from './addresses.ts';
import type { CheckContext } from './context.ts';
import { checkAddressScopes } from './address-scopes.ts';
import { checkConnectedRoutes } from './connected-routes.ts';
import { checkDnsNames } from './dns-names.ts';
import { checkExpectations } from './expectations.ts';
import { checkExtraDhcpOpts } from './extra-dhcp-opts.ts';
import { checkFloatingIps } from './floating-ips.ts';
import { checkGatewayChoices } from './gateway-choices.ts';
import { checkIdentity } from './identity.ts';
import { checkMacs } from './macs.ts';
import { checkMechanisms } from './mechanisms.ts';
import { checkMetadata } from './metadata.ts';
import { checkNextHops } from './next-hops.ts';
import { checkNodeRouters } from './node-routers.ts';
import { checkPlacement } from './placement.ts';
import { checkPools } from './pools.ts';
import { checkPortForwardings } from './port-forwardings.ts';
import { checkReferences } from './references.ts';
import { checkRenames } from './renames.ts';
import { checkRouters } from './routers.ts';
import { checkRoutes } from './routes.ts';
import { checkSecurityGroups } from './security-groups.ts';
import { checkSubnets } from './subnets.ts';
import { checkWires } from './wires.ts';

const CHECKS: readonly ((t: CheckContext) => Diagnostic[])[] = [
  checkReferences,
  checkWires,
  checkMechanisms,
  checkPlacement,
  checkSubnets,
  checkPools,
  checkAddresses,
  checkAddressScopes,
  checkRouters,
  checkGatewayChoices,
  checkNodeRouters,
  checkRoutes,
  checkNextHops,
  checkConnectedRoutes,
  checkFloatingIps,
  checkPortForwardings,
  checkIdentity,
  checkRenames,
  checkMacs,
  checkDnsNames,
  checkExtraDhcpOpts,
  checkSecurityGroups,
  checkExpectations,
  checkMetadata,
];

/** Runs every semantic check. Each sees the whole document, and none stops another. */
export function runChecks(t: CheckContext): Diagnostic[] {
  return CHECKS.flatMap((check) => check(t));
}
