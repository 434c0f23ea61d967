import { describe, expect, it } from 'vitest';
import { checkTools } from '../../src/lab/preflight.ts';
import { labShape } from '../../src/lab/shape-of.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { example } from './support.ts';

async function missing(shape: Parameters<typeof checkTools>[0]): Promise<string[]> {
  const error: unknown = await checkTools(shape, '/nowhere').catch((reason: unknown) => reason);
  if (!(error instanceof DiagnosticError)) throw new Error('nothing is missing');
  return error.diagnostics.map(({ code, summary, hint = '' }) => `${code} ${summary} | ${hint}`);
}

describe('the look at what a lab needs', () => {
  it('names every program that is missing, with its package', async () => {
    const said = await missing(labShape(example()));
    expect(said).toHaveLength(9);
    expect(said).toContain(
      'NLL007 The lab needs udhcpc or busybox or dhclient, which is not on this machine | ' +
        'Install the package udhcpc; `netloom doctor` shows all that is missing.',
    );
    expect(said.at(-1)).toContain('perl-base');
  });

  it('asks only for what the topology uses', async () => {
    const said = await missing({ name: 'demo', switches: [], members: [], cables: [] });
    expect(said.join(' ')).not.toMatch(/perl|udhcpc/);
  });
});
