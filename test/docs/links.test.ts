import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { pageText, proseOf, WRITTEN } from './pages.ts';

/** The anchors of a page, as GitHub makes them of its headings. */
function anchors(page: string): Set<string> {
  const headings = proseOf(pageText(page)).matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What is wrong with a link of a page to a file of the clone, or to a heading. */
function broken(page: string, link: string): string | undefined {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(ROOT, target)) || !statSync(path.join(ROOT, target)).isFile()) return `no file ${target}`;
  return anchor === undefined || anchors(target).has(anchor) ? undefined : `no heading #${anchor} in ${target}`;
}

it.each(WRITTEN)('links of %s lead to files and headings that exist', (page) => {
  const links = [...proseOf(pageText(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^https?:/.test(link));
  expect(local.map((link) => broken(page, link)).filter((complaint) => complaint !== undefined)).toEqual([]);
});

it('a link to a missing file or heading is broken', () => {
  expect(broken('docs/topology.md', 'none.md')).toBe('no file docs/none.md');
  expect(broken('README.md', 'docs/topology.md#none')).toBe('no heading #none in docs/topology.md');
});
