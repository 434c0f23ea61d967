import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { DEAD_VLAN } from '../../kernel/openvswitch/dead-vlan.ts';
import { portIds } from '../../kernel/openvswitch/ids.ts';

/** The name of this kind. */
export const OVS_PLUG = kindName('ovs-plug');

/**
 * A link of the node that is a port of an Open vSwitch bridge: the tap of a guest's veth, a tap that QEMU opens. It has
 * the link's name.
 */
export interface OvsPlugSpec {
  readonly bridge: string;
  /** The VLAN it is an access port of; `null`: a trunk. */
  readonly tag: number | null;
  /** Not empty: it is a trunk that carries these VLANs alone, each tagged. */
  readonly trunks: readonly number[];
  /** `external_ids` of its Interface row but for our own. */
  readonly ids: Readonly<Record<string, string>>;
  /** Its row in the database carries our mark. */
  readonly marked: boolean;
}

/**
 * Returns a link as a port; with the ids of a Neutron port, if it is one. A dead one is as Neutron makes a port that it
 * has not bound (`ovs_lib.py`): in the dead VLAN, and a trunk of that VLAN alone, so the switch drops its untagged
 * frames and sends it none.
 */
export function ovsPlug(
  node: string,
  device: string,
  want: {
    readonly bridge: string;
    readonly tag: number | null;
    readonly dead?: boolean;
    readonly ifaceId?: string;
    readonly mac?: string;
  },
  origin: Origin,
): Resource<OvsPlugSpec> {
  const { bridge, dead = false, ifaceId, mac } = want;
  const ids = ifaceId === undefined || mac === undefined ? {} : portIds({ ifaceId, mac });
  const vlans = dead ? { tag: DEAD_VLAN, trunks: [DEAD_VLAN] } : { tag: want.tag, trunks: [] };
  return { node, netns: null, kind: OVS_PLUG, name: device, spec: { bridge, ...vlans, ids, marked: true }, origin };
}
