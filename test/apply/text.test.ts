import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nftTransactions } from '../../src/apply/nft.ts';
import { restoreText } from '../../src/apply/restore.ts';
import { batchScript } from '../../src/apply/script.ts';
import { ipLine, ipsetLine } from '../../src/apply/words.ts';
import type { ChainEdit, Command } from '../../src/model/command.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import type { Batch, Step } from '../../src/model/plan.ts';

type Iptables = Extract<Command, { tool: 'iptables' }>;

function edit(chain: string, what: ChainEdit, table = 'nat'): Iptables {
  return { tool: 'iptables', netns: 'qrouter-1', family: 4, table, chain, edit: what };
}

function batch(lane: Batch['lane'], netns: string | null, ...commands: readonly Command[]): Batch {
  return {
    id: 0,
    node: 'node1',
    netns,
    lane,
    after: [],
    steps: commands.map((command, i) => ({ address: `node1/-/x/${i}`, command })),
  };
}

const at = { rootless: false };

describe('a line of ipset restore', () => {
  test.each(['$(reboot)', 'a b', 'a\nflush', "'", '"', '#', '\\', '', '-exist', '-f', '\t', 'naïve'])(
    'refuses %j',
    (word) => {
      expect(() => ipsetLine(['add', word, '10.0.0.1'], { node: 'node1' })).toThrow(DiagnosticError);
    },
  );

  test('all lines of a batch are one process', () => {
    const ipset = (...words: string[]): Command => ({ tool: 'ipset', netns: null, words });
    const script = batchScript(batch('ipset', null, ipset('create', 'a', 'hash:net'), ipset('add', 'a', '::/1')), at);
    expect(script.text).toContain("ipset -exist restore <<'NETLOOM_END'\ncreate a hash:net\nadd a ::/1\nNETLOOM_END");
    expect(script.parts).toHaveLength(1);
  });
});

describe('a line of ip -batch', () => {
  const place = { node: 'node1' };

  test('accepts only words that need no escape', () => {
    const hostile = fc
      .string({ minLength: 0, maxLength: 20 })
      .filter((word) => !/^[A-Za-z0-9_.:/@%+,=*-]+$/.test(word));
    fc.assert(
      fc.property(hostile, (word) => {
        expect(() => ipLine(['link', 'set', 'dev', word], place)).toThrow(DiagnosticError);
      }),
    );
  });

  test.each(['$(reboot)', 'a b', 'a\nlink del eth0', "'", '"', '#', '\\', ';', '`', '', '\u00a0', 'naïve', '\t'])(
    'refuses %j, and says where',
    (word) => {
      try {
        ipLine(['link', 'set', 'dev', word], { node: 'node1', netns: 'qrouter-1' });
        expect.unreachable();
      } catch (error) {
        expect((error as DiagnosticError).diagnostics[0]).toMatchObject({
          code: 'NLA03',
          place: { node: 'node1', netns: 'qrouter-1' },
        });
      }
    },
  );

  test('names the node’s own namespace by a descriptor that only this `ip` inherits', () => {
    const netns = 'qrouter-1';
    const line: Command = { tool: 'ip', netns, words: ['link', 'add', 'name', 'a', 'netns', '@node'] };
    const sysctl: Command = { tool: 'sysctl', netns, key: 'net/ipv4/ip_forward', value: '1' };
    const inside = batchScript(batch('ip', netns, line), at).text;
    expect(inside).toContain(`ip -n qrouter-1 -batch - 8</proc/self/ns/net <<'NETLOOM_END'\n`);
    expect(inside).toContain('link add name a netns /proc/self/fd/8\n');
    const birth = batchScript(batch('birth', netns, { tool: 'netns-add', netns, mark: 'm' }, line, sysctl), at).text;
    expect(birth).toMatch(/^exec perl .* 8<\/proc\/self\/ns\/net <<'NETLOOM_END'\n/s);
    const up: Command = { tool: 'ip', netns, words: ['link', 'set', 'dev', 'a', 'up'] };
    expect(batchScript(batch('ip', netns, up), at).direct).toEqual({
      verb: 'run',
      text: 'ip\t-n\tqrouter-1\t-batch\t-\nlink set dev a up\n',
    });
    expect(batchScript(batch('ip', netns, up), at).text).not.toContain('8<');
  });

  test('many lines that name it get the open files that `ip` needs', () => {
    const line: Command = { tool: 'ip', netns: 'qrouter-1', words: ['link', 'add', 'name', 'a', 'netns', '@node'] };
    const textOf = (lines: number): string =>
      batchScript(batch('ip', 'qrouter-1', ...Array.from({ length: lines }, () => line)), at).text;
    expect(textOf(501)).toContain('ulimit');
    expect(textOf(500)).not.toContain('ulimit');
  });
});

