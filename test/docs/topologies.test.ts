import { describe, expect, it } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { BLOCKS } from './pages.ts';
import { completed } from './topologies.ts';

/** Errors and warnings of a topology's text, through to the desired objects. */
function complaints(text: string): string[] {
  const { topology, diagnostics } = loadTopology(text, 'block.yaml');
  const compiled = topology === undefined ? [] : compileTopology(topology).diagnostics;
  return [...diagnostics, ...compiled].map(({ code, summary }) => `${code}: ${summary}`);
}

describe('YAML in the documentation', () => {
  const blocks = BLOCKS.filter(({ language }) => language === 'yaml');

  it.each(blocks)('is a valid topology: $page:$line', (block) => {
    expect(complaints(completed(block))).toEqual([]);
  });

  it('is checked as a whole: a mistake in a piece, or one that the base makes of it, is found', () => {
    const [first] = blocks.filter(({ notes }) => notes['in'] === 'README.md');
    const piece = (text: string) => complaints(completed({ ...first!, text }));
    expect(piece('instances: { web: { nod: compute1 } }')).toEqual([expect.stringContaining('NL101')]);
    expect(piece('instances: { web: { attach: tap } }\nexpect: [{ from: web, to: client }]')).toEqual([
      expect.stringContaining('NL601'),
    ]);
  });
});
