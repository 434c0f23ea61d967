import { kindName } from '../../src/model/resource.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { execute } from '../../src/apply/execute.ts';
import { deleteConnections } from '../../src/kernel/effects/conntrack.ts';
import type { Command } from '../../src/model/command.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { ApplyEvent } from '../../src/model/event.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Batch } from '../../src/model/plan.ts';
import type { Origin, Resource } from '../../src/model/resource.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'iptables');

const range = (line: number): Origin => ({
  path: `line${line}`,
  range: { file: 't.yaml', start: { line, column: 3, offset: 0 }, end: { line, column: 9, offset: 6 } },
});

function thing(name: string, line: number): Resource {
  return { node: 'node1', netns: null, kind: kindName('bridge'), name, spec: {}, origin: range(line) };
}

const graph = desiredGraph('demo', ['node1'], [thing('first', 11), thing('second', 12), thing('third', 13)]);

function batch(
  id: number,
  lane: Batch['lane'],
  netns: string | null,
  commands: readonly Command[],
  after: readonly number[] = [],
): Batch {
  const names = ['first', 'second', 'third'];
  return {
    id,
    node: 'node1',
    netns,
    lane,
    after,
    steps: commands.map((command, i) => ({ address: `node1/-/bridge/${names[i] ?? ''}`, command })),
  };
}

const ip = (...words: string[]): Command => ({ tool: 'ip', netns: null, words });

