import type { HeldEntry } from '../features/held/entries.ts';
import { readHeldFiles, type HeldFiles } from '../features/held/read.ts';
import type { HeldFile } from '../features/held/text.ts';
import { FEATURES } from '../features/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Existing, HeldFact } from '../model/feature.ts';
import { NOTHING_HELD, type Held, type HeldPort } from '../model/held.ts';
import type { Observed } from '../model/resource.ts';
import { resolveTopology } from '../resolve/resolve.ts';
import type { DerivedPort, ResolvedTopology } from '../resolve/resolved.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { existingObjects } from './existing.ts';

export { heldPath } from '../features/held/index.ts';

/** Returns whether the file leaves out anything that the nodes may hold. */
export function derivesAnything({ derived, scopes, patches }: ResolvedTopology): boolean {
  return derived.length > 0 || scopes.size > 0 || patches.length > 0;
}

/** What the nodes hold, and a warning for each file of it that cannot be used. */
export interface Learnt {
  readonly held: Held;
  /** The entries that the files on the nodes list. */
  readonly entries: readonly HeldEntry[];
  /** What these files list of every port, also of those that the file no longer has. */
  readonly ports: Held['ports'];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns the derived values that exist on the nodes: for each port the first that tells them of the file of its node,
 * the objects that come from its id (those on its node first), and the files of other nodes. `resolved` is the topology
 * without what is held.
 *
 * A derived address decides which router carries a floating IP, and so where its rules are. What the objects tell is
 * therefore resolved and asked for a second time.
 */
export function learnHeld(topology: ValidTopology, resolved: ResolvedTopology, observed: readonly Observed[]): Learnt {
  if (!derivesAnything(resolved)) return { held: NOTHING_HELD, entries: [], ports: new Map(), diagnostics: [] };
  const objects = existingObjects(observed);
  const { files, diagnostics } = readHeldFiles(resolved.name, objects);
  const all = [...files.values()];
  return {
    held: heldBy(topology, resolved, objects, files),
    entries: all.flatMap(({ entries }) => entries),
    ports: new Map(all.flatMap(({ ports }) => [...ports])),
    diagnostics,
  };
}

function heldBy(
  topology: ValidTopology,
  resolved: ResolvedTopology,
  objects: Pick<Existing, 'at' | 'inside'>,
  files: HeldFiles['files'],
): Held {
  const first = learnFrom(resolved, objects, files);
  if (first.complete || !changesByHeld(resolved, first.held)) return first.held;
  const again = resolveTopology(topology, first.held).resolved;
  return again === undefined ? first.held : learnFrom(again, objects, files).held;
}

function learnFrom(
  resolved: ResolvedTopology,
  objects: Pick<Existing, 'at' | 'inside'>,
  files: HeldFiles['files'],
): { readonly held: Held; readonly complete: boolean } {
  const known = new Facts(resolved);
  for (const [node, file] of files) known.addFile(node, file);
  const complete = known.isComplete();
  if (!complete) {
    const existing: Existing = { ...objects, addressesOf: (id) => known.addressesOf(id) };
    for (const feature of FEATURES) for (const fact of feature.held?.(resolved, existing) ?? []) known.add(fact);
  }
  return { held: known.held(), complete };
}

/** How much a value counts; a lower number wins, and of equal ones the first. */
const RANK = { ownFile: 0, ownObject: 1, object: 2, otherFile: 3 } as const;

interface Ranked<T> {
  readonly rank: number;
  readonly value: T;
}

/** Collects facts, the best of each port, scope and network. */
class Facts {
  readonly #derived: ReadonlyMap<string, DerivedPort>;
  readonly #resolved: ResolvedTopology;
  readonly #macs = new Map<string, Ranked<string>>();
  readonly #addresses = new Map<string, Ranked<readonly string[]>>();
  /** Also those of ports whose addresses the file gives. */
  readonly #allAddresses = new Map<string, Ranked<readonly string[]>>();
  readonly #scopes = new Map<string, Ranked<number>>();
  readonly #vlans = new Map<string, Ranked<number>>();

  constructor(resolved: ResolvedTopology) {
    this.#resolved = resolved;
    this.#derived = new Map(resolved.derived.map((port) => [port.id, port]));
  }

