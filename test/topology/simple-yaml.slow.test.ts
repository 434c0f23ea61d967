import fc from 'fast-check';
import { test } from 'vitest';
import { topologyTexts } from '../arbitraries/topology.ts';
import { assertAlike, changedTexts, TEXTS } from './simple-yaml.ts';

test(
  'many changed texts: what is read as a simple one is the same for the parser of all YAML',
  { timeout: 120_000 },
  () => {
    const texts = fc.oneof(fc.constantFrom(...TEXTS.filter((text) => text.length < 4000)), topologyTexts());
    fc.assert(
      fc.property(changedTexts(texts), (text) => {
        assertAlike(text);
      }),
      { numRuns: 4000 },
    );
  },
);
