import fc from 'fast-check';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { compileTopology } from '../../src/compile/compile.ts';
import { everyPort } from '../../src/resolve/collisions.ts';
import type { ResolvedTopology } from '../../src/resolve/resolved.ts';
import { addressOfCidr } from '../../src/net/block.ts';
import { segmentOf } from '../../src/topology/defaults.ts';
import { loadTopology } from '../../src/topology/load.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { crowdedDocs } from '../arbitraries/crowded.ts';
import { refusals } from '../support/kernel-routes.ts';

/**
 * Asserts that each of so many crowded documents is refused with the locations of what is wrong, or compiles to what
 * the kernel accepts, without an address twice on a segment.
 */
export function assertCrowded(numRuns: number, seed?: number): void {
  const check = fc.property(crowdedDocs(), (doc) => {
    const { topology, diagnostics } = loadTopology(stringify(doc), 'topology.yaml');
    expect(diagnostics.filter(({ range }) => range === undefined)).toEqual([]);
    if (topology === undefined) {
      expect(diagnostics).not.toEqual([]);
      return;
    }
    const compiled = compileTopology(topology);
    expect(compiled.diagnostics.filter(({ range }) => range === undefined)).toEqual([]);
    if (compiled.graph === undefined || compiled.resolved === undefined) {
      expect(compiled.diagnostics).not.toEqual([]);
      return;
    }
    expect(twice(doc, compiled.resolved)).toEqual([]);
    expect(refusals(compiled.graph)).toEqual([]);
  });
  fc.assert(check, { numRuns, ...(seed !== undefined && { seed }) });
}

/** The addresses that two ports, floating IPs or NICs of one segment have. */
function twice(doc: Topology, resolved: ResolvedTopology): string[] {
  const networks = doc.networks ?? {};
  const segment = (name: string): string => {
    const network = networks[name];
    return network === undefined ? name : segmentOf(network);
  };
  const held = [...resolved.floatingIps, ...resolved.forwardedIps].map(({ name, address }) => {
    return `${segment(doc.floating_ips?.[name]?.floating_network ?? '')} ${address}`;
  });
  for (const { network, fixedIps } of everyPort(resolved)) {
    for (const { address } of fixedIps) held.push(`${segment(network)} ${address}`);
  }
  for (const { nics = {} } of [...Object.values(doc.nodes ?? {}), ...Object.values(doc.hosts ?? {})]) {
    for (const { physical_network: wire, addresses = [] } of Object.values(nics)) {
      held.push(...addresses.map((address) => `${wire} ${addressOfCidr(address)}`));
    }
  }
  return held.filter((one, index) => held.indexOf(one) < index);
}
