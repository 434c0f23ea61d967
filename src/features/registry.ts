import { dhcp } from './dhcp/index.ts';
import { floatingIp } from './floating-ip/index.ts';
import { held } from './held/index.ts';
import { instance } from './instance/index.ts';
import { metadata } from './metadata/index.ts';
import { network } from './network/index.ts';
import { node } from './node/index.ts';
import { portForwarding } from './port-forwarding/index.ts';
import { router } from './router/index.ts';
import { securityGroup } from './security-group/index.ts';
import type { NetworkFeature } from './feature.ts';

/**
 * Every feature, in the order of contributions. It is the order of rules within a slot of a chain, and within a chain
 * that several features declare. On a node that routes itself, the rules for bridged frames of instances come first.
 */
export const FEATURES: readonly NetworkFeature[] = [
  node,
  network,
  securityGroup,
  router,
  dhcp,
  metadata,
  floatingIp,
  portForwarding,
  instance,
  held,
];