describe('a failure is reported with its location', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await nodes.open();
  });

  async function run(...batches: readonly Batch[]): Promise<{ failures: readonly Diagnostic[]; events: string[] }> {
    const events: string[] = [];
    const note = (event: ApplyEvent): unknown => 'batch' in event && events.push(`${event.type} ${event.batch.id}`);
    return {
      failures: await execute(
        { topology: 'demo', changes: [], groups: [], batches, owned: 0, foreign: [], leftOut: [] },
        graph,
        node.shells,
        note,
      ),
      events,
    };
  }

  test('the line of ip that the kernel refused', async () => {
    const { failures } = await run(
      batch(0, 'ip', null, [
        ip('link', 'add', 'name', 'br1', 'type', 'bridge'),
        ip('link', 'set', 'dev', 'no-such', 'up'),
        ip('link', 'del', 'dev', 'br1'),
      ]),
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      code: 'NLA01',
      range: range(12).range,
      place: { node: 'node1', command: 'ip link set dev no-such up' },
    });
    expect(failures[0]?.summary).toContain('no-such');
    expect(await node.sh('ip link show dev br1')).toContain('br1');
  });

  test('a line of ip that can’t be parsed', async () => {
    const { failures } = await run(
      batch(0, 'ip', null, [
        ip('link', 'set', 'dev', 'lo', 'up'),
        ip('addr', 'add', '300.1.2.3/24', 'dev', 'lo'),
        ip('link', 'set', 'dev', 'lo', 'up'),
      ]),
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]?.summary).toContain('300.1.2.3/24');
    expect(failures[0]).toMatchObject({ range: range(12).range });
  });

  test('the line of ipset that the kernel refused, and one that it can’t parse', async (context) => {
    context.skip((await node.try('command -v ipset')).code !== 0, 'not installed: ipset');
    const ipset = (...words: string[]): Command => ({ tool: 'ipset', netns: null, words });
    const make = ipset('create', 'set1', 'hash:net', 'family', 'inet');
    for (const [wrong, said] of [
      [ipset('add', 'no-such', '10.0.0.1'), 'does not exist'],
      [ipset('add', 'set1', '2001:db8::1'), '2001:db8::1'],
    ] as const) {
      const { failures } = await run(batch(0, 'ipset', null, [make, wrong, ipset('add', 'set1', '10.0.0.2')]));
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ code: 'NLA01', range: range(12).range });
      expect(failures[0]?.summary).toContain(said);
      expect(failures[0]?.place?.command).toBe(`ipset ${wrong.tool === 'ipset' ? wrong.words.join(' ') : ''}`);
    }
  });

  test('a program that fails, with its output', async () => {
    const exec = (script: string, ok?: readonly number[]): Command => ({
      tool: 'exec',
      netns: null,
      argv: ['sh', '-c', script],
      ...(ok && { ok }),
    });
    const { failures } = await run(
      batch(0, 'sh', null, [exec('exit 0'), exec('echo "no luck" >&2; exit 7'), exec('touch /tmp/done')]),
    );
    expect(failures[0]).toMatchObject({ range: range(12).range, detail: expect.stringContaining('no luck') as string });
    expect((await node.try('ls /tmp/done')).code).not.toBe(0);
    expect((await run(batch(0, 'sh', null, [exec('exit 1', [0, 1])]))).failures).toEqual([]);
    expect((await run(batch(0, 'sh', null, [exec('exit 2', [0, 1])]))).failures).toHaveLength(1);
  });

  test('a birth that fails: the namespace never existed', async () => {
    const netns = 'qrouter-1';
    const { failures } = await run(
      batch(0, 'birth', netns, [
        { tool: 'netns-add', netns, mark: 'netloom:demo' },
        { tool: 'ip', netns, words: ['link', 'set', 'dev', 'no-such', 'up'] },
      ]),
    );
    expect(failures[0]).toMatchObject({ range: range(12).range, place: { node: 'node1', netns } });
    expect(await node.sh('ls /run/netns')).toBe('');
  });

  test('a rule that iptables can’t parse', async () => {
    const rule = (text: string): Command => ({
      tool: 'iptables',
      netns: null,
      family: 4,
      table: 'nat',
      chain: 'OUTPUT',
      edit: { op: 'append', rule: text },
    });
    const { failures } = await run(
      batch(0, 'sh', null, [rule('-j ACCEPT'), rule('-p tcp --dport no-such-port -j ACCEPT')]),
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]?.detail).toMatch(/no-such-port/);
    expect(await node.sh('iptables-save -t nat | grep -c -- -A || :')).toBe('0\n');
  });

  test.each([
    ['full', 'size=4k', 'head -c 8192 /dev/zero >/run/small/rest || :', 'NLA10'],
    ['read-only', 'size=64k', 'mount -o remount,ro /run/small', 'NLA11'],
  ])('a file system that is %s, in plain words', async (word, options, prepare, code) => {
    await node.sh(`mkdir -p /run/small; mount -t tmpfs -o ${options} t /run/small; ${prepare}`);
    try {
      const write = (path: string): Command => ({ tool: 'write', path, content: 'x'.repeat(5000), mode: '644' });
      const { failures } = await run(batch(0, 'sh', null, [write('/run/small/file')]));
      expect(failures).toMatchObject([
        {
          code,
          summary: `node1/-/bridge/first: a file system of node1 is ${word}`,
          hint: expect.stringContaining('on node1, ') as string,
        },
      ]);
    } finally {
      await node.sh('umount /run/small');
    }
  });

  test('conntrack that fails for another reason than that it finds nothing', async () => {
    const command: Command = {
      tool: 'exec',
      netns: null,
      argv: ['sh', '-c', 'echo "conntrack v1.4.7: Operation failed: sorry" >&2; exit 1'],
      ok: [0, 1],
      says: 'flow entries have been deleted',
    };
    const saying = (text: string): Command => ({ ...command, argv: ['sh', '-c', `echo "${text}" >&2; exit 1`] });
    expect((await run(batch(0, 'sh', null, [command]))).failures[0]?.summary).toContain('Operation failed: sorry');
    expect((await run(batch(0, 'sh', null, [saying('')]))).failures).toHaveLength(1);
    expect((await run(batch(0, 'sh', null, [saying('0 flow entries have been deleted.')]))).failures).toEqual([]);
  });

  test('conntrack is run again if a connection ends while it deletes, but not for ever', async () => {
    const meets = (times: number, count: string): Command => {
      const script = `n=$(($(cat ${count} 2>/dev/null || echo 0) + 1)); echo $n >${count}
        [ $n -gt ${String(times)} ] && echo "1 flow entries have been deleted." >&2 && exit
        echo "Operation failed: such conntrack doesn't exist" >&2; exit 1`;
      return { ...deleteConnections(null, []), argv: ['sh', '-c', script] } as Command;
    };
    expect((await run(batch(0, 'sh', null, [meets(3, '/run/few')]))).failures).toEqual([]);
    expect(await node.sh('cat /run/few')).toBe('4\n');
    const [failure] = (await run(batch(0, 'sh', null, [meets(1000, '/run/many')]))).failures;
    expect(failure?.summary).toContain("such conntrack doesn't exist");
    expect(await node.sh('cat /run/many')).toBe('20\n');
  });

  test('a file that cannot be deleted, although its folder is to be deleted as well', async () => {
    await node.sh('mkdir -p /run/kept/x; mount -t tmpfs t /run/kept/x');
    const { failures } = await run(
      batch(0, 'sh', null, [{ tool: 'unlink', path: '/run/kept/x', emptied: ['/run/kept'] }]),
    );
    expect(failures).toMatchObject([{ code: 'NLA01' }]);
    await node.sh('umount /run/kept/x');
  });

  test('batches that wait for it are skipped, others continue', async () => {
    const { failures, events } = await run(
      batch(0, 'ip', null, [ip('link', 'set', 'dev', 'no-such', 'up')]),
      batch(1, 'ip', null, [ip('link', 'set', 'dev', 'lo', 'up')], [0]),
      batch(2, 'ip', null, [ip('link', 'set', 'dev', 'lo', 'up')], [1]),
      batch(3, 'sh', null, [{ tool: 'sysctl', netns: null, key: 'net/ipv4/ip_forward', value: '1' }]),
    );
    expect(failures).toHaveLength(1);
    expect(events.filter((event) => !event.startsWith('batch-start')).sort()).toEqual([
      'batch-done 3',
      'batch-failed 0',
      'batch-skipped 1',
      'batch-skipped 2',
    ]);
  });

  test('hostile text in a file stays text', async () => {
    const content = `'; touch /tmp/owned; '$(touch /tmp/owned)\`touch /tmp/owned\`"\\\nNETLOOM_END\n\ttab\u00a0é`;
    const { failures } = await run(
      batch(0, 'sh', null, [{ tool: 'write', path: '/run/netloom/demo/a b/$(x)', content, mode: '640' }]),
    );
    expect(failures).toEqual([]);
    expect(await node.sh(`base64 -w0 '/run/netloom/demo/a b/$(x)'; stat -c ' %a' '/run/netloom/demo/a b/$(x)'`)).toBe(
      `${Buffer.from(content).toString('base64')} 640\n`,
    );
    expect(await node.sh('ls /tmp')).not.toContain('owned');
    expect('/tmp/owned').not.toBeOnDisk();
  });
});
