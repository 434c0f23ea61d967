import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** Whether frames that a bridge forwards pass iptables and ip6tables (br_netfilter). */
export interface BridgeNf {
  /** Whether the module is loaded; without it no frame passes either. */
  readonly loaded: boolean;
  readonly iptables: boolean;
  readonly ip6tables: boolean;
}

/** The kernel parameter of each program that bridged frames can pass. */
export const BRIDGE_NF = {
  iptables: 'net/bridge/bridge-nf-call-iptables',
  ip6tables: 'net/bridge/bridge-nf-call-ip6tables',
} as const;

/** Reads br_netfilter's parameters. All fields are false if the module is not loaded. */
export const bridgeNfProbe: NodeProbe<BridgeNf> = {
  id: 'bridge-nf',
  // All bridges are in the node's own namespace.
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
