import { beforeAll, describe, expect, test } from 'vitest';
import { testNodes } from '../../support/node.ts';
import { damageAndHeal, standing, type Standing } from './run.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq');

describe('every damage there can be is mended, with nothing else touched', () => {
  let network: Standing;
  beforeAll(async () => {
    network = await standing(await nodes.open());
  });

  test('one after the other', { timeout: 900_000 }, async () => {
    const wrong: Record<string, string[]> = {};
    let count = 0;
    for (const damage of network.damages) {
      if (!new RegExp(process.env['ONLY'] ?? '.').test(damage.class)) continue;
      count += 1;
      const found = await damageAndHeal(network, damage);
      if (found.length === 0) continue;
      wrong[damage.title] = found;
      process.stdout.write(`${damage.title} [${damage.class}]\n  ${damage.script.split('\n').join('\n    ')}\n${found.map((f) => `    ${f.slice(0, 300)}\n`).slice(0, 12).join('')}`);
      network = await standing(await nodes.open());
    }
    process.stdout.write(`${count} damages\n`);
    expect(wrong).toEqual({});
  });
});
