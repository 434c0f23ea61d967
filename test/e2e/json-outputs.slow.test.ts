import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { netloom } from './support/cli.ts';
import { ownLabs } from './support/suite.ts';
import { TOPOLOGIES } from './support/topology.ts';

const file = fileURLToPath(new URL('minimal.yaml', TOPOLOGIES));

ownLabs();

// In these tests `netloom` checks its output against the schema of the command.
it('the JSON of each command about a real network matches its schema', async () => {
  const commands: readonly (readonly [last: string | undefined, ...argv: string[]])[] = [
    ['lab-up', 'lab', 'up'],
    [undefined, 'lab', 'status'],
    [undefined, 'lab', 'inspect'],
    [undefined, 'plan', '--lab'],
    ['end', 'apply', '--lab', '--yes'],
    [undefined, 'show', '--lab'],
    [undefined, 'verify', '--lab'],
    [undefined, 'lab', 'status'],
    [undefined, 'lab', 'inspect'],
    ['left', 'destroy', '--lab', '--yes'],
    [undefined, 'lab', 'down'],
  ];
  for (const [last, ...argv] of commands) {
    const { code, stdout, stderr } = await netloom(...argv, '--json', file);
    expect([argv, code, stderr]).toEqual([argv, 0, '']);
    if (last === undefined) expect(JSON.parse(stdout)).toHaveProperty('format_version');
    else expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toHaveProperty('type', last);
  }
  const doctor = await netloom('doctor', '--json');
  expect(JSON.parse(doctor.stdout)).toHaveProperty('findings');
});
