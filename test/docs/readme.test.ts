import { expect, it } from 'vitest';
import { pageText } from './pages.ts';

it('README is a quickstart of at most 150 lines', () => {
  expect(pageText('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
