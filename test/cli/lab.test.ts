import { describe, expect, test } from 'vitest';
import type { LabSummary } from '../../src/lab/index.ts';
import { netloom, TOPOLOGY, type FakeOptions } from '../support/fake-world.ts';

const since = '2026-11-29T21:30:00.000Z';
const LAB: LabSummary = {
  name: 'demo',
  pid: 42,
  since,
  file: '/a/t.yaml',
  nodes: ['n1'],
  instances: ['vm1'],
  hosts: [],
};
const OTHER: LabSummary = { ...LAB, name: 'other', pid: 43, file: null };

const ROUTED = TOPOLOGY.replace('instances:', 'routers:\n  r1: { node: n1, interfaces: { sub1: {} } }\ninstances:');

describe('lab list', () => {
  test('a line per lab', async () => {
    const { code, out } = await netloom(['lab', 'list'], { labs: [LAB, OTHER] });
    expect(code).toBe(0);
    expect(out).toMatch(/^demo +1 +42 .* \/a\/t\.yaml\nother +1 +43 .* -\n$/m);
  });

  test('--json', async () => {
    const { out } = await netloom(['lab', 'list', '--json'], { labs: [LAB] });
    expect(JSON.parse(out)).toEqual({ format_version: expect.any(String) as string, labs: [LAB] });
  });
});

describe('lab down', () => {
  test.each([
    [['t.yaml'], ['down demo']],
    [['other'], ['down other']],
    [['--all'], ['down demo', 'down other']],
  ])('%j', async (words, calls) => {
    expect(await netloom(['lab', 'down', ...words], { labs: [LAB, OTHER] })).toMatchObject({ code: 0, calls });
  });

  test('a file takes precedence over a lab of the same name', async () => {
    const options = { labs: [OTHER], files: { other: TOPOLOGY } };
    expect((await netloom(['lab', 'down', 'other'], options)).calls).toEqual(['down demo']);
  });

  test('a file with an error still ends its lab', async () => {
    const files = { 't.yaml': TOPOLOGY.replace('cidr: 10.0.0.0/24', 'cidr: 10.0.0.0') };
    expect((await netloom(['lab', 'down', 't.yaml'], { files })).calls).toEqual(['down demo']);
  });

  test.each([
    ['has another name', 'name: other\n'],
    ['has no name', 'nodes: 1\n'],
  ])('a file with an error ends its own lab where an included file %s', async (_, included) => {
    const files = { 't.yaml': `include: [part.yaml]\n${TOPOLOGY}`, 'part.yaml': included };
    const { calls } = await netloom(['lab', 'down', 't.yaml'], { labs: [LAB, OTHER], files });
    expect(calls).toEqual(['down demo']);
  });

  test('neither file nor lab: the error lists the running labs', async () => {
    const { code, err, calls } = await netloom(['lab', 'down', 'demmo'], { labs: [LAB, OTHER] });
    expect([code, calls]).toEqual([1, []]);
    expect(err).toMatch(/NL001[^]*demo, other/);
  });

  test.each([[[]], [['t.yaml', '--all']]])('%j does not select a lab', async (words) => {
    const { code, err, calls } = await netloom(['lab', 'down', ...words]);
    expect([code, calls]).toEqual([1, []]);
    expect(err).toContain('NLX27');
  });

  test('--all without labs', async () => {
    expect(await netloom(['lab', 'down', '--all'])).toMatchObject({ code: 0, out: 'No lab runs.\n', calls: [] });
  });
});

test('lab down --json', async () => {
  const { out } = await netloom(['lab', 'down', '--all', '--json'], { labs: [LAB] });
  expect(JSON.parse(out)).toMatchObject({ labs: [{ name: 'demo', was_up: true }] });
});

