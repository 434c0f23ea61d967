import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localHost } from '../../src/hosts/local.ts';
import { preamble } from '../../src/hosts/preamble.ts';
import { openShell } from '../../src/hosts/shell.ts';
import { nodeSlots } from '../../src/hosts/slots.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { Shell, ShellOptions } from '../../src/model/host.ts';
import { emptyTally } from '../../src/model/stats.ts';

const root = process.geteuid?.() === 0;

let open: Shell[] = [];

async function shell(options: ShellOptions = {}, node = 'n1'): Promise<Shell> {
  const made = await localHost(node).open(options);
  open.push(made);
  return made;
}

async function failure(promise: Promise<unknown>): Promise<DiagnosticError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DiagnosticError) return error;
  throw new Error(`expected a DiagnosticError, got ${String(error)}`);
}

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
}

afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

describe('a node shell', () => {
  beforeEach((context) => {
    context.skip(!root, 'a local shell needs root');
  });

  it('knows its pid and gives a plain environment', async () => {
    const sh = await shell();
    expect(await sh.read('echo "$PPID $LC_ALL $(umask) $PWD"')).toBe(`${String(sh.pid)} C 0022 /\n`);
    expect(await sh.read('command -v ip')).toMatch(/ip\n$/);
  });

  it('adds its scripts and bytes to the tally', async () => {
    const tally = emptyTally();
    const sh = await localHost('n1').open({ tally });
    open.push(sh);
    const { written, read } = tally;
    expect(tally).toMatchObject({ shells: 1, scripts: 0 });
    const script = `echo ${'x'.repeat(1000)}`;
    await sh.read(script);
    await sh.job('exit 1');
    expect(tally.scripts).toBe(2);
    expect(tally.written - written - script.length).toBeLessThan(100);
    expect(tally.read - read).toBeGreaterThan(1000);
  });

  it('returns exactly what was printed', async () => {
    const sh = await shell();
    for (const text of ['', 'x', 'x\n', '\n\n', 'é\n@', '\u0001\u001f "\'']) {
      expect(await sh.read(`printf %s '${text.replaceAll("'", `'\\''`)}'`)).toBe(text);
    }
  });

  it('reads 5 MB', async () => {
    const sh = await shell();
    const text = await sh.read('head -c 5000000 /dev/zero | tr "\\0" x; echo');
    expect(text).toHaveLength(5_000_001);
  });

  it('accepts scripts longer than any command line', async () => {
    const sh = await shell();
    const long = 'x'.repeat(3_000_000);
    expect(await sh.read(`wc -c <<'END'\n${long}\nEND`)).toBe('3000001\n');
  });

  it('rejects a failed read with the exit code and the end of stderr', async () => {
    const sh = await shell();
    const error = await failure(sh.read('echo before; echo reason >&2; exit 7'));
    expect(error.diagnostics[0]).toMatchObject({
      code: 'NLH006',
      place: { node: 'n1', command: 'echo before; echo reason >&2; exit 7' },
      detail: 'reason',
    });
    expect(error.diagnostics[0]?.summary).toContain('exit code 7');
    expect(await sh.read('echo on')).toBe('on\n');
  });

  it('separates the output of 32 jobs of 3 kB', async () => {
    const sh = await shell();
    const jobs = Array.from({ length: 32 }, (_, index) => {
      const letter = String.fromCharCode(65 + index);
      return sh.job(
        `sleep 0.0$((${String(index)} % 7)); i=0; ` +
          `while [ $i -lt 300 ]; do printf '%s' '${letter.repeat(10)}'; i=$((i+1)); done; exit ${String(index)}`,
      );
    });
    for (const [index, result] of (await Promise.all(jobs)).entries()) {
      expect(result).toEqual({ code: index, output: String.fromCharCode(65 + index).repeat(3000) });
    }
  });

  it('runs jobs concurrently and a read exclusively', async () => {
    const sh = await shell();
    const begin = Date.now();
    const jobs = Promise.all(Array.from({ length: 16 }, () => sh.job('sleep 0.3; echo done')));
    const read = sh.read('echo alone');
    const late = sh.job('echo late');
    expect((await jobs).map(({ output }) => output)).toEqual(Array.from({ length: 16 }, () => 'done'));
    expect(await read).toBe('alone\n');
    expect(await late).toEqual({ code: 0, output: 'late' });
    expect(Date.now() - begin).toBeLessThan(1500);
  });

  it('keeps the end of the output of a job, stderr and stdout together', async () => {
    const sh = await shell();
    const result = await sh.job('head -c 100000 /dev/zero | tr "\\0" y; echo out; echo err >&2; false');
    expect(result.code).toBe(1);
    expect(result.output).toHaveLength(3000);
    expect(result.output.slice(-8)).toBe('yout\nerr');
  });

  it.each(['if true; then', "echo 'open", ')', 'for', 'exit 3', 'set -e; false; echo no'])(
    'survives %j',
    async (script) => {
      const sh = await shell();
      const result = await sh.job(script);
      expect(result.code).not.toBe(0);
      await failure(sh.read(script));
      expect(await sh.job('echo fine')).toEqual({ code: 0, output: 'fine' });
    },
  );

  it('hides its stdin from scripts, and accepts here-documents', async () => {
    const sh = await shell();
    expect(await sh.read('cat')).toBe('');
    expect(await sh.job("cat; cat <<END\n$((1+1)) it's\nEND")).toEqual({ code: 0, output: "2 it's" });
  });

  it('leaves no zombies and no variables behind', async () => {
    const sh = await shell();
    await sh.read('true');
    const before = await sh.read('set | grep -c ^_j || :');
    await Promise.all(Array.from({ length: 50 }, () => sh.job('true')));
    await sh.read('true');
    expect(childrenOf(sh.pid)).toEqual([]);
    expect(await sh.read('set | grep -c ^_j || :')).toBe(before);
  });

  it('refuses NUL and continues', async () => {
    const sh = await shell();
    expect((await failure(sh.job('echo a\0b'))).diagnostics[0]?.code).toBe('NLH001');
    expect((await failure(sh.read('echo a\0b'))).diagnostics[0]?.code).toBe('NLH001');
    expect(await sh.read('echo on')).toBe('on\n');
  });

  it('rejects pending and later calls when it has ended', async () => {
    const sh = await shell();
    const jobs = [failure(sh.job('sleep 5')), failure(sh.job('sleep 5'))];
    const read = failure(sh.read('echo never'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(sh.pid, 'SIGKILL');
    for (const error of [...(await Promise.all(jobs)), await read, await failure(sh.job('true'))]) {
      expect(error.diagnostics[0]).toMatchObject({ code: 'NLH005', place: { node: 'n1' } });
      expect(error.diagnostics[0]?.summary).toBe('The connection to node n1 (local) ended: killed by SIGKILL');
    }
  });

  it('lets jobs finish before it closes', async () => {
    const sh = await shell();
    const job = sh.job('sleep 0.2; echo finished');
    await Promise.all([sh.close(), sh.close()]);
    expect(await job).toEqual({ code: 0, output: 'finished' });
    expect((await failure(sh.read('true'))).diagnostics[0]?.code).toBe('NLH007');
  });

  it('begins no job that waited for another node until it was not to begin any more', async () => {
    const slots = nodeSlots(1);
    const [first, second] = await Promise.all(['n1', 'n2'].map((node) => shell({ slots }, node)));
    let stopped = false;
    const running = first?.job('sleep 0.3');
    const waiting = second?.job('echo begun', () => !stopped);
    stopped = true;
    expect(await waiting).toEqual({ code: 0, output: '', begun: false });
    expect(await running).toEqual({ code: 0, output: '' });
    expect(await second?.job('echo again', () => true)).toEqual({ code: 0, output: 'again' });
  });

  it('reports a missing program, and a program that is no shell', async () => {
    const start = { node: 'n1', description: 'test', args: [], rightsHint: '' };
    expect((await failure(openShell({ ...start, file: '/no/such' }))).diagnostics[0]).toMatchObject({ code: 'NLH002' });
    const dead = await failure(openShell({ ...start, file: 'sh', args: ['-c', 'echo refused >&2; exit 255'] }));
    expect(dead.diagnostics[0]).toMatchObject({ code: 'NLH003', detail: 'refused' });
  });

  it('reports a shell without the right to change the network', async () => {
    const error = await failure(
      openShell({
        node: 'n1',
        description: 'test',
        file: 'setpriv',
        args: ['--reuid=12345', '--regid=12345', '--clear-groups', 'sh'],
        rightsHint: 'Become root.',
      }),
    );
    expect(error.diagnostics[0]).toMatchObject({ code: 'NLH004', hint: 'Become root.' });
  });

  it('ends with its stdin, as when netloom is killed', () => {
    const script = preamble('nonce');
    const request = 'job 1 60 20\nsleep 0.2; echo done';
    const feed = '(printf %s "$0"; sleep 0.3; printf %s "$1") | sh';
    const said = execFileSync('sh', ['-c', feed, script, request], { encoding: 'utf8' });
    expect(said).toMatch(/^\n@nonce hello 0 0 \d+\n\d+ [01] [0-9a-f]{16} [01]\n@nonce job 1 0 4\ndone$/);
  });
});
