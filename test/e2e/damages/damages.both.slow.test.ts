import { afterAll, beforeAll, describe, it } from 'vitest';
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

describe.each(Object.entries(AREAS))('%s', (_, rows) => {
  const here = rows(names).filter(({ only }) => only === undefined || only === testedMechanism());
  it.each(here)('$what', (row) => lab.check(row));
});
