import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureGenerated } from '../../scripts/lib/generated.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'netloom-generated-'));
  writeFileSync(join(root, 'source'), 'one');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const read = (): string => readFileSync(join(root, 'made'), 'utf8');
const ensure = (): Promise<string[]> => {
  const text = (): Promise<string> => Promise.resolve(`of ${readFileSync(join(root, 'source'), 'utf8')}`);
  return ensureGenerated(
    [
      { path: 'made', text, from: ['source'] },
      { path: 'committed', text },
    ],
    root,
  );
};

describe('a generated file that is not committed', () => {
  it('is made when it is missing, and left alone while it is fresh', async () => {
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of one');
    expect(await ensure()).toEqual([]);
    rmSync(join(root, 'made'));
    expect(await ensure()).toEqual(['made']);
  });

  it('is made anew when what it is made from has changed, whatever the times of the files say', async () => {
    await ensure();
    writeFileSync(join(root, 'source'), 'two');
    // As a checkout of another branch leaves it: the file is newer than its source.
    writeFileSync(join(root, 'made'), 'of one');
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of two');
  });

  it('is made anew when it was edited, or when what is known of it is torn', async () => {
    await ensure();
    writeFileSync(join(root, 'made'), 'by hand');
    expect(await ensure()).toEqual(['made']);
    writeFileSync(join(root, 'node_modules/.cache/netloom/generated.json'), '{ "made": "');
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of one');
  });
});
