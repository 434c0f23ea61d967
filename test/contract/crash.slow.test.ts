import { describe } from 'vitest';
import { crashTests } from './crash.ts';

describe('an apply that died early, half-way, or before the last batch', () => {
  crashTests((batches) => [1.5, Math.floor(batches / 2), batches - 1]);
});