describe('the input of iptables-restore', () => {
  test('one table at a time: chains, edits in their order, jumps from built-in chains last, then deletions', () => {
    const commands = [
      edit('OUTPUT', { op: 'insert', position: 1, rule: '-j neutron-a' }),
      edit('neutron-old', { op: 'drop' }),
      edit('neutron-old', { op: 'flush' }),
      edit('neutron-a', { op: 'append', rule: '-m comment --comment "it\'s $(x); # `y`" -j RETURN' }),
      edit('neutron-b', { op: 'delete', position: 3 }),
      edit('neutron-b', { op: 'insert', position: 1, rule: '-j ACCEPT' }),
      edit('neutron-a', { op: 'new' }),
      edit('FORWARD', { op: 'delete', position: 2 }, 'filter'),
    ];
    expect(restoreText(commands, false).split('\n')).toEqual([
      '*nat',
      ':neutron-a - [0:0]',
      '-A neutron-a -m comment --comment "it\'s $(x); # `y`" -j RETURN',
      '-D neutron-b 3',
      '-I neutron-b 1 -j ACCEPT',
      '-I OUTPUT 1 -j neutron-a',
      '-F neutron-old',
      '-X neutron-old',
      'COMMIT',
      '*filter',
      '-D FORWARD 2',
      'COMMIT',
    ]);
  });

  test('a rule with a line end is refused', () => {
    expect(() => restoreText([edit('neutron-a', { op: 'append', rule: '-j ACCEPT\n-F' })], false)).toThrow(/newline/);
  });

  test('an unprivileged user’s is committed in parts that fit, each chain created once', () => {
    const many = [
      edit('neutron-a', { op: 'new' }),
      ...Array.from({ length: 250 }, (_, i) => edit('neutron-a', { op: 'append', rule: `-s 10.0.0.${i}/32` })),
    ];
    const text = restoreText(many, true);
    expect(text.split('\n').filter((line) => line === 'COMMIT')).toHaveLength(3);
    expect(text.match(/^:neutron-a/gm)).toHaveLength(1);
    expect(restoreText(many, false).match(/COMMIT/g)).toHaveLength(1);
    const order = (it: string): string[] => it.split('\n').filter((line) => line.startsWith('-A'));
    expect(order(text)).toEqual(order(restoreText(many, false)));
  });
});

