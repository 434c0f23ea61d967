import { hostsFor } from '../../../src/session/reach.ts';
import { labDown, labRun, labUp, type LabRunResult } from '../../../src/lab/index.ts';
import { hasErrors, type Diagnostic } from '../../../src/model/diagnostic.ts';
import type { ApplyEvent } from '../../../src/model/event.ts';
import { desiredGraph, type DesiredGraph } from '../../../src/model/graph.ts';
import { applyNetwork, type ApplyResult } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import { closeNodes, openNodes, type Shells } from '../../../src/session/nodes.ts';
import { planNetwork, type PlanResult } from '../../../src/session/plan.ts';
import { probesOf } from '../../../src/verify/probes.ts';
import { verify } from '../../../src/verify/verify.ts';
import type { Outcome } from '../../../src/verify/probe.ts';
import type { ResolvedTopology } from '../../../src/resolve/resolved.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import type { ValidTopology } from '../../../src/topology/valid.ts';
import { foretold } from '../../support/foretold.ts';
import { compileText, textOf } from './topology.ts';

/** Wraps the shells of the nodes, for a test that records their scripts. */
export type WrapShells = (shells: Shells) => Shells;

/**
 * One topology in its own lab, used as the commands use it: the shells of the nodes are opened for each operation
 * and closed after it.
 */
export class Network {
  doc: Topology;
  topology!: ValidTopology;
  graph!: DesiredGraph;
  resolved!: ResolvedTopology;
  readonly events: ApplyEvent[] = [];
  wrap: WrapShells = (shells) => shells;

  /** The topology in whose lab the nodes are; usually its own. */
  readonly #host: Network;

  private constructor(doc: Topology, host?: Network) {
    this.doc = doc;
    this.#host = host ?? this;
    this.read();
  }

  /** Brings up a lab with the nodes, instances and hosts of a topology; nothing is applied yet. */
  static async start(doc: Topology): Promise<Network> {
    const network = new Network(doc);
    await labDown(doc.name);
    await network.up();
    return network;
  }

  /** Returns another topology on the nodes of a lab that is up. */
  static beside(host: Network, doc: Topology): Network {
    return new Network(doc, host);
  }

  /** Edits the file as a user does: it is read again, and the lab is updated. */
  async edit(change: (doc: Topology) => void): Promise<void> {
    this.doc = structuredClone(this.doc);
    change(this.doc);
    this.read();
    await this.up();
  }

  async up(): Promise<void> {
    if (this.#host !== this) return;
    const fixedAddress = (instance: string, device: string): string | undefined =>
      this.resolved.instances.get(instance)?.ports.find((port) => port.device === device)?.fixedIps[0]?.address;
    await labUp(this.topology, { fixedAddress });
  }

  async down(): Promise<void> {
    await labDown(this.doc.name);
  }

  /** Plans, and returns the changes with all diagnostics. */
  plan(): Promise<PlanResult> {
    return this.withShells(async (shells) => foretold(this.graph, await planNetwork(this.graph, shells)));
  }

  /** Plans and applies. Throws with all diagnostics unless the network settles. */
  apply(graph = this.graph): Promise<ApplyResult> {
    return this.carryOut(graph);
  }

  /** Deletes the network as `netloom destroy` does. */
  destroy(): Promise<ApplyResult> {
    return this.carryOut(desiredGraph(this.graph.topology, this.graph.nodes, []));
  }

  /** Runs a shell script in a node, an instance or an outside host, and returns its stdout. Throws if it fails. */
  async in(member: string, script: string): Promise<string> {
    const { code, stdout, stderr } = await this.try(member, script);
    if (code === 0) return stdout;
    throw new Error(`on ${member}, exit code ${String(code)}:\n${script}\n${stdout}${stderr}`);
  }

  /** Runs a script that may fail. */
  try(member: string, script: string, timeoutMs = 30_000): Promise<LabRunResult> {
    return labRun(this.#host.topology, member, ['sh', '-c', script], { timeoutMs });
  }

  /** Checks the file's expectations. */
  async verify(): Promise<readonly Outcome[]> {
    const { probes, warnings } = probesOf(this.topology, this.resolved);
    if (warnings.length > 0) throw new Error(textOfAll(warnings));
    return verify(probes, { run: (member, argv) => labRun(this.#host.topology, member, argv, { timeoutMs: 10_000 }) });
  }

  async withShells<T>(work: (shells: Shells) => Promise<T>): Promise<T> {
    const hosts = hostsFor(this.#host.topology, { lab: true });
    const shells = await openNodes(new Map([...hosts].filter(([node]) => this.resolved.nodes.has(node))));
    try {
      return await work(this.wrap(shells));
    } finally {
      await closeNodes(shells);
    }
  }

  private read(): void {
    Object.assign(this, compileText(textOf(this.doc), `${this.doc.name}.yaml`));
  }

  private carryOut(graph: DesiredGraph): Promise<ApplyResult> {
    return this.withShells(async (shells) => {
      const first = await planNetwork(graph, shells);
      if (hasErrors(first.diagnostics)) throw new Error(textOfAll(first.diagnostics));
      const result = await applyNetwork(graph, shells, first, {
        allow: ALLOW_ALL_DELETIONS,
        onEvent: (event) => this.events.push(event),
      });
      if (!result.ok) throw new Error(textOfAll(result.diagnostics));
      foretold(graph, result.final);
      return result;
    });
  }
}

/** Returns diagnostics as text for a failed test. */
export function textOfAll(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ code, severity, summary, detail, place }) =>
      [`${severity} ${code}: ${summary}`, detail ?? '', JSON.stringify(place ?? {})].filter(Boolean).join('\n  '),
    )
    .join('\n');
}

/** Returns a plan's changes, one line each, to be compared with `[]`. */
export function changesOf({ plan }: PlanResult): string[] {
  return plan.changes.map(({ action, address, fields }) =>
    [
      action,
      address,
      ...fields.map(({ field, from, to }) => `${field}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`),
    ].join(' '),
  );
}
