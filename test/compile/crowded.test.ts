import { test } from 'vitest';
import { assertCrowded } from './crowded.ts';

test('a crowded document is refused with locations, or compiles to what the kernel accepts', () => {
  assertCrowded(40);
});
