import { expect } from 'vitest';
import { servicesOf } from '../../../src/render/show/services.ts';
import { probeServices } from '../../../src/session/services.ts';
import type { PlanResult } from '../../../src/session/plan.ts';
import { works } from '../support/expectations.ts';
import { changesOf, textOfAll, Network } from '../support/network.ts';
import { difference } from '../support/snapshot.ts';
import { allBound } from '../support/traffic.ts';
import type { Damage } from './damage.ts';
import { prepareState, stateOf } from './state.ts';
import { damagedTopology } from './topology.ts';

/** A lab with an applied network, whose state is known and restored after each damage. */
export class DamageLab {
  network!: Network;
  readonly #before = new Map<string, string>();

  /** Builds the lab, or builds it again. */
  async build(): Promise<void> {
    this.network = await Network.start(damagedTopology());
    await this.network.apply();
    await allBound(this.network);
    for (const node of this.network.resolved.nodes.keys()) {
      await prepareState(this.network, node);
      this.#before.set(node, await stateOf(this.network, node));
    }
  }

  /** Damages a node, checks what netloom makes of it, and takes the damage back. */
  async check(row: Damage): Promise<void> {
    const node = row.node ?? 'node1';
    await this.network.in(node, `set -e; ${row.damage}`);
    try {
      if (row.breaks !== undefined) expect(await this.broken()).toContain(row.breaks);
      if (row.pending === undefined) await this.judge(row, node);
      else await this.isStillBlind(row);
    } finally {
      await this.restore(row, node);
    }
  }

  private async judge(row: Damage, node: string): Promise<void> {
    const seen = await this.network.plan();
    if (row.verdict === 'healed') await this.isHealed(row, seen, node);
    else if ('told' in row.verdict) expect(textOfAll(seen.diagnostics)).toContain(row.verdict.told);
    else {
      expect(changesOf(seen)).toEqual([]);
      if ('probed' in row.verdict) expect(await this.broken()).toContain(row.verdict.probed);
      else await works(this.network);
    }
  }

  private async isHealed({ heal, stays }: Damage, seen: PlanResult, node: string): Promise<void> {
    expect(heal === undefined ? changesOf(seen) : seen.plan.foreign).not.toEqual([]);
    expect(servicesOf(this.network.resolved, seen.plan, seen.diagnostics)).toContainEqual(
      expect.objectContaining({ node, health: expect.not.stringMatching(/^ok$/) as string }),
    );
    const { graph } = this.network;
    if (heal !== undefined) this.network.graph = { ...graph, healForeign: true };
    const { final } = await this.network.apply().finally(() => (this.network.graph = graph));
    expect(final.plan.foreign).toEqual([]);
    expect(changesOf(final)).toEqual([]);
    expect(await this.remains(node, stays)).toEqual([]);
  }

  /** Returns the services of which a request fails, as `TYPE NAME`. */
  async broken(): Promise<readonly string[]> {
    const { network } = this;
    const outcomes = await network.withShells((shells) => probeServices(network.resolved, shells, { retries: 0 }));
    return outcomes
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ probe: { service } }) => `${service.type} ${service.name}`);
  }

  /** A pending row fails as soon as it is noticed, so that it gets its verdict. */
  private async isStillBlind({ verdict, pending }: Damage): Promise<void> {
    const { plan, diagnostics } = await this.network.plan();
    const noticed =
      typeof verdict === 'object' && 'told' in verdict
        ? textOfAll(diagnostics).includes(verdict.told)
        : plan.changes.length > 0 || plan.foreign.length > 0;
    expect(noticed, `is noticed now: remove \`pending: ${String(pending)}\``).toBe(false);
  }

  /** Takes the damage back; if something of it remains, the lab is built again for the next rows. */
  private async restore({ undo, verdict, pending, stays }: Damage, node: string): Promise<void> {
    const isHealed = verdict === 'healed' && pending === undefined && stays === undefined;
    if (isHealed && (await this.remains(node)).length === 0) return;
    const undone = undo === undefined ? undefined : await this.network.try(node, `set -e; ${undo}`);
    const remains = await this.remains(node);
    if (remains.length > 0) await this.build();
    if (undone) expect({ ...undone, remains }).toEqual({ code: 0, stdout: '', stderr: '', remains: [] });
  }

  /** Returns what differs from the state before the damage; what settles within two seconds is no difference. */
  private async remains(node: string, stays?: string): Promise<string[]> {
    if (!this.network.resolved.nodes.has(node)) return [];
    for (const deadline = Date.now() + 2000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const all = difference(this.#before.get(node) ?? '', await stateOf(this.network, node));
      const found = all.filter((line) => stays === undefined || !line.includes(stays));
      if (found.length === 0 || Date.now() > deadline) return found;
    }
  }
}
