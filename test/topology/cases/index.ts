import { ADDRESS_SCOPES } from './address-scopes.ts';
import { ADDRESSES } from './addresses.ts';
import type { FaultCase } from './case.ts';
import { DHCP_OPTIONS } from './dhcp-options.ts';
import { EXPECTATIONS } from './expectations.ts';
import { FIXED_IPS } from './fixed-ips.ts';
import { FLOATING_IPS } from './floating-ips.ts';
import { GATEWAYS } from './gateways.ts';
import { METADATA } from './metadata.ts';
import { NAMES } from './names.ts';
import { OPENVSWITCH } from './openvswitch.ts';
import { PLACEMENT } from './placement.ts';
import { PORT_FORWARDINGS } from './port-forwardings.ts';
import { REFERENCES } from './references.ts';
import { ROUTES } from './routes.ts';
import { SCHEMA } from './schema.ts';
import { SECURITY_GROUPS } from './security-groups.ts';
import { SUBNETS } from './subnets.ts';
import { WITHOUT_NAMESPACES } from './without-namespaces.ts';
import { YAML } from './yaml.ts';

/** For each code of a text at least one case, by subject. */
export const CASES: readonly FaultCase[] = [
  ...YAML,
  ...SCHEMA,
  ...REFERENCES,
  ...PLACEMENT,
  ...GATEWAYS,
  ...SUBNETS,
  ...ADDRESSES,
  ...FIXED_IPS,
  ...FLOATING_IPS,
  ...PORT_FORWARDINGS,
  ...ROUTES,
  ...ADDRESS_SCOPES,
  ...OPENVSWITCH,
  ...WITHOUT_NAMESPACES,
  ...NAMES,
  ...DHCP_OPTIONS,
  ...SECURITY_GROUPS,
  ...EXPECTATIONS,
  ...METADATA,
];