describe('lab exec', () => {
  const files = { 't.yaml': ROUTED };

  test.each([
    ['vm1', 'exec instance/vm1: ip address'],
    ['n1', 'exec node/n1: ip address'],
    ['r1', /^exec router\/r1 in qrouter-[0-9a-f-]{36}: ip address$/],
    ['dhcp/net1', /^exec dhcp\/net1 in qdhcp-[0-9a-f-]{36}: ip address$/],
  ])('%s', async (name, call) => {
    const { code, calls } = await netloom(['lab', 'exec', 't.yaml', name, '--', 'ip', 'address'], { files });
    expect(code).toBe(7);
    expect(calls).toEqual([typeof call === 'string' ? call : expect.stringMatching(call)]);
  });

  test('no command: a shell', async () => {
    expect((await netloom(['lab', 'exec', 't.yaml', 'vm1'])).calls).toEqual(['exec instance/vm1: ']);
  });

  test('a name that is not in the lab: the names that are', async () => {
    const { code, err } = await netloom(['lab', 'exec', 't.yaml', 'vm3'], { files });
    expect(code).toBe(1);
    expect(err).toContain('it has: node/n1, instance/vm1, instance/vm2, router/r1, dhcp/net1');
  });
});

describe('lab renew', () => {
  const renewing =
    (outputs: Readonly<Record<string, string>>): NonNullable<FakeOptions['engine']> =>
    ({ lab }) => ({
      lab: { ...lab, run: (_, member) => Promise.resolve({ code: 0, stdout: outputs[member] ?? '', stderr: '' }) },
    });

  test('all instances of the file, in its order', async () => {
    const engine = renewing({
      vm1: 'eth0 10.0.0.9 10.0.0.2 1450\neth1 static\n',
      vm2: 'eth0 10.0.0.3 10.0.0.3 1450\n',
    });
    const { code, out } = await netloom(['lab', 'renew', 't.yaml'], { engine });
    expect([code, out]).toEqual([
      0,
      'vm1/eth0: 10.0.0.9 → 10.0.0.2, MTU 1450\nvm1/eth1: no DHCP\nvm2/eth0: 10.0.0.3, MTU 1450\n',
    ]);
  });

  test('one instance, which no server answers', async () => {
    const { code, out, err } = await netloom(['lab', 'renew', 't.yaml', 'vm1'], {
      engine: renewing({ vm1: 'eth0 10.0.0.2 - 1500\n' }),
    });
    expect([code, out]).toEqual([1, 'vm1/eth0: no lease\n']);
    expect(err).toContain('error[NLX63]: vm1/eth0 got no lease');
  });
});

describe('lab capture', () => {
  test('writes pcapng to standard output, and says where and how much on stderr', async () => {
    const { code, out, err, calls } = await netloom(['lab', 'capture', '-c', '2', 't.yaml', 'vm1', '--', 'icmp', '-x']);
    expect({ code, out, calls }).toEqual({
      code: 0,
      out: 'pcapng',
      calls: ['capture instance/vm1/eth0 on eth0, 2: icmp -x'],
    });
    expect(err).toBe('Capturing at instance/vm1/eth0; Ctrl-C ends.\nCaptured 2 packets at instance/vm1/eth0.\n');
  });

  test('a terminal gets no binary', async () => {
    const { code, out, err, calls } = await netloom(['lab', 'capture', 't.yaml', 'vm1'], { isTTY: true });
    expect({ code, out, calls }).toEqual({ code: 1, out: '', calls: [] });
    expect(err).toMatch(/NLX46.*\n.*-w FILE, or a pipe: \| wireshark -k -i -/);
  });

  test('a file that cannot be written is an error before the capture', async () => {
    const { code, err, calls } = await netloom(['lab', 'capture', '-w', '/nowhere/a.pcapng', 't.yaml', 'vm1']);
    expect({ code, calls }).toEqual({ code: 1, calls: [] });
    expect(err).toContain('NLX26');
  });

  test.each(['0', '-1', '1.5', 'many'])('--count %s is wrong usage', async (number) => {
    expect((await netloom(['lab', 'capture', `--count=${number}`, 't.yaml', 'vm1'])).code).toBe(1);
  });
});
