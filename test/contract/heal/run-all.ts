import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { MechanismName } from '../../../src/topology/defaults.ts';
import { noOvs, testNodes } from '../../support/node.ts';
import type { Damage } from './damages.ts';
import { damageAndHeal, standing, type Standing } from './run.ts';

/** Mends one after the other; a network that is not as before afterwards is given up for a fresh one. */
async function wrongOf(
  open: () => Promise<Standing>,
  start: Standing,
  chosen: readonly Damage[],
): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  let network = start;
  for (const damage of chosen) {
    const found = await damageAndHeal(network, damage);
    if (found.length > 0) wrong[damage.title] = [damage.script, ...found];
    else if (damage.lost === undefined) continue;
    network = await open();
  }
  return wrong;
}

/** The tests of one file: the damages that `choose` picks, each done and mended in turn. */
export function healTests(
  choose: (damages: readonly Damage[]) => readonly Damage[],
  mechanism: MechanismName = 'linuxbridge',
): void {
  const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'haproxy');
  const ovs = mechanism === 'openvswitch';
  const lacking = ovs ? noOvs() : undefined;
  const open = async (): Promise<Standing> => standing(await nodes.open({ ovs }), mechanism);
  let network: Standing;
  beforeEach((context) => {
    context.skip(lacking !== undefined, lacking ?? '');
  });
  beforeAll(async () => {
    if (lacking === undefined) network = await open();
  });

  // Hundreds of applies, each in half a second and more: the time is what the machine has left for it.
  test('each is mended, with nothing else touched, and nothing is left to do', { timeout: 900_000 }, async () => {
    const chosen = choose(network.damages);
    expect(chosen.length).toBeGreaterThan(30);
    expect(await wrongOf(open, network, chosen)).toEqual({});
  });
}
