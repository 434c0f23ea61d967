import { beforeAll, expect, test } from 'vitest';
import { testNodes } from '../../support/node.ts';
import type { Damage } from './damages/damage.ts';
import { damageAndHeal, standing, type Standing } from './run.ts';
import { together } from './together.ts';

/**
 * Repairs independent damages together, and each alone if something is wrong; a network that is not as before
 * afterwards is replaced by a new one.
 */
async function wrongOf(
  open: () => Promise<Standing>,
  start: Standing,
  chosen: readonly Damage[],
): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  let network = start;
  const mend = async (damages: readonly Damage[]): Promise<boolean> => {
    const found = await damageAndHeal(network, damages);
    if (found.length > 0) {
      const title = damages.map((damage) => damage.title).join(' and ');
      wrong[title] = [...damages.map(({ script }) => script), ...found];
    }
    if (found.length > 0 || damages.some(({ lost }) => lost !== undefined)) network = await open();
    return found.length === 0;
  };
  for (const damages of together(chosen, start.graph.resources.keys())) {
    if ((await mend(damages)) || damages.length === 1) continue;
    for (const damage of damages) await mend([damage]);
  }
  return wrong;
}

/** The tests of one file: the damages that `choose` picks, each done and repaired in turn. */
export function healTests(choose: (damages: readonly Damage[]) => readonly Damage[]): void {
  const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'haproxy');
  const open = async (): Promise<Standing> => standing(await nodes.open());
  let network: Standing;
  beforeAll(async () => {
    network = await open();
  });

  // Hundreds of applies: the time depends on the machine's load.
  test(
    'each is repaired, with nothing else touched, and nothing differs afterwards',
    { timeout: 900_000 },
    async () => {
      const chosen = choose(network.damages);
      expect(chosen.length).toBeGreaterThan(30);
      expect(await wrongOf(open, network, chosen)).toEqual({});
    },
  );
}
