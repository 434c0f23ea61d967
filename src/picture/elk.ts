import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import { DiagnosticError } from '../model/diagnostic.ts';

/** The layout library, in the version that netloom is tested with. */
export const ELK_PACKAGE = 'elkjs@0.12.1';

/** Where the library is loaded from. */
export interface ElkSource {
  /** Loads a module by its name, as `require` does. */
  readonly load: (name: string) => unknown;
  /** The folder whose `node_modules` has it. */
  readonly root: string;
}

/** The bundle, dist/ and src/ have this module two folders below the package. */
const OWN: ElkSource = {
  load: createRequire(import.meta.url),
  root: fileURLToPath(new URL('../..', import.meta.url)),
};

/**
 * Computes the places of a graph with elkjs. It is loaded here, when the first picture is made, and nowhere else: a
 * separate package under its own licence (EPL-2.0) with 1.6 MB of code, and so no part of the bundle.
 * @throws DiagnosticError NLX57 if it is not installed
 */
export async function placed(graph: ElkNode, source: ElkSource = OWN): Promise<ElkNode> {
  const Elk = loaded(source);
  return new Elk().layout(graph);
}

function loaded({ load, root }: ElkSource): new () => ELK {
  try {
    return load('elkjs/lib/elk.bundled.js') as new () => ELK;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new DiagnosticError([
      {
        code: 'NLX57',
        severity: 'error',
        summary: 'a picture needs the layout library elkjs, and it is not installed',
        detail: 'It is a package of its own, which npm installs with netloom. A single executable has it not inside.',
        hint: `npm install --prefix ${root} ${ELK_PACKAGE}; --format mermaid and --format dot need nothing`,
      },
    ]);
  }
}
