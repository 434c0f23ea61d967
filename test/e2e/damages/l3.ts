import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to addresses, routes, policy rules, neighbours and kernel parameters inside our namespaces. */
export function l3({ inRouter, gateway, inner }: Names): readonly Damage[] {
  const qg = gateway.device;
  return [
    {
      what: 'a policy rule sends the guests’ packets to a table that drops them',
      breaks: 'router gw',
      damage: inRouter('ip rule add prio 10 from 10.20.0.0/24 lookup 99; ip route add blackhole default table 99'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('ip rule del prio 10; ip route del blackhole default table 99'),
      pending: 'policy rules',
    },
    {
      what: 'the policy rule for table local is deleted',
      breaks: 'router gw',
      damage: inRouter('ip rule del prio 0'),
      verdict: 'healed',
      undo: inRouter('ip rule add prio 0 lookup local'),
      pending: 'policy rules',
    },
    {
      what: 'a foreign route to a guest leads outside',
      breaks: 'instance www eth0',
      damage: inRouter(`ip route add 10.20.0.11/32 dev ${qg} proto boot`),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter(`ip route del 10.20.0.11/32 dev ${qg} proto boot`),
    },
    {
      what: 'the connected route to the guests is deleted',
      breaks: 'router gw',
      damage: inRouter('ip route del 10.20.0.0/24'),
      verdict: 'healed',
      undo: inRouter(`ip route add 10.20.0.0/24 dev ${inner.device} proto kernel scope link src 10.20.0.1`),
      pending: 'connected routes',
    },
    {
      what: 'the router takes the gateway’s address for its own',
      breaks: 'router gw',
      damage: inRouter('ip route add local 198.51.100.1 dev lo table local'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('ip route del local 198.51.100.1 dev lo table local'),
      pending: 'local routes',
    },
    {
      what: 'a permanent neighbour has a wrong MAC for the gateway',
      breaks: 'router gw',
      damage: inRouter(`ip neigh replace 198.51.100.1 lladdr 02:00:00:00:00:99 dev ${qg} nud permanent`),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter(`ip neigh del 198.51.100.1 dev ${qg}`),
      pending: 'permanent neighbours',
    },
    {
      what: 'forwarding is off on the gateway’s device',
      breaks: 'router gw',
      damage: inRouter(`sysctl -qw net.ipv4.conf.${qg}.forwarding=0`),
      verdict: 'healed',
      undo: inRouter(`sysctl -qw net.ipv4.conf.${qg}.forwarding=1`),
      pending: 'forwarding per device',
    },
    {
      what: 'an xfrm policy blocks what the router forwards',
      breaks: 'router gw',
      damage: inRouter('ip xfrm policy add dir fwd action block'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('ip xfrm policy flush'),
      pending: 'xfrm policies',
    },
    {
      what: 'the router has a guest’s address on lo',
      breaks: 'instance www eth0',
      damage: inRouter('ip addr add 10.20.0.11/32 dev lo scope host'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('ip addr del 10.20.0.11/32 dev lo'),
      pending: 'addresses on lo',
    },
  ];
}
