import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to devices, bridges and what is attached to them. */
export function links({ inRouter, gateway, inner, www, sql }: Names): readonly Damage[] {
  return [
    {
      what: 'the bridge takes the router’s MAC for its own',
      breaks: 'router gw',
      damage: `bridge fdb replace ${inner.mac} dev ${inner.bridge} self local`,
      verdict: { told: inner.mac },
      undo: `bridge fdb del ${inner.mac} dev ${inner.bridge} self local`,
      only: 'linuxbridge',
    },
    {
      what: 'a qdisc of a guest’s tap drops everything',
      breaks: 'instance www eth0',
      damage: `tc qdisc add dev ${www.tap} root pfifo limit 0`,
      verdict: { told: www.tap },
      undo: `tc qdisc del dev ${www.tap} root`,
    },
    {
      what: 'the bridge sends frames for a guest on another node to a tap',
      damage: `bridge fdb replace ${sql.mac} dev ${www.tap} master static`,
      verdict: { told: sql.mac },
      undo: `bridge fdb del ${sql.mac} dev ${www.tap} master`,
      only: 'linuxbridge',
    },
    {
      what: 'a fixed entry of the bridge leads to the right port',
      damage: `bridge fdb replace ${www.mac} dev ${www.tap} master static`,
      verdict: { harmless: 'because the bridge would learn the same' },
      undo: `bridge fdb del ${www.mac} dev ${www.tap} master`,
      only: 'linuxbridge',
    },
    {
      what: 'the node has the router’s address on the bridge',
      damage: `ip addr add 10.20.0.1/24 dev ${inner.bridge}`,
      verdict: { told: inner.bridge },
      undo: `ip addr del 10.20.0.1/24 dev ${inner.bridge}`,
      only: 'linuxbridge',
    },
    {
      what: 'a qdisc of the router’s device drops everything',
      breaks: 'router gw',
      damage: inRouter(`tc qdisc add dev ${gateway.device} root pfifo limit 0`),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'the gateway’s device is in a bridge inside the router',
      damage: inRouter(
        `ip link add name stray type bridge; ip link set dev stray up; ip link set dev ${gateway.device} master stray`,
      ),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'the NIC’s MTU is too small for guests',
      damage: 'ip link set dev eth1 mtu 600',
      verdict: { told: 'MTU 600' },
      undo: 'ip link set dev eth1 mtu 1500',
    },
  ];
}
