import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outputOf, programPath } from '../support/program.ts';

let folder: string;
let PATH: { readonly PATH: string };

/** Connections as `conntrack -L` prints them: the original direction, then the reply. */
const TABLE = `tcp      6 431999 ESTABLISHED src=10.0.0.5 dst=10.0.0.9 sport=40000 dport=22 src=10.0.0.9 dst=10.0.0.5 sport=22 dport=40000 [ASSURED] mark=0 use=1
tcp      6 110 TIME_WAIT src=10.0.0.6 dst=10.0.0.9 sport=40001 dport=80 src=10.0.0.9 dst=10.0.0.6 sport=8080 dport=40001 mark=0 use=1
udp      17 20 src=10.0.0.55 dst=10.0.0.8 sport=5353 dport=81 [UNREPLIED] src=10.0.0.8 dst=10.0.0.55 sport=81 dport=5353 mark=0 zone=4097 use=1
tcp      6 9 SYN_SENT src=10.0.0.5 dst=10.0.0.8 sport=40002 dport=80 [UNREPLIED] src=10.0.0.8 dst=10.0.0.5 sport=80 dport=40002 mark=0 use=1
icmp     1 29 src=10.0.0.6 dst=10.0.0.9 type=8 code=0 id=7 src=10.0.0.9 dst=10.0.0.6 type=0 code=0 id=7 mark=0 use=1
udp      17 29 src=fd00::5 dst=fd00::9 sport=1 dport=8000 src=fd00::9 dst=fd00::5 sport=8000 dport=1 mark=0 use=1
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-conntrack-'));
  writeFileSync(join(folder, 'table'), TABLE);
  // Lists the table whatever the filter, records its arguments, and counts on stderr as conntrack(8) does.
  const stand = `#!/bin/sh