  addFile(node: string, { ports, scopes, vlans }: HeldFile): void {
    for (const [id, { mac, addresses }] of ports) {
      const rank = this.#derived.get(id)?.node === node ? RANK.ownFile : RANK.otherFile;
      this.#addPort(id, rank, mac, addresses);
    }
    for (const [name, number] of scopes)
      if (this.#resolved.scopes.has(name)) keep(this.#scopes, name, RANK.ownFile, number);
    for (const [id, tag] of vlans) keep(this.#vlans, id, RANK.ownFile, tag);
  }

  add(fact: HeldFact): void {
    if ('port' in fact) {
      const rank = this.#derived.get(fact.port)?.node === fact.node ? RANK.ownObject : RANK.object;
      this.#addPort(fact.port, rank, fact.mac, fact.addresses);
    } else if ('scope' in fact) keep(this.#scopes, fact.scope, RANK.object, fact.number);
    else keep(this.#vlans, fact.network, RANK.object, fact.vlan);
  }

  #addPort(id: string, rank: number, mac: string | undefined, addresses: readonly string[]): void {
    if (addresses.length > 0) keep(this.#allAddresses, id, rank, addresses);
    const port = this.#derived.get(id);
    if (port === undefined) return;
    if (mac !== undefined && port.mac !== undefined) keep(this.#macs, id, rank, mac);
    if (addresses.length === 0 || port.addresses.length === 0) return;
    // Of more than it needs, such as one that another program added, those that it would have anyway come first.
    const own = port.addresses.filter((address) => addresses.includes(address));
    const others = addresses.filter((address) => !own.includes(address));
    keep(this.#addresses, id, rank, [...own, ...others].slice(0, port.addresses.length));
  }

  /** Returns whether the file of each port's own node tells all of it. */
  isComplete(): boolean {
    const { derived, patches, scopes, networks } = this.#resolved;
    return (
      derived.every(
        ({ id, mac, addresses }) =>
          (mac === undefined || this.#macs.get(id)?.rank === RANK.ownFile) &&
          (addresses.length === 0 || this.#addresses.get(id)?.rank === RANK.ownFile),
      ) &&
      [...scopes.keys()].every((name) => this.#scopes.has(name)) &&
      patches.every(({ network }) => this.#vlans.has(networks.get(network)?.id ?? ''))
    );
  }

  addressesOf(id: string): readonly string[] | undefined {
    return (this.#addresses.get(id) ?? this.#allAddresses.get(id))?.value;
  }

  #port(id: string): HeldPort | undefined {
    const mac = this.#macs.get(id)?.value;
    const addresses = this.#addresses.get(id)?.value;
    if (mac === undefined && addresses === undefined) return undefined;
    return { addresses: addresses ?? [], ...(mac !== undefined && { mac }) };
  }

  held(): Held {
    const ports = this.#resolved.derived.flatMap(({ id }): [string, HeldPort][] => {
      const port = this.#port(id);
      return port ? [[id, port]] : [];
    });
    return {
      ...NOTHING_HELD,
      ports: new Map(ports),
      scopes: valuesOf(this.#scopes),
      vlans: valuesOf(this.#vlans),
    };
  }
}

function keep<T>(values: Map<string, Ranked<T>>, key: string, rank: number, value: T): void {
  const known = values.get(key);
  if (known === undefined || rank < known.rank) values.set(key, { rank, value });
}

function valuesOf<T>(values: ReadonlyMap<string, Ranked<T>>): ReadonlyMap<string, T> {
  return new Map([...values].map(([key, { value }]) => [key, value]));
}

/** Returns whether resolving with these held values can give another result than `resolved`, which is without them. */
export function changesByHeld({ derived, scopes, patches, networks }: ResolvedTopology, held: Held): boolean {
  const taken = [...held.taken.values()];
  return (
    derived.some(({ id, mac, addresses }) => {
      const known = held.ports.get(id);
      if (known?.mac !== undefined && known.mac !== mac) return true;
      if (addresses.some((address) => taken.some((others) => others.has(address)))) return true;
      return known !== undefined && known.addresses.some((address, i) => addresses[i] !== address);
    }) ||
    [...held.scopes].some(([name, number]) => scopes.get(name) !== number) ||
    patches.some(({ network, ends: [{ tag }] }) => {
      const vlan = held.vlans.get(networks.get(network)?.id ?? '');
      return vlan !== undefined && vlan !== tag;
    })
  );
}
