import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { compileTopology } from '../../../src/compile/compile.ts';
import type { ResolvedTopology } from '../../../src/resolve/resolved.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { loadTopology } from '../../../src/topology/load.ts';
import type { Network, Topology } from '../../../src/topology/types.gen.ts';
import type { ValidTopology } from '../../../src/topology/valid.ts';
import { withMechanism, testedMechanism } from '../../support/mechanism.ts';

export const TOPOLOGIES = new URL('../../../topologies/', import.meta.url);

/** Returns a published example under the test's own name, so that no lab of the user is changed. */
export function example(name: string, file = 'linuxbridge-flat.yaml'): Topology {
  return {
    ...withMechanism(testedMechanism(), parse(readFileSync(new URL(file, TOPOLOGIES), 'utf8')) as Topology),
    name,
  };
}

/** Reads a document written in a test. Port security is off in it, unless it has security groups. */
export function docOf(text: string): Topology {
  const doc = withMechanism(testedMechanism(), parse(text) as Topology);
  if (doc.security_groups !== undefined) return doc;
  const networks = Object.entries(doc.networks ?? {}).map(([name, network]): [string, Network] => [
    name,
    { port_security_enabled: false, ...network },
  ]);
  return { ...doc, networks: Object.fromEntries(networks) };
}

export function textOf(doc: Topology): string {
  return stringify(doc, { aliasDuplicateObjects: false });
}

/** Reads and compiles a text, which must be free of errors. */
export function compileText(
  text: string,
  file: string,
): { topology: ValidTopology; graph: DesiredGraph; resolved: ResolvedTopology } {
  const { topology, diagnostics } = loadTopology(text, file);
  const compiled = topology && compileTopology(topology);
  if (topology && compiled?.graph && compiled.resolved) {
    return { topology, graph: compiled.graph, resolved: compiled.resolved };
  }
  const all = [...diagnostics, ...(compiled?.diagnostics ?? [])];
  throw new Error(`${all.map(({ code, summary }) => `${code}: ${summary}`).join('\n')}\n${text}`);
}
