import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { between, formatted, table } from '../../scripts/generated/markdown.mjs';
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
  it('is created if it is missing, and not changed while it is up to date', async () => {
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of one');
    expect(await ensure()).toEqual([]);
    rmSync(join(root, 'made'));
    expect(await ensure()).toEqual(['made']);
  });

  it('is generated again if the content of its sources has changed, whatever the times of the files are', async () => {
    await ensure();
    writeFileSync(join(root, 'source'), 'two');
    // As after a checkout of another branch: the file is newer than its source.
    writeFileSync(join(root, 'made'), 'of one');
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of two');
  });

  it('is generated again if it was edited, or if its cache entry is incomplete', async () => {
    await ensure();
    writeFileSync(join(root, 'made'), 'by hand');
    expect(await ensure()).toEqual(['made']);
    writeFileSync(join(root, 'node_modules/.cache/netloom/generated.json'), '{ "made": "');
    expect(await ensure()).toEqual(['made']);
    expect(read()).toBe('of one');
  });
});

describe('a page with generated parts', () => {
  const page = (text: string): string => `by hand\n\n<!-- generated: a -->\n\n${text}\n\n<!-- end: a -->\n\nby hand\n`;

  it('is replaced only between the markers, any number of times', () => {
    expect(between(page('old'), 'a', 'new')).toBe(page('new'));
    expect(between(page('new'), 'a', 'new')).toBe(page('new'));
  });

  it('that lacks a marker, or has the markers in the wrong order, is an error', () => {
    expect(() => between(page('old'), 'b', 'new')).toThrow('<!-- generated: b -->');
    expect(() => between('<!-- end: a --> <!-- generated: a -->', 'a', 'new')).toThrow('lacks the markers');
  });

  it('may have tables, in the style that prettier gives them', async () => {
    const text = await formatted('page.md', `${table(['A', 'B'], [['a | b', 'c']])}\n`);
    expect(text).toBe('| A      | B   |\n| ------ | --- |\n| a \\| b | c   |\n');
  });
});
