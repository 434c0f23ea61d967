import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';

interface Row {
  readonly what: string;
  readonly routers: number;
  readonly netloom: number;
  readonly rounds: readonly number[];
  readonly ratio?: number;
}

it('the bench creates one router by hand and with netloom, and tells what both took', () => {
  const args = ['scripts/bench.mjs', '--only', 'apply,plan', '--sizes', '1', '--rounds', '1', '--json'];
  const text = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const { format, machine, rows } = JSON.parse(text) as {
    format: string;
    machine: { node: string };
    rows: readonly Row[];
  };
  expect(format).toBe('netloom-bench/1');
  expect(machine.node).toBe(process.version);
  expect(rows.map(({ what }) => what)).toEqual([
    'apply',
    'destroy',
    'plan without changes, second time',
    'plan without changes, nothing cached',
    'processes of a second plan',
    'peak memory of a second plan',
  ]);
  for (const row of rows) {
    expect(row).toMatchObject({ routers: 1, rounds: [row.netloom], ok: true });
    expect(row.netloom).toBeGreaterThan(0);
  }
  expect(rows.map(({ ratio = 0 }) => ratio > 0)).toEqual([true, true, true, true, false, false]);
});
