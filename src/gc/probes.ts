import { FOLDERS } from '../kernel/probes/files.ts';
import { ipProbe } from '../kernel/probes/ip.ts';
import { iptablesSaveProbes } from '../kernel/netfilter/iptables-save.ts';
import { nftNamesProbe } from '../kernel/netfilter/nft-names.ts';
import { ovsProbe } from '../kernel/openvswitch/database.ts';
import { allProcessesProbe } from '../kernel/probes/processes.ts';
import type { NodeProbe, Probe } from '../model/probe.ts';

/** The path of everything below the folders of all topologies but the folders themselves. In base64, for a name may hold a line end. */
export const pathsProbe: NodeProbe<readonly string[]> = {
  id: 'paths',
  scope: 'node',
  script: '[ ! -d "$1" ] || find "$1" -mindepth 2 ! -type d -print0 | base64 -w0',
  arguments: () => [FOLDERS],
  parse: (text) =>
    Buffer.from(text, 'base64')
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== ''),
};

/** All there is to be read to find every topology on a node, without the name of one. */
export const GC_PROBES: readonly Probe<unknown>[] = [
  ipProbe,
  ovsProbe,
  nftNamesProbe,
  iptablesSaveProbes[4],
  iptablesSaveProbes[6],
  pathsProbe,
  allProcessesProbe,
];
