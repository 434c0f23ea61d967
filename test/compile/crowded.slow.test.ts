import { test } from 'vitest';
import { assertCrowded } from './crowded.ts';

test('many crowded documents are refused with locations, or compile to what the kernel accepts', () => {
  assertCrowded(1000);
});