printf '%s\\n' "$*" >>'${folder}/asked'
case $1 in
-L) cat '${folder}/table'; echo 'conntrack v1.4.7 (conntrack-tools): 6 flow entries have been shown.' >&2 ;;
-D) echo 'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been deleted.' >&2; exit 1 ;;
esac
`;
  PATH = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  writeFileSync(join(folder, 'conntrack'), stand, { mode: 0o755 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Returns the text of a program of ours as it is run. */
function textOf(program: string): string {
  return ['conntrack.sh', program].map((name) => readFileSync(programPath(`kernel/effects/${name}`), 'utf8')).join('');
}

/** Returns the conntrack(8) calls of a program of ours; the stand-in prints nothing. */
function asked(program: string, ...args: readonly string[]): readonly string[] {
  rmSync(join(folder, 'asked'), { force: true });
  const said = outputOf(['sh', '-c', textOf(program), 'sh', ...args], PATH);
  expect(said).toBe('');
  return readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n');
}

test('a deletion is tried again if a connection ends meanwhile', () => {
  const stand = readFileSync(join(folder, 'conntrack'), 'utf8').replace(
    '-D) ',
    `-D) [ "$(grep -c -- -D '${folder}/asked')" -gt 2 ] || { echo "such conntrack doesn't exist" >&2; exit 1; }\n  `,
  );
  writeFileSync(join(folder, 'conntrack'), stand, { mode: 0o755 });
  const calls = asked('delete-by-address.sh', 'src', ' 10.0.0.5 ', '-f', 'ipv4');
  expect(calls).toEqual(['-L -f ipv4', ...Array.from({ length: 3 }, () => '-D -f ipv4 --orig-src 10.0.0.5')]);
});

describe('of many addresses, those with a connection are cut', () => {
  const filter = ['-f', 'ipv4', '-w', '4097'];

  test('by source: each once, as a whole address, and none for reply directions', () => {
    expect(asked('delete-by-address.sh', 'src', ' 10.0.0.5 10.0.0.9 10.0.0.7 fd00::5 ', ...filter)).toEqual([
      '-L -f ipv4 -w 4097',
      '-D -f ipv4 -w 4097 --orig-src 10.0.0.5',
      '-D -f ipv4 -w 4097 --orig-src fd00::5',
    ]);
  });

  test('by destination', () => {
    expect(asked('delete-by-address.sh', 'dst', ' 10.0.0.5 10.0.0.8 ', ...filter)).toEqual([
      '-L -f ipv4 -w 4097',
      '-D -f ipv4 -w 4097 --orig-dst 10.0.0.8',
    ]);
  });

  test('none without a connection, also not an address with the same beginning', () => {
    expect(asked('delete-by-address.sh', 'src', ' 10.0.0.50 0.0.0.5 10.0.0 ', ...filter)).toEqual([
      '-L -f ipv4 -w 4097',
    ]);
  });
});

describe('of a range of ports, those with a connection are cut', () => {
  test('the first and the last of the range too, each once, and no port of a reply', () => {
    expect(asked('delete-range.sh', '80', '81', '-f', 'ipv4', '-p', 'tcp')).toEqual([
      '-L -f ipv4 -p tcp',
      '-D -f ipv4 -p tcp --orig-port-dst 80',
      '-D -f ipv4 -p tcp --orig-port-dst 81',
    ]);
  });

  test('ports are numbers: 8000 is not between 80 and 90', () => {
    expect(asked('delete-range.sh', '82', '90', '-p', 'tcp')).toEqual(['-L -p tcp']);
    expect(asked('delete-range.sh', '81', '8000', '-p', 'udp')).toEqual([
      '-L -p udp',
      '-D -p udp --orig-port-dst 8000',
      '-D -p udp --orig-port-dst 81',
    ]);
  });

  test('only those to the given address', () => {
    expect(asked('delete-nat-range.sh', 'tcp', '10.0.0.9', '22', '80')).toEqual([
      '-L -p tcp --orig-dst 10.0.0.9',
      '-D -p tcp --orig-dst 10.0.0.9 --orig-port-dst 22',
      '-D -p tcp --orig-dst 10.0.0.9 --orig-port-dst 80',
    ]);
  });

  test('none without a connection', () => {
    writeFileSync(join(folder, 'table'), '');
    expect(asked('delete-range.sh', '1', '65535', '-p', 'udp')).toEqual(['-L -p udp']);
    expect(asked('delete-nat-range.sh', 'udp', '10.0.0.9', '1', '65535')).toEqual(['-L -p udp --orig-dst 10.0.0.9']);
  });
});

describe('a conntrack that does not say that it did its work has failed', () => {
  const programs = [
    ['delete-by-address.sh', 'src', ' 10.0.0.5 ', '-f', 'ipv4'],
    ['delete-range.sh', '20', '30', '-p', 'tcp'],
    ['delete-nat-range.sh', 'tcp', '10.0.0.9', '20', '30'],
  ] as const;
  const failures = [
    ['prints nothing', 'exit 0'],
    ['fails', 'echo "conntrack v1.4.7 (conntrack-tools): Operation failed: such is life" >&2; exit 1'],
    ['is killed', 'kill -KILL $$'],
  ] as const;

  describe.each(programs)('%s', (program, ...args) => {
    test.each(failures)('that %s, listing', (_, script) => {
      writeFileSync(join(folder, 'conntrack'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const { status, stderr } = spawnSync('sh', ['-c', textOf(program), 'sh', ...args], {
        encoding: 'utf8',
        env: PATH,
      });
      expect([status === 0, stderr]).toEqual([false, expect.stringContaining('did not list all connections')]);
    });

    test.each(failures)('that %s, deleting', (_, script) => {
      const real = readFileSync(join(folder, 'conntrack'), 'utf8');
      writeFileSync(
        join(folder, 'conntrack'),
        real.replace('case', () => `[ "$1" != -D ] || { ${script}; }\ncase`),
      );
      const { status, stderr } = spawnSync('sh', ['-c', textOf(program), 'sh', ...args], {
        encoding: 'utf8',
        env: PATH,
      });
      expect([status === 0, stderr]).toEqual([false, expect.stringContaining('conntrack -D ')]);
    });
  });
});
