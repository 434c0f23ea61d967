import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedMechanism } from '../../support/mechanism.ts';
import { ownLabs } from '../support/suite.ts';
import { damageNames } from './names.ts';
import { AREAS } from './areas.ts';
import { DamageLab } from './table.ts';

ownLabs();

const lab = new DamageLab();
beforeAll(() => lab.build());
afterAll(() => lab.network.down());

const names = damageNames();

// Some areas have rows of one mechanism only, and a suite without a test is an error.
const areas = Object.entries(AREAS)
  .map(
    ([area, rows]) =>
      [area, rows(names).filter(({ only }) => (only ?? testedMechanism()) === testedMechanism())] as const,
  )
  .filter(([, rows]) => rows.length > 0);

describe.each(areas)('%s', (_, rows) => {
  it.each(rows.map((row) => [row.what, row] as const))('%s', (_what, row) => lab.check(row));
});

describe('show --probe on the undamaged network', () => {
  it('fails nowhere, and leaves no lease and no neighbour behind', async () => {
    const { network } = lab;
    const traces = async (): Promise<string[]> => [
      await network.in('node1', `cut -d ' ' -f 2- ${names.folder}/state/leases`),
      await network.in('peer', 'ip neigh show | cut -d " " -f 1-5 | sort'),
    ];
    const before = await traces();
    expect(await lab.broken()).toEqual([]);
    expect(await traces()).toEqual(before);
  });
});
