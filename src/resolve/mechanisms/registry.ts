import { mechanismOf } from '../../topology/defaults.ts';
import type { MechanismName } from '../../topology/defaults.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import { linuxbridge } from './linuxbridge.ts';
import type { Mechanism } from './mechanism.ts';
import { openvswitch } from './openvswitch.ts';

const MECHANISMS: Readonly<Record<MechanismName, Mechanism>> = { linuxbridge, openvswitch };

/** Returns the mechanism of a node. */
export function mechanismOn({ doc }: ValidTopology, node: string): Mechanism {
  return MECHANISMS[mechanismOf(doc.nodes?.[node])];
}
