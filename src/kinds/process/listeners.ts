import type { NodeProbe } from '../../model/probe.ts';

/**
 * TCP ports with a listener in the node's own namespace, on any address. Only a node with a switch has daemons of ours
 * there.
 */
export const listenersProbe: NodeProbe<ReadonlySet<number>> = {
  id: 'listeners',
  scope: 'node',
  where: { variable: 'OVS_RUNDIR', folder: '/var/run/openvswitch', file: 'db.sock' },
  // The state 0A: a listening socket. Without IPv6 there is no tcp6.
  script: 'perl -e "$1"',
  arguments: () => ['for (qw(tcp tcp6)) { open F, "/proc/net/$_" or next; print grep { / 0A / } <F> } print "end\\n"'],
  parse(text) {
    // Nothing is read where there is no Open vSwitch.
    if (text.trim() !== '' && !text.split('\n').includes('end')) throw new Error('its last line is missing');
    const listening = text.matchAll(/^ *\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /gm);
    return new Set([...listening].map(([, port = '']) => parseInt(port, 16)));
  },
};
