import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import config from '../../eslint.config.js';

const only = config.filter(({ rules }) => rules?.['no-restricted-syntax'] !== undefined);

/** What is said against a file of this text. */
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

describe('what identifies an object of another kind', () => {
  for (const text of FORGED) {
    it(`is not written by a kind, nor by what kinds share: ${text}`, () => {
      expect(said('src/kinds/nic/move.ts', text)).toEqual([expect.stringContaining('spec.ts')]);
      expect(said('src/kernel/effects/owed.ts', text)).toEqual([expect.stringContaining('spec.ts')]);
    });
  }

  it('is what spec.ts of a kind is for', () => {
    for (const text of FORGED) expect(said('src/kinds/address/spec.ts', text)).toEqual([]);
  });

  it('is asked for by a reference', () => {
    expect(said('src/kinds/nic/move.ts', 'addressOf(nicAddressRef(node, name, cidr));')).toEqual([]);
  });
});
