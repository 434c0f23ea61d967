import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnedited, unitFile, unitName, type Service } from '../../src/service/unit/text.ts';
import { execLine, isProgramPath, unitText, unitWords } from '../../src/service/unit/words.ts';

const WATCH: Service = {
  topology: 'demo',
  mode: 'watch',
  program: ['/usr/bin/node', '/usr/lib/netloom/main.cjs'],
  file: '/etc/netloom/demo.yaml',
  flags: ['--metrics', '127.0.0.1:9464'],
};
const AT_BOOT: Service = { ...WATCH, mode: 'at-boot', program: ['/usr/bin/netloom'], flags: [] };

/** The beginnings of settings that give a unit a mount namespace of its own (systemd.exec(5)). */
const OWN_MOUNTS = [
  ...['Private', 'Protect', 'ReadOnly', 'ReadWrite', 'Inaccessible', 'NoExec', 'ExecPaths', 'Bind', 'Root'],
  ...['Temporary', 'Mount', 'ProcSubset', 'DynamicUser', 'StateDirectory', 'RuntimeDirectory', 'LogsDirectory'],
];

describe('the text of a unit', () => {
  test.each([
    ['watch', WATCH],
    ['at-boot', AT_BOOT],
  ])('%s', async (name, service) => {
    await expect(unitFile(service)).toMatchFileSnapshot(`units/${name}.service`);
  });

  test('a path with spaces, quotes and percent signs is one word, and nothing of it is a setting', () => {
    const file = '/srv/my net/100% "a"\n[Service]\nExecStart=/bin/sh.yaml';
    const text = unitFile({ ...WATCH, file, flags: [] });
    const word = String.raw`"/srv/my net/100%% \"a\"\x0a[Service]\x0aExecStart=/bin/sh.yaml"`;
    expect(text).toContain(`\nRequiresMountsFor=${word}\n`);
    expect(text).toContain(`\nExecStart=/usr/bin/node /usr/lib/netloom/main.cjs watch --yes ${word}\n`);
    expect(text.match(/^ExecStart=/gm)).toHaveLength(1);
  });

  test('no setting gives the unit a mount namespace, in which /run/netns would be hidden from the host', () => {
    for (const service of [WATCH, AT_BOOT]) {
      const settings = unitFile(service)
        .split('\n')
        .filter((line) => !line.startsWith('#'));
      expect(settings.filter((line) => OWN_MOUNTS.some((word) => line.startsWith(word)))).toEqual([]);
    }
  });
});

test('an edited unit is recognised, whatever was changed below its first lines', () => {
  const text = unitFile(WATCH);
  expect(isUnedited(text)).toBe(true);
  fc.assert(
    fc.property(fc.nat(text.length - text.indexOf('[Unit]') - 1), fc.constantFrom('', 'x', '\n'), (at, put) => {
      const i = text.indexOf('[Unit]') + at;
      const changed = text.slice(0, i) + put + text.slice(i + 1);
      expect(isUnedited(changed)).toBe(changed === text);
    }),
    { numRuns: 200 },
  );
  expect(isUnedited('[Service]\nExecStart=/bin/true\n')).toBe(false);
  expect(isUnedited('')).toBe(false);
});

describe('words of a unit', () => {
  test.each([
    ['plain', 'plain'],
    ['', '""'],
    ['a b', '"a b"'],
    ['100%', '"100%%"'],
    [';', '";"'],
    ['a\\', String.raw`"a\\"`],
    ['"', String.raw`"\""`],
    ["it's", `"it's"`],
    ['a\nb', String.raw`"a\x0ab"`],
    ['#', '"#"'],
    ['größe', '"größe"'],
  ])('%j', (word, written) => {
    expect(unitWords([word])).toBe(written);
  });

  test('a dollar sign turns the substitution of variables off, and is itself', () => {
    expect(execLine(['/bin/a', '$HOME'])).toBe(':/bin/a "$HOME"');
    expect(execLine(['/bin/a', 'b'])).toBe('/bin/a b');
  });

  /** A reader of words in double quotes with escapes of C and specifiers, written from systemd.syntax(7). */
  function read(line: string): string[] {
    return [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, plain]) =>
      (quoted ?? plain ?? '')
        .replace(/\\(x([0-9a-f]{2})|.)/g, (_, all: string, hex: string | undefined) =>
          hex === undefined ? all : String.fromCharCode(Number.parseInt(hex, 16)),
        )
        .replaceAll('%%', '%'),
    );
  }

  test('any words are read back as they were', () => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from(`ab %"'\\;$#\t\n\r=-/é`)), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const line = unitWords(words);
        expect(read(line)).toEqual(words);
        expect(line).not.toContain('\n');
      }),
    );
  });

  test('a description is one line that joins no other and has no specifier', () => {
    expect(unitText('a\nb 5% \\')).toBe('a b 5%%');
  });

  test.each(['/a "b"', "/a'b", '/a\\b', '/a\nb', 'a'])('systemd runs no program at %j', (path) => {
    expect(isProgramPath(path)).toBe(false);
  });
});

const WORKS = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });

describe('systemd-analyze', () => {
  const analyze = (service: Service, ...words: readonly string[]): { code: number | null; said: string } => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-unit-'));
    try {
      const path = join(folder, unitName(service.topology));
      writeFileSync(path, unitFile(service));
      const { status, stdout, stderr } = spawnSync('systemd-analyze', [...words, path], { encoding: 'utf8' });
      return { code: status, said: stdout + stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  /** What it says of our unit. The two settings are newer than the systemd of some distributions. */
  const complaints = ({ said }: { readonly said: string }): string[] =>
    said
      .split('\n')
      .filter(
        (line) => line.includes('netloom') && !/Unknown key( name)? '(RestartSteps|RestartMaxDelaySec)'/.test(line),
      );

  test.for([
    ['watch', WATCH],
    ['at-boot', AT_BOOT],
  ] as const)('verify finds nothing wrong in %s', ([, service], { skip }) => {
    skip(WORKS.error !== undefined, 'systemd-analyze is not installed');
    const found = complaints(analyze({ ...service, program: ['/bin/true'] }, 'verify', '--man=no'));
    expect(found).toEqual([]);
    expect(complaints(analyze({ ...service, program: ['/bin/nothing here 5%'] }, 'verify', '--man=no')).join()).toMatch(
      /Command \/bin\/nothing here 5% is not executable/,
    );
  });

  test('security grades the exposure of the unit no worse than MEDIUM', ({ skip }) => {
    skip(WORKS.error !== undefined, 'systemd-analyze is not installed');
    const { said } = analyze(WATCH, 'security', '--offline=true', '--no-pager');
    skip(said.includes('unrecognized option'), 'this systemd-analyze has no --offline');
    const [, level = ''] = /exposure level for netloom-demo\.service: ([\d.]+)/.exec(said) ?? [];
    expect(Number(level), said).toBeLessThan(7);
    expect(Number(level), said).toBeGreaterThan(0);
  });
});
