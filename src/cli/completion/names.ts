import type { ValidTopology } from '../../topology/valid.ts';
import type { World } from '../context.ts';
import { schemaNames } from '../schemas.ts';

/** The word before `WHAT [FILE]` that asks netloom for names to complete. It is no command: no help shows it. */
export const NAMES_OF = '__names';

/** What names can be asked for. */
export type NameKind = 'place' | 'node' | 'port' | 'lab' | 'schema';

/** The names of arguments and flags that are completed with names, by command and name. */
const ARGUMENTS: Readonly<Record<string, NameKind>> = {
  'lab exec name': 'place',
  'explain port port': 'port',
  'lab down file': 'lab',
  'schema name': 'schema',
};

/** Returns what names an argument of a command takes, if any. */
export function namesForArgument(path: readonly string[], name: string): NameKind | undefined {
  return ARGUMENTS[[...path, name].join(' ')];
}

/** Returns what names the value of a flag is one of, if any. */
export function namesForFlag(names: readonly string[]): NameKind | undefined {
  return names.includes('--node') ? 'node' : undefined;
}

/** A name that no shell reads anything into. */
const SAFE = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/** Returns the names of a kind, one for each line of a completion; none if anything at all is wrong. */
export async function namesFor([what, file]: readonly string[], world: World): Promise<readonly string[]> {
  try {
    return (await names(what, file ?? '', world)).filter((name) => SAFE.test(name));
  } catch {
    return [];
  }
}

async function names(what: string | undefined, file: string, { engine }: World): Promise<readonly string[]> {
  if (what === 'schema') return schemaNames();
  if (what === 'lab') return (await engine.lab.list()).map(({ name }) => name);
  // Standard input belongs to the user's shell.
  if (file === '' || file === '-') return [];
  const { topology } = await engine.load(await engine.source(file));
  if (topology === undefined) return [];
  if (what === 'node') return Object.keys(topology.doc.nodes ?? {});
  return what === 'port' ? portNames(topology) : placeNames(topology);
}

function portNames({ doc }: ValidTopology): string[] {
  return Object.entries(doc.instances ?? {}).flatMap(([instance, { ports = {} }]) => {
    const devices = Object.keys(ports);
    return devices.length === 1 ? [instance] : devices.map((device) => `${instance}/${device}`);
  });
}

async function placeNames(topology: ValidTopology): Promise<string[]> {
  const { labPlaces, placeName } = await import('../../lab/index.ts');
  const places = labPlaces(topology);
  const isUnique = (name: string): boolean => places.filter((place) => place.name === name).length === 1;
  return places.map((place) => (isUnique(place.name) ? place.name : placeName(place)));
}
