import { it } from 'vitest';
import type { MechanismName } from '../../../src/topology/defaults.ts';
import { byMechanism, testedMechanism } from '../../support/mechanism.ts';

/** Defines a test only if the run has this mechanism. */
export function itOnlyWith(mechanism: MechanismName, name: string, test: () => Promise<void>): void {
  if (testedMechanism() === mechanism) it(name, test);
}

/** Returns the links of a node's own namespace in the format of `ls`: its NICs, and the bridges of its mechanism. */
export function linksWith(
  nics: readonly string[],
  carriers: Readonly<Record<MechanismName, readonly string[]>>,
): string {
  // With the first bridge, the userspace datapath creates a device of its own.
  const own = byMechanism({ linuxbridge: ['lo'], openvswitch: ['lo', 'ovs-netdev'] });
  return [...nics, ...byMechanism(carriers), ...own]
    .sort()
    .map((name) => `${name}\n`)
    .join('');
}

/** Returns the prefix of the name of a DHCP server's device. */
export function dhcpPrefix(): string {
  return byMechanism({ linuxbridge: 'ns-', openvswitch: 'tap' });
}

/**
 * Returns scripts that create a bridge by hand (`make`), and that turn it into one left by an apply that died
 * (`leave`).
 */
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
      // The row and its mark are written in one transaction; the commands after it are missing.
      leave: `ip link set dev ${name} down; ovs-vsctl set Bridge ${name} external_ids:netloom=${topology}`,
    },
  });
}

/** Returns a script that counts the ports of a router and a DHCP server on their node. */
export function countPorts(): string {
  return byMechanism({
    linuxbridge: 'ls /sys/class/net | grep -c ^tap',
    openvswitch: `ovs-vsctl list-ports br-int | grep -c '^qr-\\|^qg-\\|^tap'`,
  });
}

/** Returns scripts that create and delete a foreign bridge with a port, of the mechanism of this run. */
export function foreignBridge(name: string): { make: string; remove: string } {
  return byMechanism({
    linuxbridge: { make: `ip link add name ${name} type bridge`, remove: `ip link del dev ${name}` },
    openvswitch: {
      make: `ovs-vsctl -- add-br ${name} -- set Bridge ${name} datapath_type=netdev external_ids:owner=somebody \\
        -- add-port ${name} p-${name} tag=9 \\
        -- set Interface p-${name} type=internal external_ids:netloom-netns=elsewhere
        ip link set dev ${name} up; ip address add 192.0.2.1/24 dev ${name}`,
      remove: `ovs-vsctl del-br ${name}`,
    },
  });
}
