import type { DiagnosticError } from '../model/diagnostic.ts';
import { labError } from './errors.ts';
import { labShape } from './shape-of.ts';
import type { LabTopology, Member } from './shape.ts';

/** What a place of a lab is called: a member, a router, or the DHCP server of a network. */
export interface NamedPlace {
  readonly kind: Member['kind'] | 'router' | 'dhcp';
  readonly name: string;
}

/** Where a program runs in a lab. */
export interface LabPlace extends NamedPlace {
  /** The member whose files and namespaces it gets. */
  readonly member: Pick<Member, 'kind' | 'name'>;
  /** A network namespace of that member by name; `null`: the member's own. */
  readonly netns: string | null;
}

/** Returns the unambiguous name of a place: `node/n1`, `router/r1`, `dhcp/private`. */
export function placeName({ kind, name }: NamedPlace): string {
  return `${kind}/${name}`;
}

/** Returns the places of a topology's lab: nodes, instances, outside hosts, routers, networks with DHCP. */
export function labPlaces(topology: Pick<LabTopology, 'doc'>): NamedPlace[] {
  const { routers = {}, networks = {} } = topology.doc;
  const served = Object.entries(networks).filter(([, { subnets = {} }]) =>
    Object.values(subnets).some(({ enable_dhcp: enabled = true }) => enabled),
  );
  return [
    ...labShape(topology).members.map(({ kind, name }) => ({ kind, name })),
    ...Object.keys(routers).map((name) => ({ kind: 'router', name }) as const),
    ...served.map(([name]) => ({ kind: 'dhcp', name }) as const),
  ];
}

/** So many names fit into a hint. */
const SHOWN = 30;

/** Makes the error that lists the places of a lab that has none called `word` (NLL011). */
export function noSuchPlace(topology: Pick<LabTopology, 'doc'>, word: string): DiagnosticError {
  const places = labPlaces(topology);
  const names = places.slice(0, SHOWN).map(placeName);
  if (places.length > SHOWN) names.push(`${String(places.length - SHOWN)} more`);
  return labError({
    code: 'NLL011',
    summary: `The lab ${topology.doc.name} has no ${JSON.stringify(word)}`,
    hint: `it has: ${names.join(', ')}`,
  });
}

/**
 * Finds a place by its name, or by KIND/NAME.
 * @throws DiagnosticError NLL011 where there is none, NLL015 where several have the name
 */
export function findPlace(topology: Pick<LabTopology, 'doc'>, word: string): NamedPlace {
  const places = labPlaces(topology);
  const exact = places.find((place) => placeName(place) === word);
  if (exact !== undefined) return exact;
  const found = places.filter(({ name }) => name === word);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) throw noSuchPlace(topology, word);
  throw labError({
    code: 'NLL015',
    summary: `Several places of the lab ${topology.doc.name} have the name ${word}`,
    hint: `write one of: ${found.map(placeName).join(', ')}`,
  });
}
