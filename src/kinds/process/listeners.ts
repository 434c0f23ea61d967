import type { NodeProbe } from '../../model/probe.ts';

/** In /proc/net/tcp: the state of a socket that listens. */
const LISTENS = '0A';

/**
 * TCP ports on which something listens in the node's own namespace, on whatever address. Only a node with a switch has daemons of ours there.
 */
export const listenersProbe: NodeProbe<ReadonlySet<number>> = {
  id: 'listeners',
  scope: 'node',
  where: { variable: 'OVS_RUNDIR', folder: '/var/run/openvswitch', file: 'db.sock' },
  script: () => `grep -hs ' ${LISTENS} ' /proc/net/tcp /proc/net/tcp6; :`,
  parse: (text) =>
    new Set([...text.matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /gm)].map(([, port = '']) => parseInt(port, 16))),
};
