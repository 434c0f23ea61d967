import { shellLine, shellQuote } from '../hosts/quote.ts';
import { KINDS } from '../kinds/registry.ts';
import type { Change } from '../model/change.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Shell } from '../model/host.ts';
import type { CanonicalForm } from '../model/kind.ts';
import { addressOf, type Address, type Resource } from '../model/resource.ts';

/**
 * Runs the programs in turn, in a temporary namespace. If they fail, the same will fail where the object is created,
 * and is reported there.
 */
function scriptOf({ programs }: CanonicalForm): string {
  const inside = programs
    .map(
      ({ argv, input }) => `${input === undefined ? '' : `printf '%s\\n' ${shellQuote(input)} | `}${shellLine(argv)}`,
    )
    .join(' && ');
  return `unshare -n sh -c ${shellQuote(inside)} 2>/dev/null; :`;
}

/**
 * Returns the graph with the resources whose writing may differ in the writing of the node: as its programs print them
 * after they were given them. The same graph if there is no such resource.
 */
export async function canonicaliseRules(
  graph: DesiredGraph,
  changes: readonly Change[],
  shell: Shell,
): Promise<DesiredGraph> {
  const resources = new Map<Address, Resource>();
  for (const { name, canonicalForms } of KINDS) {
    if (!canonicalForms) continue;
    const own = changes.filter(({ node, kind }) => node === shell.node && kind === name);
    for (const rendition of canonicalForms(own, graph)) {
      const output = await shell.read(scriptOf(rendition));
      for (const resource of rendition.read(output)) resources.set(addressOf(resource), resource);
    }
  }
  return resources.size === 0 ? graph : { ...graph, resources: new Map([...graph.resources, ...resources]) };
}
