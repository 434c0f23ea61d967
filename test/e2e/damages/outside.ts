import type { Damage } from './damage.ts';

/** Damages outside the nodes, which no read of a node can find: only a request does. */
export function outside(): readonly Damage[] {
  return [
    {
      what: 'the router’s gateway is down',
      node: 'peer',
      damage: 'ip link set dev eth0 down',
      verdict: { probed: 'router gw' },
      undo: 'ip link set dev eth0 up',
    },
    {
      what: 'the router’s gateway has another address',
      node: 'peer',
      damage: 'ip address del 198.51.100.1/24 dev eth0; ip address add 198.51.100.2/24 dev eth0',
      verdict: { probed: 'router gw' },
      undo: 'ip address del 198.51.100.2/24 dev eth0; ip address add 198.51.100.1/24 dev eth0',
    },
    {
      what: 'a guest has lost its address',
      node: 'near',
      damage: 'ip address flush dev eth0',
      verdict: { probed: 'instance near eth0' },
      undo: 'ip address add 10.20.0.14/24 dev eth0',
    },
  ];
}
