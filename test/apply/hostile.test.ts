import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchScript } from '../../src/apply/script.ts';
import type { Command } from '../../src/model/command.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { Batch } from '../../src/model/plan.ts';

let dir: string;

/** Puts a stand-in for a program first in PATH. */
function standIn(name: string, script: string): void {
  writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, name), 0o755);
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'netloom-hostile-'));
  for (const name of ['ip', 'ipset', 'iptables-restore', 'ip6tables-restore', 'nft', 'ovs-vsctl', 'daemon']) {
    standIn(name, `printf '%s\\n' "${name} $*" >>${dir}/called`);
  }
  standIn('sleep', `echo "sleep $*" >>${dir}/called`);
  // The stand-in for a program that enters a namespace stays in its own.
  for (const name of ['nsenter', 'unshare']) standIn(name, 'shift; exec "$@"');
  standIn('canary', `: >${dir}/sang`);
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

function scriptOf(lane: Batch['lane'], netns: string | null, commands: readonly Command[]): string {
  const steps = commands.map((command, i) => ({ address: `node1/-/x/${i}`, command }));
  return batchScript({ id: 0, node: 'node1', netns, lane, after: [], steps }, { rootless: false }).text;
}

interface Ran {
  readonly code: number | null;
  readonly said: string;
  readonly called: readonly string[];
}

/** Runs a script as a node would, but with stand-ins for programs that would change the machine. */
function run(script: string, args: readonly string[] = []): Ran {
  for (const name of ['called', 'sang']) rmSync(join(dir, name), { force: true });
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...args], {
    cwd: dir,
    input: '',
    encoding: 'utf8',
    env: { PATH: `${dir}:${process.env['PATH'] ?? ''}`, LC_ALL: 'C' },
  });
  const called = existsSync(join(dir, 'called')) ? readFileSync(join(dir, 'called'), 'utf8').trimEnd().split('\n') : [];
  return { code: status, said: stdout + stderr, called };
}

/**
 * Characters with a meaning to a shell, to a pattern or to a here-document, in any order. Without `/`, so no other path
 * is named.
 */
