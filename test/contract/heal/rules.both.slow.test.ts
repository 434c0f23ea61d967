import { describe } from 'vitest';
import { healTests } from './run-all.ts';

describe('every damage to rules and chains', () => {
  healTests((damages) => damages.filter((damage) => /^(?:rule|chain) /.test(damage.class)));
});
