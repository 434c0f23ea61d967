import { it } from 'vitest';
import type { MechanismName } from '../../../src/topology/defaults.ts';
import { byMechanism, testedMechanism } from '../../support/mechanism.ts';

/** `it` for what is about one mechanism only: with the other there is no such test. */
export function itOnlyWith(mechanism: MechanismName, name: string, test: () => Promise<void>): void {
  if (testedMechanism() === mechanism) it(name, test);
}

/** The links of a node's own namespace, as `ls` tells them: its NICs, and what carries networks on it. */
export function linksWith(
  nics: readonly string[],
  carriers: Readonly<Record<MechanismName, readonly string[]>>,
): string {
  // With its first bridge the userspace datapath makes a device for itself.
  const own = byMechanism({ linuxbridge: ['lo'], openvswitch: ['lo', 'ovs-netdev'] });
  return [...nics, ...byMechanism(carriers), ...own]
    .sort()
    .map((name) => `${name}\n`)
    .join('');
}

/** With what the name of a DHCP server's device begins. */
export function dhcpPrefix(): string {
  return byMechanism({ linuxbridge: 'ns-', openvswitch: 'tap' });
}

/** A bridge that somebody makes by hand, and one that an apply left that died while it made it. */
export function bridgeByHand(name: string, topology: string): { kind: string; make: string; leave: string } {
  return byMechanism({
    linuxbridge: {
      kind: 'bridge',
      make: `ip link add name ${name} type bridge; ip link set dev ${name} up`,
      leave: `ip link set dev ${name} down`,
    },
    openvswitch: {
      kind: 'ovs-bridge',
      make: `ovs-vsctl add-br ${name} -- set Bridge ${name} datapath_type=netdev; ip link set dev ${name} up`,
      // The row is written in one with its mark, and what follows is missing.
      leave: `ip link set dev ${name} down; ovs-vsctl set Bridge ${name} external_ids:netloom=${topology}`,
    },
  });
}

/** Counts the ports of a router and a DHCP server on their node. */
export function countPorts(): string {
  return byMechanism({
    linuxbridge: 'ls /sys/class/net | grep -c ^tap',
    openvswitch: `ovs-vsctl list-ports br-int | grep -c '^qr-\\|^qg-\\|^tap'`,
  });
}

/** A bridge of a stranger with a port, of the sort that carries our networks; and how he takes it away. */
export function foreignBridge(name: string): { make: string; remove: string } {
  return byMechanism({
    linuxbridge: { make: `ip link add name ${name} type bridge`, remove: `ip link del dev ${name}` },
    openvswitch: {
      make: `ovs-vsctl -- add-br ${name} -- set Bridge ${name} datapath_type=netdev external_ids:owner=somebody \\
        -- add-port ${name} p-${name} tag=9 -- set Interface p-${name} type=internal external_ids:netloom-netns=elsewhere
        ip link set dev ${name} up; ip address add 192.0.2.1/24 dev ${name}`,
      remove: `ovs-vsctl del-br ${name}`,
    },
  });
}