const hostile = fc
  .array(
    fc.constantFrom(
      ...['$(canary)', '`canary`', ';canary;', '&canary&', '|canary|', '\ncanary\n', '\nNETLOOM_END\ncanary\n'],
      ...['"', "'", ')', '(', '}', '{', '\\', '$', ' ', '\t', '|', '.', '*', '[', '#', '-', '!', '$1', 'é', '\u0081'],
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const names = fc.array(hostile, { minLength: 1, maxLength: 3 });
const place = fc.option(hostile);

/** A batch of each type of command, with hostile values wherever the type admits them. */
const script = fc
  .oneof(
    names.map((devices) => () => scriptOf('sh', null, [{ tool: 'link-gone', devices }])),
    fc.tuple(hostile, names).map(
      ([netns, devices]) =>
        () =>
          scriptOf('sh', null, [{ tool: 'netns-del', netns, devices }]),
    ),
    names.map((devices) => () => scriptOf('sh', null, [{ tool: 'netns-del', netns: 'qrouter-1', devices }])),
    fc.tuple(fc.constantFrom('HUP' as const, 'TERM' as const), hostile, hostile).map(
      ([signal, start, argvHas]) =>
        () =>
          scriptOf('sh', null, [{ tool: 'signal', pid: 99_999_999, start, signal, argvHas }]),
    ),
    fc.tuple(place, names).map(
      ([netns, argv]) =>
        () =>
          scriptOf('sh', netns, [{ tool: 'exec', netns, argv: ['daemon', ...argv], ok: [0, 1] }]),
    ),
    fc.tuple(place, hostile, hostile).map(
      ([netns, key, value]) =>
        () =>
          scriptOf('sh', netns, [{ tool: 'sysctl', netns, key: `none/${key}`, value }]),
    ),
    fc.tuple(hostile, hostile).map(
      ([name, content]) =>
        () =>
          scriptOf('sh', null, [{ tool: 'write', path: join(dir, `f-${name}`), content, mode: '600' }]),
    ),
    fc.tuple(hostile, hostile).map(
      ([a, b]) =>
        () =>
          scriptOf('sh', null, [{ tool: 'unlink', path: join(dir, `f-${a}`), emptied: [join(dir, `f-${b}`)] }]),
    ),
    names.map((words) => () => scriptOf('sh', null, [{ tool: 'ovs', words: ['del-port', ...words] }])),
    fc.tuple(place, names).map(
      ([netns, words]) =>
        () =>
          scriptOf('sh', netns, [{ tool: 'nft', netns, words }]),
    ),
    fc.tuple(place, names).map(
      ([netns, words]) =>
        () =>
          scriptOf('ipset', netns, [{ tool: 'ipset', netns, words }]),
    ),
    fc.tuple(place, names).map(
      ([netns, words]) =>
        () =>
          scriptOf('ip', netns, [{ tool: 'ip', netns, words, undo: words }]),
    ),
    place.map((netns) => () => scriptOf('ip', netns, [{ tool: 'ip', netns, words: ['link'], undo: ['link'] }])),
    fc.tuple(hostile, hostile).map(
      ([netns, mark]) =>
        () =>
          scriptOf('birth', netns, [{ tool: 'netns-add', netns, mark }]),
    ),
    fc.tuple(place, hostile, hostile, hostile).map(
      ([netns, table, chain, rule]) =>
        () =>
          scriptOf('sh', netns, [
            { tool: 'iptables', netns, family: 4, table, chain: 'OUTPUT', edit: { op: 'append', rule: '-j ACCEPT' } },
            { tool: 'iptables', netns, family: 6, table: 'nat', chain, edit: { op: 'append', rule } },
          ]),
    ),
  )
  .map((make) => {
    try {
      return make();
    } catch (error) {
      // A refusal before anything is run does no harm either.
      if (error instanceof DiagnosticError || error instanceof RangeError) return undefined;
      throw error;
    }
  });

test('no part of a value is ever run, whatever it holds and wherever it occurs', () => {
  // One shell for many scripts, each in a subshell: starting one takes longer than its work.
  const all = `for s; do sh -n -c "$s" || echo malformed; (eval "$s"); done; :`;
  fc.assert(
    fc.property(fc.array(script, { minLength: 20, maxLength: 20 }), (texts) => {
      const scripts = texts.filter((text) => text !== undefined);
      expect(run(all, scripts).said).not.toMatch(/malformed|syntax error/i);
      expect(existsSync(join(dir, 'sang')), scripts.join('\n\n')).toBe(false);
    }),
    { numRuns: 10 },
  );
});

test.each(['t$(canary)', 't`canary`', 't";canary;"', "t';canary;'", 't\ncanary', 't|canary', 't)canary'])(
  'a device named %j is waited for, and nothing of its name is run',
  (name) => {
    for (const command of [
      { tool: 'link-gone', devices: [name] },
      { tool: 'netns-del', netns: 'qrouter-1', devices: [name] },
    ] as const) {
      expect(run(scriptOf('sh', null, [command])), JSON.stringify(command)).toMatchObject({ code: 0, said: '' });
      expect(existsSync(join(dir, 'sang'))).toBe(false);
    }
  },
);

test('the links of deleted namespaces are deleted by one request, in a group of their own; odd names are left', () => {
  const del = (netns: string, devices: readonly string[]): Command => ({ tool: 'netns-del', netns, devices });
  const text = scriptOf('sh', null, [del('qrouter-1', ['tap1', 'a b', 't;canary']), del('qrouter-2', ['tap2'])]);
  const groups = [1, 2].map(() => {
    standIn('ip', `echo "ip $*" >>${dir}/called; cat >>${dir}/called`);
    const { called, code } = run(text);
    const group = /^link set dev tap1 group (\d+)$/m.exec(called.join('\n'))?.[1];
    const lines = ['tap1', 'tap2'].map((name) => `link set dev ${name} group ${group}`);
    const first = ['ip -force -batch -', ...lines, `link del group ${group}`];
    expect({ code, called }).toEqual({
      code: 0,
      called: [...first, 'ip -batch -', 'netns del qrouter-1', 'netns del qrouter-2'],
    });
    return Number(group);
  });
  expect(groups[0]).not.toBe(groups[1]);
  // `ip` takes a number that fits 31 bits; small ones have names.
  for (const group of groups) expect(group).toBeGreaterThan(2 ** 30 - 1);
  standIn('ip', `printf '%s\\n' "ip $*" >>${dir}/called`);
});

test('a namespace whose name is outside ip’s alphabet is refused, with its location', () => {
  const netns = 'x\nNETLOOM_END\ncanary\n';
  expect(() => scriptOf('sh', null, [{ tool: 'netns-del', netns, devices: [] }])).toThrow(/NLA03/);
});

test('a link that lingers is waited for, then deleted by name; links with similar names are left alone', () => {
  // Every namespace has `lo`, and the stand-in for ip deletes nothing.
  const { code, said, called } = run(
    scriptOf('sh', null, [{ tool: 'link-gone', devices: ['l', 'o', '.o', 'l.', '.*', 't$(canary)', 'lo'] }]),
  );
  expect(called.filter((line) => line.startsWith('ip'))).toEqual(['ip link del dev lo']);
  expect(called.filter((line) => line === 'sleep 0.01')).toHaveLength(50);
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test('if it can’t be deleted, its step is named', () => {
  standIn('ip', 'exit 2');
  const unlink: Command = { tool: 'unlink', path: join(dir, 'none'), emptied: [] };
  const { code, said } = run(scriptOf('sh', null, [unlink, { tool: 'link-gone', devices: ['lo'] }]));
  expect({ code, said }).toEqual({ code: 1, said: '\n@part 1 1\n' });
});

/** Returns when a process was started, in ticks since the boot. */
function startOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

describe('a process gets a signal', () => {
  const STATE = '/run/netloom/$(canary)/.*/state';
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  /** How a process with STATE in its command line ends after the script was run; `undefined` while it lives. */
  const endOf = async (
    signal: 'HUP' | 'TERM',
    argvHas: string,
    { ignored = 'USR1', later = 0, stopped = false } = {},
  ): Promise<unknown> => {
    const child = spawn('sh', ['-c', `trap '' ${ignored}; echo ready; read -r _`, 'sh', STATE], { stdio: 'pipe' });
    children.push(child);
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const start = String(startOf(pid) + later);
    if (stopped) child.kill('SIGSTOP');
    const { code, said } = run(scriptOf('sh', null, [{ tool: 'signal', pid, start, signal, argvHas }]));
    expect({ code, said }).toEqual({ code: 0, said: '' });
    child.stdin.end();
    return ((await once(child, 'exit')) as unknown[])[1];
  };

  test.each(['TERM', 'HUP'] as const)('%s, if the text stands on its command line', async (signal) => {
    expect(await endOf(signal, STATE)).toBe(`SIG${signal}`);
  });

  test.each(['/run/netloom/demo/state', '/run/netloom/$(canary)/../state', '/run/netloom/..canary./.*/state'])(
    'and none for %j, which does not: a text is no pattern',
    async (text) => {
      expect(await endOf('TERM', text)).toBeNull();
    },
  );

  test('none if another process has the pid, whatever its command line', async () => {
    expect(await endOf('TERM', STATE, { later: 1 })).toBeNull();
  });

  test('a stopped process ends by TERM, without being killed', async () => {
    expect(await endOf('TERM', STATE, { stopped: true })).toBe('SIGTERM');
  });

  test('a process that ignores TERM is killed after a while; HUP is not waited for', async () => {
    expect(await endOf('TERM', STATE, { ignored: 'TERM' })).toBe('SIGKILL');
    expect(await endOf('HUP', STATE, { ignored: 'HUP' })).toBeNull();
  });
});
