import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to devices, bridges and what is attached to them. */
export function links({ inRouter, gateway, inner, www }: Names): readonly Damage[] {
  return [
    {
      what: 'the bridge takes the router’s MAC for its own',
      breaks: 'router gw',
      damage: `bridge fdb replace ${inner.mac} dev ${inner.bridge} self local`,
      verdict: { told: inner.mac },
      undo: `bridge fdb del ${inner.mac} dev ${inner.bridge} self local`,
      pending: 'foreign FDB entries',
      only: 'linuxbridge',
    },
    {
      what: 'a qdisc of a guest’s tap drops everything',
      breaks: 'instance www eth0',
      damage: `tc qdisc add dev ${www.tap} root pfifo limit 0`,
      verdict: { told: www.tap },
      undo: `tc qdisc del dev ${www.tap} root`,
      pending: 'foreign qdiscs',
    },
    {
      what: 'the gateway’s device is in a bridge inside the router',
      damage: inRouter(
        `ip link add name stray type bridge; ip link set dev stray up; ip link set dev ${gateway.device} master stray`,
      ),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('ip link del dev stray'),
      pending: 'enslaved devices',
    },
    {
      what: 'the NIC’s MTU is too small for guests',
      damage: 'ip link set dev eth1 mtu 600',
      verdict: 'healed',
      undo: 'ip link set dev eth1 mtu 1500',
      pending: 'the MTU of the NIC',
    },
  ];
}
