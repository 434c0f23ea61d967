import { address } from '../../../src/kinds/address/spec.ts';
import { bridge } from '../../../src/kinds/bridge/spec.ts';
import { netns } from '../../../src/kinds/netns/spec.ts';
import { nic } from '../../../src/kinds/nic/spec.ts';
import { ovsBridge } from '../../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../../src/kinds/ovs-internal/spec.ts';
import { veth } from '../../../src/kinds/veth/spec.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { ORIGIN } from '../../support/engine.ts';

/** The node of all objects. */
export const node = 'node1';

/** The folder of the topology's files. */
export const HOME = '/run/netloom/demo';

/** Inside the router. */
export const ROUTER = { node, netns: 'qrouter-1' };

/** The MAC of the node's NIC. */
export const NIC = 'fa:16:3e:00:00:01';

/** Returns an object with some fields changed. */
export function varied<Spec extends object>(resource: Resource<Spec>, change: Partial<Spec>): Resource<Spec> {
  return { ...resource, spec: { ...resource.spec, ...change } };
}

/** Two bridges. */
export const br0 = bridge(node, 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN);
export const br1 = bridge(node, 'brq1', { mac: 'fa:16:3e:00:00:bb' }, ORIGIN);

/** A router, its port in the first bridge, and all that they need. */
export const router = netns(node, 'qrouter-1', ORIGIN);
export const port = veth(
  { ...ROUTER, device: 'qr-1' },
  { mac: 'fa:16:3e:00:00:02', mtu: 1500, tap: 'tap1', bridge: 'brq0' },
  ORIGIN,
);
export const routerBase = [br0, router, port];

/** The address of that port. */
export const lan = address({ ...ROUTER, device: 'qr-1' }, '10.0.0.1/24', ORIGIN);

/** A NIC in a bridge, and the bridge that takes its address. */
export const nicBase = nic(node, 'eth0', { bridge: 'brq0', mtu: 1500, allowDynamic: false }, ORIGIN);
export const borrower = bridge(node, 'brq0', { macOf: 'eth0' }, ORIGIN);

/** The integration bridge, a port of it in the router, and a port in the node's own namespace with its address. */
export const integration = ovsBridge(node, 'br-int', { up: false }, ORIGIN);
export const internal = ovsInternal(
  { ...ROUTER, device: 'qr-1' },
  { mac: 'fa:16:3e:00:00:02', mtu: 1450, bridge: 'br-int', tag: 7, ifaceId: 'aff7e122-3b0c-4c7b-8e22-dbe63a84dfd6' },
  ORIGIN,
);
export const nodePort: typeof internal = { ...internal, netns: null };
export const nodeAddress = address({ node, netns: null, device: 'qr-1' }, '10.0.0.1/24', ORIGIN);

/** A veth pair in no bridge. */
export const loose = veth({ ...ROUTER, device: 'eth0' }, { mac: NIC, mtu: 1500, tap: 'tap1', bridge: '' }, ORIGIN);
