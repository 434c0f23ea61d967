import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { netloom, netloomOk } from './support/cli.ts';
import { ownLabs } from './support/suite.ts';
import { tapsCanBeMade } from './support/taps.ts';
import { TOPOLOGIES } from './support/topology.ts';

const folder = fileURLToPath(TOPOLOGIES);
/** Whoever may not open /dev/net/tun has no use for a tap. */
const canBeMade = (name: string): boolean =>
  tapsCanBeMade() || !readFileSync(path.join(folder, name), 'utf8').includes('attach: tap');
const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml') && canBeMade(name));

ownLabs();

/** The labs that stand, of this file's own. */
function standingLabs(): string[] {
  const labs = path.join(process.env['TMPDIR'] ?? '', `netloom-${String(process.geteuid?.())}`);
  return existsSync(labs) ? readdirSync(labs) : [];
}

afterAll(() => {
  expect(standingLabs()).toEqual([]);
});

// Each has a lab of its own, and none measures anything.
describe.concurrent.each(examples)('%s', (example) => {
  const file = path.join(folder, example);
  afterAll(async () => {
    await netloom('lab', 'down', file);
  });

  it('is valid, comes up, settles, does what it expects, and goes', async () => {
    await netloomOk('validate', file);
    await netloomOk('lab', 'up', file);
    expect((await netloom('plan', '--detailed-exitcode', file)).code).toBe(2);
    const applied = await netloomOk('apply', '--yes', file);
    expect(applied).toMatch(/^No changes\./m);
    const again = await netloom('plan', '--detailed-exitcode', '--json', file);
    expect(again.code).toBe(0);
    await netloomOk('verify', file);
    const destroyed = await netloomOk('destroy', '--yes', file);
    expect(destroyed).toContain('No changes. Nothing of the topology is left.');
    await netloomOk('lab', 'down', file);
    expect(standingLabs()).not.toContain(path.basename(file, '.yaml'));
  });
});
