import type { MechanismName } from '../../topology/defaults.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import type { NetworkDraft } from '../drafts.ts';
import type { DevicePrefix } from '../names.ts';
import type { Plug, ResolvedBridge, ResolvedPatch, ResolvedPort } from '../resolved.ts';

/** What a port is for, as far as that says where it is plugged. */
export type PortUse = 'interface' | 'gateway' | 'dhcp' | 'instance' | 'filtered-instance';

/** A port that looks for its place on a node. */
export interface Unplugged {
  readonly id: string;
  readonly node: string;
  readonly device: string;
  readonly network: NetworkDraft;
  readonly use: PortUse;
}

/** The bridges of a node, and what joins them. */
export interface Carriers {
  readonly bridges: readonly ResolvedBridge[];
  readonly patches: readonly ResolvedPatch[];
}

/** How a node carries networks: which bridges it has and where its ports are plugged. What they are made of is said in `features/backends`. */
export interface Mechanism {
  readonly name: MechanismName;
  /** With what the name of a DHCP server's device begins. */
  readonly dhcpPrefix: DevicePrefix;
  plug(topology: ValidTopology, port: Unplugged): Plug;
  /** What a node needs for the ports that are on it. */
  carriers(
    topology: ValidTopology,
    node: string,
    ports: readonly ResolvedPort[],
    networks: ReadonlyMap<string, NetworkDraft>,
  ): Carriers;
}
