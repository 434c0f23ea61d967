import { dhcp } from './dhcp/index.ts';
import { floatingIp } from './floating-ip/index.ts';
import { instance } from './instance/index.ts';
import { metadata } from './metadata/index.ts';
import { network } from './network/index.ts';
import { node } from './node/index.ts';
import { portForwarding } from './port-forwarding/index.ts';
import { router } from './router/index.ts';
import { securityGroup } from './security-group/index.ts';
import type { NetworkFeature } from './feature.ts';

/**
 * Every feature, in the order their contributions are named. Within a slot of a chain, and in a chain that several declare, that order is the rules'
 * order: on a node that routes itself, what it bridges for its instances is told apart first.
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
];
