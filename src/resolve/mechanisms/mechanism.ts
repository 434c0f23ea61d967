import type { MechanismName } from '../../topology/defaults.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import type { NetworkDraft } from '../drafts.ts';
import type { DevicePrefix } from '../names.ts';
import type { Plug, ResolvedBridge, ResolvedPatch, ResolvedPort } from '../resolved.ts';

/** The use of a port; the bridge that it is attached to depends on it. */
export type PortUse = 'interface' | 'gateway' | 'dhcp' | 'instance' | 'filtered-instance';

/** A port whose bridge is not chosen yet. */
export interface PortToPlug {
  readonly id: string;
  readonly node: string;
  readonly device: string;
  readonly network: NetworkDraft;
  readonly use: PortUse;
}

/** The bridges of a node, and the patches between them. */
export interface Carriers {
  readonly bridges: readonly ResolvedBridge[];
  readonly patches: readonly ResolvedPatch[];
}

/**
 * What a node's networks run on: its bridges, and the bridge of each port. The resources are in `features/backends`.
 */
export interface Mechanism {
  readonly name: MechanismName;
  /** Prefix of the name of a DHCP server's device. */
  readonly dhcpPrefix: DevicePrefix;
  plug(topology: ValidTopology, port: PortToPlug): Plug;
  /** Returns the bridges and patches that the ports of a node need. */
  carriers(
    topology: ValidTopology,
    node: string,
    ports: readonly ResolvedPort[],
    networks: ReadonlyMap<string, NetworkDraft>,
  ): Carriers;
}
