import type { NodeProbe } from '../../model/probe.ts';

/** Whether frames that a bridge forwards are handed to iptables (br_netfilter); all false where the module is not loaded. */
export const bridgeNfProbe: NodeProbe<{ readonly iptables: boolean }> = {
  id: 'bridge-nf',
  // The node's own namespace is the one whose frames are bridged.
  scope: 'node',
  script: () =>
    '[ -r /proc/sys/net/bridge/bridge-nf-call-iptables ] && cat /proc/sys/net/bridge/bridge-nf-call-iptables; :',
  parse: (text) => ({ iptables: text.trim() === '1' }),
};
