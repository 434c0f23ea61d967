import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** Whether frames that a bridge forwards are handed to iptables and ip6tables (br_netfilter). */
export interface BridgeNf {
  /** False: there is nobody to hand them over. */
  readonly loaded: boolean;
  readonly iptables: boolean;
  readonly ip6tables: boolean;
}

/** Who is handed them, each with the parameter that says so. */
export const BRIDGE_NF = {
  iptables: 'net/bridge/bridge-nf-call-iptables',
  ip6tables: 'net/bridge/bridge-nf-call-ip6tables',
} as const;

/** All false where the module is not loaded. */
export const bridgeNfProbe: NodeProbe<BridgeNf> = {
  id: 'bridge-nf',
  // The node's own namespace is the one whose frames are bridged.
  scope: 'node',
  script: programText(new URL('./bridge-nf.sh', import.meta.url)),
  parse(text) {
    const [iptables, ip6tables] = text.trim().split('\n');
    return {
      loaded: iptables !== undefined && iptables !== '',
      iptables: iptables === '1',
      ip6tables: ip6tables === '1',
    };
  },
};
