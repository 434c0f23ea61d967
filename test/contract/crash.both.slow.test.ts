import { describe } from 'vitest';
import { crashTests } from './crash.ts';

describe('an apply that died after any batch, or in the middle of it', () => {
  crashTests((batches) => Array.from({ length: batches * 2 - 1 }, (_, i) => (i + 1) / 2));
});
