import type { ValidTopology } from '../../topology/valid.ts';
import type { World } from '../context.ts';
import { schemaNames } from '../schemas.ts';

/** The word before `KIND [FILE]` with which a completion script asks netloom for names. No help shows it. */
export const NAMES_OF = '__names';

/** The kinds of names that can be completed. */
export type NameKind = 'target' | 'node' | 'port' | 'instance' | 'lab' | 'schema';

/** The kind of name that an argument takes, by command and argument. */
const ARGUMENTS: Readonly<Record<string, NameKind>> = {
  'lab exec name': 'target',
  'lab capture place': 'target',
  'lab renew instance': 'instance',
  'explain port port': 'port',
  'lab down file': 'lab',
  'schema name': 'schema',
};

/** Returns the kind of name that an argument of a command takes, if any. */
export function namesForArgument(path: readonly string[], name: string): NameKind | undefined {
  return ARGUMENTS[[...path, name].join(' ')];
}

/** Returns the kind of name that a flag takes as its value, if any. */
export function namesForFlag(names: readonly string[]): NameKind | undefined {
  return names.includes('--node') || names.includes('--except') ? 'node' : undefined;
}

/** A name without characters that are special to a shell. */
const SAFE = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/** Returns the names of a kind, to be printed one per line; none after any error. */
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
  if (what === 'instance') return Object.keys(topology.doc.instances ?? {});
  return what === 'port' ? portNames(topology) : targetNames(topology);
}

function portNames({ doc }: ValidTopology): string[] {
  return Object.entries(doc.instances ?? {}).flatMap(([instance, { ports = {} }]) => {
    const devices = Object.keys(ports);
    return devices.length === 1 ? [instance] : devices.map((device) => `${instance}/${device}`);
  });
}

async function targetNames(topology: ValidTopology): Promise<string[]> {
  const { labTargets, targetName } = await import('../../lab/index.ts');
  const targets = labTargets(topology);
  const counts = new Map<string, number>();
  for (const { name } of targets) counts.set(name, (counts.get(name) ?? 0) + 1);
  return targets.map((target) => (counts.get(target.name) === 1 ? target.name : targetName(target)));
}
