import { beforeAll, expect, test } from 'vitest';
import { testNodes, type Nodes } from '../../support/node.ts';
import type { Damage } from './damages.ts';
import { damageAndHeal, standing, type Standing } from './run.ts';

/** Mends one after the other; a network that is not as before afterwards is given up for a fresh one. */
async function wrongOf(nodes: Nodes, start: Standing, chosen: readonly Damage[]): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  let network = start;
  for (const damage of chosen) {
    const found = await damageAndHeal(network, damage);
    if (found.length > 0) wrong[damage.title] = [damage.script, ...found];
    else if (damage.lost === undefined) continue;
    network = await standing(await nodes.open());
  }
  return wrong;
}

/** The tests of one file: the damages that `choose` picks, each done and mended in turn. */
export function healTests(choose: (damages: readonly Damage[]) => readonly Damage[]): void {
  const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'haproxy');
  let network: Standing;
  beforeAll(async () => {
    network = await standing(await nodes.open());
  });

  // Hundreds of applies, each in half a second and more: the time is what the machine has left for it.
  test('each is mended, with nothing else touched, and nothing is left to do', { timeout: 900_000 }, async () => {
    const chosen = choose(network.damages);
    expect(chosen.length).toBeGreaterThan(30);
    expect(await wrongOf(nodes, network, chosen)).toEqual({});
  });
}
