import type { PartName } from './part.ts';

export type Health = 'ok' | 'degraded' | 'missing' | 'foreign' | 'unknown';

export type ServiceType = 'node' | 'router' | 'dhcp' | 'metadata' | 'bridge' | 'filter' | 'instance';

/** A service of a node for the network. */
export interface ServiceRow {
  /** Unique among the services. */
  readonly key: string;
  readonly node: string;
  readonly type: ServiceType;
  readonly name: string;
  /** The kernel object that it is: a namespace, a bridge, a tap. */
  readonly object: string;
  readonly health: Health;
  /** Since when this process has seen this health. */
  readonly since: number;
  /** What is wrong; empty: nothing. */
  readonly reason: string;
  /** Its part of the file: a collection and a name; `null`: it is none of its own. */
  readonly part: PartName | null;
}

export interface FloatingIpRow {
  readonly name: string;
  readonly address: string;
  readonly node: string;
  readonly router: string;
  /** Where it leads: `10.0.0.11 (web)`. */
  readonly target: string;
  readonly health: Health;
}

export interface PortRow {
  readonly key: string;
  readonly type: 'instance' | 'router' | 'dhcp';
  readonly owner: string;
  readonly port: string;
  readonly mac: string;
  readonly addresses: readonly string[];
  readonly network: string;
  readonly node: string;
  /** The tap or veth end on the node. */
  readonly device: string;
  /** `null`: the port is not filtered. */
  readonly groups: readonly string[] | null;
  readonly floatingIps: readonly string[];
}