describe('the input of nft', () => {
  const step = (object: string, ...words: string[]): Step => ({
    address: `node1/-/anti-spoof/${object}`,
    command: { tool: 'nft', netns: null, words },
  });
  const add = (object: string, name = object): Step =>
    step(object, 'add', 'set', 'bridge', 't', name, '{', 'type', 'ifname', ';', '}');

  test('objects with creations first, including their deletions; objects that are only deleted last', () => {
    const steps = [
      step('a', 'delete', 'set', 'bridge', 't', 'a'),
      step('b', 'delete', 'set', 'bridge', 't', 'b'),
      add('a'),
    ];
    const { creating, deleting } = nftTransactions(steps, false);
    expect(creating.map(({ text }) => text)).toEqual(['delete set bridge t a\nadd set bridge t a { type ifname ; }']);
    expect(deleting.map(({ text }) => text)).toEqual(['delete set bridge t b']);
  });

  test('an unprivileged user’s is sent in parts that fit, no object split', () => {
    const steps = Array.from({ length: 4000 }, (_, i) => add(`tap${Math.floor(i / 8)}`, `set-${i}`));
    expect(nftTransactions(steps, false).creating).toHaveLength(1);
    const { creating } = nftTransactions(steps, true);
    expect(creating.length).toBeGreaterThan(2);
    expect(creating.flatMap((part) => part.steps)).toEqual(steps);
    expect(Math.max(...creating.map(({ text }) => text.length))).toBeLessThan(50_000);
    const objects = creating.flatMap((part) => [...new Set(part.steps.map(({ address }) => address))]);
    expect(objects).toHaveLength(500);
  });

  test.each(['a b', '$x', '#', '\\', '*', '"tap*"', '"', "'", 'a\nflush ruleset', '', 'a;b', '"a;b"', '(', 'é', '`'])(
    'refuses %j, and says for what',
    (word) => {
      expect(() => nftTransactions([step('tap1', 'add', word)], false)).toThrow(/NLA03: node1\/-\/anti-spoof\/tap1/);
    },
  );

  test('is sent before the rest of its batch, and after it when deleted', () => {
    const sysctl: Command = { tool: 'sysctl', netns: null, key: 'net/ipv4/ip_forward', value: '1' };
    const gone: Command = { tool: 'netns-del', netns: 'qrouter-1', devices: ['tap1'] };
    const steps = [
      { address: 'node1/-/sysctl/x', command: sysctl },
      step('b', 'delete', 'set', 'bridge', 't', 'b'),
      { address: 'node1/-/netns/x', command: gone },
      add('a'),
    ];
    const { parts } = batchScript({ ...batch('sh', null), steps }, at);
    expect(parts.map((part) => part.map(({ command }) => command.tool))).toEqual([
      ['nft'],
      ['sysctl'],
      ['netns-del'],
      ['netns-del'],
      ['nft'],
    ]);
    expect(parts[0]?.[0]?.address).toBe('node1/-/anti-spoof/a');
  });
});

