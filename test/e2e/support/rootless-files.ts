import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoOvs } from '../../support/node.ts';
import { OrdinaryUser } from './rootless.ts';

/** Defines the same tests again as an ordinary user. If the tests already run as one, there is nothing to repeat. */
export function againAsOrdinaryUser(files: readonly string[]): void {
  describe('again as an ordinary user', () => {
    let user: OrdinaryUser | undefined;
    beforeAll(() => {
      if (process.geteuid?.() === 0) user = new OrdinaryUser();
    });
    afterAll(() => {
      if (user) rmSync(user.folder, { recursive: true, force: true });
    });

    it.for(files)('%s', { timeout: 300_000 }, (file, { skip }) => {
      if (user === undefined) return;
      skip(
        !user.mayMakeNamespaces(),
        'because the kernel forbids an ordinary user to make namespaces: see netloom doctor',
      );
      const { passed, skipped, others, output } = user.run(file);
      expect(others, output).toEqual([]);
      if (user.mayMakeTaps() && whyNoOvs() === undefined) expect(skipped).toEqual([]);
      expect(passed).not.toEqual([]);
    });
  });
}
