import type { Family } from '../../model/command.ts';
import type { NamespaceProbe, Witness } from '../../model/probe.ts';
import { netlinkProbe } from '../probes/netlink.ts';
import { programsProbe } from '../probes/programs.ts';
import { kernelNamesProbe } from './kernel-names.ts';
import { parseIptablesSave, type SavedTables } from './saved-tables.ts';

const TABLES = ['mangle', 'raw', 'nat', 'filter'];

/** Every table that iptables-save prints. */
const ALL_TABLES = [...TABLES, 'security'];

/**
 * A namespace without tables has an empty output. The nft variant leaves out a table that only nft can write, and says
 * so in a comment; such a table has no chain of ours.
 */
function witnessOf(family: Family): Witness<SavedTables> {
  return {
    probes: [kernelNamesProbe, programsProbe, netlinkProbe],
    missing(tables, get) {
      const names = get(kernelNamesProbe);
      const variant = get(programsProbe)?.variant[family];
      if (names === undefined || variant === undefined) return [];
      const prefix = family === 6 ? 'ip6' : 'ip';
      const agents = get(netlinkProbe)?.agents;
      return ALL_TABLES.flatMap((table) => {
        const name = `${prefix} ${table}`;
        if (!names[variant].has(name) || tables.has(table)) return [];
        if (tables.incompatible?.has(table) !== true) return [`table ${table}`];
        const list = `nft -a list table ${name}`;
        return agents?.has(name) === false
          ? []
          : [`table ${table}, with a rule that only \`${list}\` prints: delete it`];
      });
    },
  };
}

/**
 * The legacy variant reads the list of tables from /proc. An unprivileged user's namespace may not read that, but may
 * read each table by name. Not every kernel has the table `security`.
 */
const probeOf = (program: string, family: Family): NamespaceProbe<SavedTables> => ({
  id: program,
  scope: 'marked',
  read: {
    attempts: [[[program]], ...[ALL_TABLES, TABLES].map((tables) => tables.map((table) => [program, '-t', table]))],
    unchanged: 'nftables',
  },
  parse: parseIptablesSave,
  witness: witnessOf(family),
});

/** Reads the tables of a namespace, per IP version. */
export const iptablesSaveProbes: Readonly<Record<Family, NamespaceProbe<SavedTables>>> = {
  4: probeOf('iptables-save', 4),
  6: probeOf('ip6tables-save', 6),
};
