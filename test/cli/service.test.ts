import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { netloom, TOPOLOGY, type Ran } from '../support/fake-world.ts';

const LOCAL = TOPOLOGY.replace('reach: { via: lab }', 'reach: { via: local }');
const files = { 't.yaml': LOCAL };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-units-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'netloom-demo.service');
const systemctl = ({ calls }: Ran): string[] => calls.filter((call) => call.startsWith('systemctl '));
/** Runs a command on a machine whose systemd runs, or fails. */
const onSystemd = (words: readonly string[], systemd: (words: string) => string | undefined = () => undefined) =>
  netloom(['service', ...words], { files, systemd, unitFolder: folder });

describe('service print', () => {
  test('prints the unit that install writes', async () => {
    const { out, calls } = await netloom(['service', 'print', 't.yaml', '--', '--max-impact', 'flap'], { files });
    expect(out).toContain(`\nExecStart=/usr/bin/netloom watch --yes --max-impact flap ${resolve('t.yaml')}\n`);
    await netloom(['service', 'install', '--to', folder, 't.yaml', '--', '--max-impact', 'flap'], { files });
    expect(readFileSync(path(), 'utf8')).toBe(out);
    expect(calls).toEqual([]);
  });

  test('--at-boot is an apply, once', async () => {
    const { out } = await netloom(['service', 'print', '--at-boot', 't.yaml'], { files });
    expect(out).toMatch(/^Type=oneshot\nRemainAfterExit=yes\nExecStart=\/usr\/bin\/netloom apply --yes \//m);
  });

  test.each([
    [['--', '--no-such-flag'], 'NLX49', /watch does not take "--no-such-flag"/],
    [['--', 'other.yaml'], 'NLX49', /watch does not take "other.yaml"/],
    [['--at-boot', '--', '--checksum'], '', /argument missing/],
  ])('a flag that netloom would refuse at boot is refused now: %j', async (words, code, what) => {
    const ran = await netloom(['service', 'print', 't.yaml', ...words], { files });
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(ran.err).toContain(code);
    expect(ran.err).toMatch(what);
  });

  test('a topology with an error, standard input or a node of the lab gets no unit', async () => {
    for (const [file, text] of [
      ['bad.yaml', 'name: [\n'],
      ['-', LOCAL],
      ['lab.yaml', TOPOLOGY],
    ] as const) {
      expect(await netloom(['service', 'print', file], { files: { [file]: text } })).toMatchObject({
        code: 1,
        out: '',
      });
    }
  });
});

describe('service install', () => {
  test('writes the unit, and then enables it', async () => {
    let written = false;
    const ran = await onSystemd(['install', 't.yaml'], () => {
      written ||= existsSync(path());
      return undefined;
    });
    expect(ran).toMatchObject({ code: 0, out: `Wrote ${path()}.\n` });
    expect([written, systemctl(ran)]).toEqual([
      true,
      ['systemctl daemon-reload', 'systemctl enable netloom-demo.service'],
    ]);
    expect(readdirSync(folder)).toEqual(['netloom-demo.service']);
  });

  test('a second time it writes nothing; with other flags it replaces the unit and restarts the service', async () => {
    await onSystemd(['install', 't.yaml']);
    expect((await onSystemd(['install', 't.yaml'])).out).toBe(`${path()} is as it should be.\n`);
    const ran = await onSystemd(['install', '--now', 't.yaml', '--', '--heal-foreign']);
    expect(systemctl(ran).slice(1)).toEqual([
      'systemctl enable --now netloom-demo.service',
      'systemctl restart netloom-demo.service',
    ]);
    expect(readFileSync(path(), 'utf8')).toContain('watch --yes --heal-foreign ');
  });

  test('an edited unit is kept, unless --force', async () => {
    await onSystemd(['install', 't.yaml']);
    appendFileSync(path(), '# mine\n');
    const before = readFileSync(path(), 'utf8');
    const refused = await onSystemd(['install', 't.yaml']);
    expect(refused).toMatchObject({ code: 1, calls: [] });
    expect(refused.err).toMatch(/NLX47.*was edited, and is not replaced/);
    expect(readFileSync(path(), 'utf8')).toBe(before);
    expect((await onSystemd(['install', '--force', 't.yaml'])).code).toBe(0);
    expect(readFileSync(path(), 'utf8')).not.toContain('# mine');
  });

  test('where systemd does not run, it says what to type', async () => {
    const { code, out, calls } = await netloom(['service', 'install', '--to', folder, '--now', 't.yaml'], { files });
    expect({ code, calls }).toEqual({ code: 0, calls: [] });
    expect(out.split('\n').slice(-3)).toEqual([
      '  systemctl daemon-reload',
      '  systemctl enable --now netloom-demo.service',
      '',
    ]);
  });

  test('--json', async () => {
    const { out } = await onSystemd(['install', '--json', 't.yaml']);
    expect(JSON.parse(out)).toMatchObject({ unit: 'netloom-demo.service', path: path(), changed: true, left: [] });
  });

  test('an error of systemctl is told in its words', async () => {
    const { code, err } = await onSystemd(['install', 't.yaml'], () => 'Failed to connect to bus');
    expect([code, err]).toEqual([1, expect.stringMatching(/NLX48.*daemon-reload.*\n[^]*Failed to connect to bus/)]);
  });

  test('a folder that does not exist is an error', async () => {
    const { code, err } = await netloom(['service', 'install', '--to', join(folder, 'no'), 't.yaml'], { files });
    expect([code, err]).toEqual([1, expect.stringContaining('NLX26')]);
  });
});

describe('service remove', () => {
  test('stops and disables the service before its unit is deleted', async () => {
    await onSystemd(['install', 't.yaml']);
    const there: boolean[] = [];
    const ran = await onSystemd(['remove', 't.yaml'], () => {
      there.push(existsSync(path()));
      return undefined;
    });
    expect([ran.code, systemctl(ran), there]).toEqual([
      0,
      ['systemctl disable --now netloom-demo.service', 'systemctl daemon-reload'],
      [true, false],
    ]);
  });

  test('by the name of the topology, if the file is gone; a second time there is nothing to do', async () => {
    await onSystemd(['install', 't.yaml']);
    expect((await onSystemd(['remove', 'demo'])).out).toMatch(/^Deleted .*\n$/);
    expect(readdirSync(folder)).toEqual([]);
    const again = await onSystemd(['remove', '--json', 'demo']);
    expect(JSON.parse(again.out)).toMatchObject({ changed: false, left: [] });
    expect(systemctl(again)).toEqual([]);
  });

  test('a unit that netloom did not write is kept, unless --force', async () => {
    writeFileSync(path(), '[Service]\n');
    expect(await onSystemd(['remove', 'demo'])).toMatchObject({ code: 1, calls: [] });
    expect(existsSync(path())).toBe(true);
    expect((await onSystemd(['remove', '--force', 'demo'])).code).toBe(0);
    expect(existsSync(path())).toBe(false);
  });

  test('a unit that cannot be stopped stays', async () => {
    await onSystemd(['install', 't.yaml']);
    expect((await onSystemd(['remove', 'demo'], () => 'Job failed')).code).toBe(1);
    expect(existsSync(path())).toBe(true);
  });
});
