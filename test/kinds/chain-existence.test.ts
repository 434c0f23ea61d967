import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainExistence } from '../../src/kinds/chain/existence.ts';

describe('the test of a chain', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netloom-chain-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const RULES = ['-p tcp -m comment --comment "a b" -j RETURN', '-j neutron-linuxbri-sg-fallback'];
  const { argv = [], identity = '' } =
    chainExistence(null, '4/filter/neutron-c', { builtin: false, rules: RULES }) ?? {};

  /** Runs the test where iptables prints these rules; returns its exit code, and whether it is that chain. */
  function ask(rules: readonly string[], code = 0): readonly [number | null, boolean] {
    const lines = ['-N neutron-c', ...rules.map((rule) => `-A neutron-c ${rule}`)];
    writeFileSync(
      `${folder}/iptables`,
      [
        '#!/bin/sh\n[ "$*" = \'-w -t filter -S neutron-c\' ] || exit 9',
        "cat <<'E'",
        ...lines,
        'E',
        `exit ${String(code)}`,
        '',
      ].join('\n'),
    );
    chmodSync(`${folder}/iptables`, 0o700);
    const [program = '', ...args] = argv;
    const { status, stdout } = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
    return [status, stdout.includes(identity)];
  }

  it('finds the chain that was observed, and no other: an edit by position would delete another rule', () => {
    expect(identity).toMatch(/^[0-9a-f]{64}$/);
    expect(ask(RULES)).toEqual([0, true]);
    expect(ask(RULES.slice(1))).toEqual([0, false]);
    expect(ask([...RULES, ...RULES])).toEqual([0, false]);
    expect(ask([...RULES].reverse())).toEqual([0, false]);
  });

  it('fails if there is no such chain', () => {
    expect(ask(RULES, 1)[0]).toBe(1);
  });

  it('does not exist for a built-in chain, of which only a part is ours', () => {
    expect(chainExistence(null, '4/filter/FORWARD', { builtin: true, rules: RULES })).toBeUndefined();
  });
});
