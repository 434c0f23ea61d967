import { compileTopology } from '../../src/compile/compile.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { loadTopology } from '../../src/topology/load.ts';
import type { ValidTopology } from '../../src/topology/valid.ts';

/** Returns the topology of a text, which must be valid. */
export function validTopology(text: string, file = 'topology.yaml'): ValidTopology {
  const { topology, diagnostics } = loadTopology(text, file);
  if (topology) return topology;
  throw new Error(diagnostics.map(({ code, summary }) => `${code}: ${summary}`).join('\n'));
}

/** Compiles a text, which must be valid. */
export function compiled(text: string): { graph: DesiredGraph; resolved: ResolvedTopology } {
  const { graph, resolved, diagnostics } = compileTopology(validTopology(text));
  if (graph && resolved) return { graph, resolved };
  throw new Error(diagnostics.map(({ code, summary }) => `${code}: ${summary}`).join('\n'));
}
