import type { NodeView } from '../../model/probe.ts';
import type { Family } from '../../model/command.ts';
import type { Owner } from '../../model/resource.ts';
import { nodeNamespace, ownerOfLink } from '../links/owner.ts';
import { ovsProbe } from '../openvswitch/database.ts';
import { ownerOfIds } from '../openvswitch/mark.ts';
import { ipProbe } from '../probes/ip.ts';
import type { SavedSet } from './ipset-save.ts';
import { iptablesSaveProbes } from './iptables-save.ts';
import type { SavedChains } from './saved-tables.ts';
import { isWrapped } from './rule-words.ts';
import { ownerOfTable } from './table-mark.ts';

/** A port's chain: its last part is a letter and the beginning of the port's id, as in the name of its tap. */
const OF_PORT = /-[ios]([0-9a-f-]{10})$/;

/** Devices that a rule matches by name; a name with `+` at its end is a pattern and names none. */
const NAMED = /(?:^| )(?:-[io]|--physdev-(?:in|out)) ([^ +]+)(?= |$)/g;

/** The common beginning of an agent's chains is 16 characters long (Neutron's `get_binary_name()[:16]`). */
const AGENT_LENGTH = 16;

/** Chains that all agents share. */
const SHARED = /^(?:neutron|quantum)-(?:filter-top|postrouting-bottom)$/;

/**
 * Returns the owner of each device of the node's own namespace that is marked: by its alias or, without one, by its
 * row in Open vSwitch.
 */
function deviceOwners(view: NodeView, topology: string): ReadonlyMap<string, Owner> {
  const rows = view.get(ovsProbe)?.interfaces;
  const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
  return new Map(
    links.map((link) => {
      const owner = ownerOfLink(link, topology);
      return [link.ifname, owner === 'foreign' ? ownerOfIds(rows?.get(link.ifname)?.ids, topology) : owner];
    }),
  );
}

/** What is known of a node already: each of its sets and tables asks, and Neutron's nodes have thousands of rules. */
const KNOWN = new WeakMap<NodeView, Map<string, boolean>>();

function once(view: NodeView, question: string, answer: () => boolean): boolean {
  const known = KNOWN.get(view) ?? new Map<string, boolean>();
  KNOWN.set(view, known);
  const before = known.get(question);
  if (before !== undefined) return before;
  const now = answer();
  known.set(question, now);
  return now;
}

/** Returns whether a chain is named after the id of a port, as the port's tap is. */
export function isNamedAfterPort(chain: string): boolean {
  return isWrapped(chain) && OF_PORT.test(chain);
}

/** Returns the owners of the devices that exist and that the wrapped chains of a table name. */
function namedOwners(chains: SavedChains, view: NodeView, topology: string): ReadonlySet<Owner> {
  const owners = deviceOwners(view, topology);
  const taps = [...owners].filter(([name]) => name.startsWith('tap'));
  const ports = new Map(taps.map(([name, owner]) => [name.slice(3, 13), owner] as const));
  const found = new Set<Owner | undefined>();
  for (const [chain, { rules }] of chains) {
    if (!isWrapped(chain)) continue;
    found.add(ports.get(OF_PORT.exec(chain)?.[1] ?? ''));
    for (const rule of rules) for (const [, name = ''] of rule.matchAll(NAMED)) found.add(owners.get(name));
  }
  found.delete(undefined);
  return found as ReadonlySet<Owner>;
}

/** Returns the prefixes of the agents whose chains a table holds. */
function agentsOf(chains: SavedChains): readonly string[] {
  const own = [...chains.keys()].filter((chain) => isWrapped(chain) && !SHARED.test(chain));
  return own.map((chain) => chain.slice(0, AGENT_LENGTH));
}

/** Returns whether the devices that a table names are all ours, and there is one. */
function namesOurs(chains: SavedChains, view: NodeView, topology: string): boolean {
  const owners = namedOwners(chains, view, topology);
  return owners.size === 1 && owners.has('ours');
}

/**
 * Returns whether devices of ours vouch for a table of the node's own namespace that no topology marks: it has wrapped
 * chains, these name devices of ours that exist, and no others. A table that names no device is vouched for by another
 * table of the same IP version that is ours and holds chains of the same agents: an agent writes to all its tables. An
 * agent of Neutron names its own taps, which are not marked, or none.
 */
export function isVouchedTable(view: NodeView, family: Family, table: string, topology: string): boolean {
  return once(view, `${String(family)} ${table} ${topology}`, () => vouchesTable(view, family, table, topology));
}

function vouchesTable(view: NodeView, family: Family, table: string, topology: string): boolean {
  const tables = nodeNamespace(view)?.get(iptablesSaveProbes[family]);
  const chains = tables?.get(table);
  if (!tables || !chains || ownerOfTable(chains, topology) !== 'foreign') return false;
  const agents = agentsOf(chains);
  if (agents.length === 0) return false;
  const owners = namedOwners(chains, view, topology);
  if (owners.size > 0) return namesOurs(chains, view, topology);
  return [...tables].some(([name, others]) => {
    if (name === table) return false;
    const owner = ownerOfTable(others, topology);
    const isOurs = owner === 'ours' || (owner === 'foreign' && namesOurs(others, view, topology));
    const known = isOurs ? new Set(agentsOf(others)) : new Set();
    return agents.every((agent) => known.has(agent));
  });
}

/**
 * Returns whether a device of ours vouches for a set of Neutron's name and type while no topology marks the filter
 * table of its IP version: all wrapped chains of that version are ours or vouched for, so no agent of Neutron uses it.
 * The name is still to be compared with the file's.
 */
export function isVouchedSet(view: NodeView, family: Family, set: SavedSet, topology: string): boolean {
  if (set.type !== 'hash:net' || set.family !== family) return false;
  return once(view, `${String(family)} ${topology}`, () => vouchesSets(view, family, topology));
}

function vouchesSets(view: NodeView, family: Family, topology: string): boolean {
  const tables = nodeNamespace(view)?.get(iptablesSaveProbes[family]) ?? new Map<string, SavedChains>();
  const isTaken = [...tables].some(([table, chains]) => {
    const owner = ownerOfTable(chains, topology);
    if (owner !== 'foreign') return owner !== 'ours';
    return agentsOf(chains).length > 0 && !isVouchedTable(view, family, table, topology);
  });
  return !isTaken && [...deviceOwners(view, topology).values()].includes('ours');
}