describe('the script of a batch', () => {
  test('ip: one process in the namespace, its lines in order', () => {
    const { text, parts } = batchScript(
      batch(
        'ip',
        'qrouter-1',
        { tool: 'ip', netns: 'qrouter-1', words: ['addr', 'add', '10.0.0.1/24', 'dev', 'qr-1'] },
        { tool: 'ip', netns: 'qrouter-1', words: ['link', 'set', 'dev', 'qr-1', 'up'] },
      ),
      at,
    );
    expect(text).toMatch(/ip -n '?qrouter-1'? -batch -/);
    expect(text).toContain('addr add 10.0.0.1/24 dev qr-1\nlink set dev qr-1 up\n');
    expect(parts[0]).toHaveLength(2);
  });

  test('a guest’s namespace is entered by its path', () => {
    const { text } = batchScript(
      batch('ip', '/run/netloom-guests/a', {
        tool: 'ip',
        netns: '/run/netloom-guests/a',
        words: ['link', 'set', 'dev', 'eth0', 'alias', 'netloom:demo'],
      }),
      at,
    );
    expect(text).toMatch(/nsenter --net='?\/run\/netloom-guests\/a'? ip -batch -/);
  });

  test('a birth: rules, then mark and links, and the name as the last line of ip; then sysctls of devices', () => {
    const netns = 'qrouter-1';
    const { text, direct, parts } = batchScript(
      batch(
        'birth',
        netns,
        { tool: 'netns-add', netns, mark: 'netloom:demo,arp=qr-1' },
        { tool: 'ip', netns, words: ['link', 'set', 'dev', 'lo', 'up'] },
        { tool: 'sysctl', netns, key: 'net/ipv4/conf/qr-1/arp_notify', value: '1' },
        { tool: 'sysctl', netns, key: 'net/ipv4/ip_forward', value: '1' },
        edit('neutron-a', { op: 'new' }),
      ),
      at,
    );
    const lines = [
      'run\t0\tiptables-restore\t--noflush',
      '\t*nat',
      '\t:neutron-a - [0:0]',
      '\tCOMMIT',
      'sysctl\t1\tnet/ipv4/ip_forward\t1',
      // The line that gives the namespace its name comes after these.
      'birth\t2\tqrouter-1',
      '\tlink set dev lo alias netloom:demo,arp=qr-1',
      '\tlink set dev lo up',
      'sysctl\t3\tnet/ipv4/conf/qr-1/arp_notify\t1',
    ];
    expect(direct).toEqual({ verb: 'birth', text: lines.map((line) => `${line}\n`).join('') });
    expect(parts.map((part) => part.map(({ command }) => command.tool).join(' '))).toEqual([
      'iptables',
      'sysctl',
      'netns-add ip netns-add',
      'sysctl',
    ]);
    expect(text.endsWith(`<<'NETLOOM_END'\n${lines.join('\n')}\nNETLOOM_END`)).toBe(true);
    expect(text).toMatch(/^exec perl/);
  });

  test('hostile text in a file, a rule or an argument stays text', () => {
    const hostile = `'; touch /tmp/owned; '$(touch /tmp/owned)\`touch /tmp/owned\`\nNETLOOM_END\n`;
    const { text } = batchScript(
      batch(
        'sh',
        null,
        { tool: 'write', path: '/run/netloom/demo/x', content: hostile, mode: '644' },
        { tool: 'exec', netns: null, argv: ['echo', hostile] },
      ),
      at,
    );
    // Each single quote in it closes and reopens the quotation.
    expect(text).toContain(String.raw`'\''; touch /tmp/owned; '\''$(touch`);
  });

  test('a file that others may not read is never readable for them, not even while it is written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-write-'));
    // Instead of chmod: the mode with which the file was created.
    const chmod = 'chmod() { stat -c %a "$2"; }\n';
    const modeOf = (mode: string): string => {
      const write = { tool: 'write', path: `${folder}/x`, content: 'aGk=', encoding: 'base64', mode } as const;
      return execFileSync('sh', ['-c', `umask 022\n${chmod}${batchScript(batch('sh', null, write), at).text}`], {
        encoding: 'utf8',
      }).trim();
    };
    expect([modeOf('644'), modeOf('600'), readFileSync(join(folder, 'x'), 'utf8')]).toEqual(['644', '600', 'hi']);
    rmSync(folder, { recursive: true });
  });
});

describe('parts of a transaction of Open vSwitch', () => {
  const ovs = (...words: readonly string[]): Command => ({ tool: 'ovs', words });
  const signal: Command = { tool: 'signal', pid: 7, start: '1', signal: 'TERM', argvHas: 'x' };
  const unlink: Command = { tool: 'unlink', path: '/run/x', emptied: [] };
  const runner = { pid: 1, rootless: false };

  test('deletions are committed before creations, each in one transaction; other commands keep their position', () => {
    const { text, parts } = batchScript(
      batch(
        'sh',
        null,
        ovs('del-port', 'a'),
        signal,
        ovs('del-port', 'b'),
        ovs('add-port', 'br', 'a'),
        unlink,
        ovs('set', 'Port', 'a', 'tag=$(x)'),
      ),
      runner,
    );
    expect(parts.map((steps) => steps.map(({ address }) => address.slice(-1)).join(''))).toEqual([
      '1',
      '02',
      '35',
      '4',
    ]);
    expect(text.match(/ovs-vsctl .*?(?= 2>&1)/g)).toEqual([
      "ovs-vsctl '--timeout=10' -- del-port a -- del-port b",
      "ovs-vsctl '--timeout=10' -- add-port br a -- set Port a 'tag=$(x)'",
    ]);
  });

  test('also if the creations come first', () => {
    const { parts } = batchScript(
      batch('sh', null, ovs('set', 'Port', 'a', 'tag=1'), ovs('--if-exists', 'del-br', 'b')),
      runner,
    );
    expect(parts.map((steps) => steps.map(({ address }) => address.slice(-1)).join(''))).toEqual(['1', '0']);
  });
});
