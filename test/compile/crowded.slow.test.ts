import { test } from 'vitest';
import { assertCrowded } from './crowded.ts';

test(
  'many crowded documents are refused with locations, or compile to what the kernel accepts',
  {
    timeout: 300_000,
  },
  () => {
    assertCrowded(1000);
  },
);
