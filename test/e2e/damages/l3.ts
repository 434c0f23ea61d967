import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to addresses, routes, policy rules, neighbours and kernel parameters inside our namespaces. */
export function l3({ inRouter, gateway }: Names): readonly Damage[] {
  const qg = gateway.device;
  return [
    {
      what: 'a policy rule sends the guests’ packets to a table that drops them',
      breaks: 'router gw',
      damage: inRouter('ip rule add prio 10 from 10.20.0.0/24 lookup 99; ip route add blackhole default table 99'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'the policy rule for table local is deleted',
      breaks: 'router gw',
      damage: inRouter('ip rule del prio 0'),
      verdict: 'healed',
    },
    {
      what: 'a foreign route to a guest leads outside',
      breaks: 'instance www eth0',
      damage: inRouter(`ip route add 10.20.0.11/32 dev ${qg} proto boot`),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'the connected route to the guests is deleted',
      breaks: 'router gw',
      damage: inRouter('ip route del 10.20.0.0/24'),
      verdict: 'healed',
    },
    {
      what: 'the router takes the gateway’s address for its own',
      breaks: 'router gw',
      damage: inRouter('ip route add local 198.51.100.1 dev lo table local'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'a permanent neighbour has a wrong MAC for the gateway',
      breaks: 'router gw',
      damage: inRouter(`ip neigh replace 198.51.100.1 lladdr 02:00:00:00:00:99 dev ${qg} nud permanent`),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'forwarding is off on the gateway’s device',
      breaks: 'router gw',
      damage: inRouter(`sysctl -qw net.ipv4.conf.${qg}.forwarding=0`),
      verdict: 'healed',
    },
    {
      what: 'an xfrm policy blocks what the router forwards',
      breaks: 'router gw',
      damage: inRouter('ip xfrm policy add dir fwd action block'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'the router has a guest’s address on lo',
      breaks: 'instance www eth0',
      damage: inRouter('ip addr add 10.20.0.11/32 dev lo scope host'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
  ];
}
