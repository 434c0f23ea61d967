import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import config from '../../eslint.config.js';

const only = config.filter(({ rules }) => rules?.['no-restricted-syntax'] !== undefined);

/** The messages of ESLint about a file of this text. */
function said(filename: string, text: string): readonly string[] {
  const rules = only.map(({ files, ignores, rules: own }) => ({
    ...(files && { files }),
    ...(ignores && { ignores }),
    rules: { 'no-restricted-syntax': own?.['no-restricted-syntax'] ?? 'off' },
  }));
  const base = { files: ['src/**/*.ts'] };
  return new Linter().verify(text, [base, ...rules], { filename }).map(({ message }) => message);
}

const FORGED = [
  "addressOf({ node, netns, kind: SYSCTL, name: 'net/ipv4/ip_forward' });",
  'resources.has(`${node}/-/address/${cidr}%${name}`);',
];

describe('the address of an object of another kind', () => {
  for (const text of FORGED) {
    it(`is not written in a kind or in code that kinds share: ${text}`, () => {
      expect(said('src/kinds/nic/move.ts', text)).toEqual([expect.stringContaining('spec.ts')]);
      expect(said('src/kernel/effects/owed.ts', text)).toEqual([expect.stringContaining('spec.ts')]);
    });
  }

  it('may be written in spec.ts of its kind', () => {
    for (const text of FORGED) expect(said('src/kinds/address/spec.ts', text)).toEqual([]);
  });

  it('is derived from a reference', () => {
    expect(said('src/kinds/nic/move.ts', 'addressOf(nicAddressRef(node, name, cidr));')).toEqual([]);
  });
});
