import type { NodeProbe } from '../../model/probe.ts';

/**
 * TCP ports with a listener in the node's own namespace, on any address. Only a node with a switch has daemons of ours
 * there.
 */
export const listenersProbe: NodeProbe<ReadonlySet<number>> = {
  id: 'listeners',
  scope: 'node',
  where: { variable: 'OVS_RUNDIR', folder: '/var/run/openvswitch', file: 'db.sock' },
  // The state 0A: a listening socket.
  script: "grep -hs ' 0A ' /proc/net/tcp /proc/net/tcp6; :",
  parse: (text) =>
    new Set([...text.matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /gm)].map(([, port = '']) => parseInt(port, 16))),
};
