import type { Observed } from '../../model/resource.ts';
import { addressOf } from '../../model/resource.ts';
import type { ServiceOutcome } from '../../verify/services/probe.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { probesJson } from '../verify/probes.ts';
import type { FloatingIpState } from './floating-ips.ts';
import type { Probed } from './probed.ts';
import { withoutSecrets } from '../../kinds/sensitive.ts';
import type { Service } from './services.ts';
import type { NodeState } from './state.ts';

/** Returns services, floating IPs, the state of our objects, and every observed object, as one JSON document. */
export function showDocument(shown: {
  readonly topology: string;
  readonly services: readonly (Service & { readonly probe?: Probed })[];
  readonly floatingIps: readonly (FloatingIpState & { readonly probe?: Probed })[];
  /** `undefined`: no service was asked. */
  readonly probes?: readonly ServiceOutcome[] | undefined;
  readonly state: readonly NodeState[];
  readonly observed: readonly Observed[];
  readonly leftOut: readonly string[];
  readonly diagnostics: readonly object[];
}): object {
  const objects = shown.observed.filter((object) => object.owner === 'ours');
  return {
    format_version: FORMAT_VERSION,
    topology: shown.topology,
    left_out: shown.leftOut,
    services: shown.services,
    floating_ips: shown.floatingIps,
    probes: shown.probes === undefined ? null : probesJson(shown.probes),
    nodes: shown.state,
    objects: objects.map((object) => ({
      address: addressOf(object),
      kind: object.kind,
      spec: withoutSecrets(object.spec),
    })),
    diagnostics: shown.diagnostics,
  };
}
