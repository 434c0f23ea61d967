import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/model/plan.ts';
import { Order } from '../ordered.ts';
import type { Ended } from './apply.ts';
import type { Asked } from './node.ts';
import type { Pinging } from './ping.ts';

/** Returns the message of a matcher, which must fail. */
async function failureOf(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it does not fail');
}

describe('toRunInOrder', () => {
  const command = (...words: string[]) => ({ tool: 'ip', netns: null, words }) as const;
  const plan: Plan = {
    topology: 'demo',
    changes: [],
    groups: [],
    owned: 0,
    foreign: [],
    leftOut: [],
    batches: [
      {
        id: 0,
        node: 'node1',
        netns: null,
        lane: 'ip',
        steps: [
          { address: 'a', command: command('link', 'add') },
          { address: 'b', command: command('addr', 'add') },
        ],
        after: [],
      },
    ],
  };

  test('shows in the plan which commands match', async () => {
    const order = new Order(plan);
    expect(order).toRunInOrder(/link add/, /addr add/);
    expect(order).not.toRunInOrder(/addr add/, /link add/);
    const text = await failureOf(() => expect(order).toRunInOrder(/addr add/, /link add/));
    expect(text).toMatch(
      /^expected what matches \/addr add\/ \(1\) to have ended before what matches \/link add\/ \(2\)/,
    );
    expect(text).toMatch(/^ 2 node1: .*link add$/m);
    expect(text).toMatch(/^1 {2}node1: .*addr add$/m);
    expect(await failureOf(() => expect(order).not.toRunInOrder(/link add/, /addr add/))).toContain(
      'not to have ended',
    );
  });

  test('fails if no command matches', () => {
    expect(() => expect(new Order(plan)).toRunInOrder(/nothing/, /link add/)).toThrow('no command matches /nothing/');
    expect(() => expect(new Order(plan)).not.toRunInOrder(/nothing/, /link add/)).toThrow(
      'no command matches /nothing/',
    );
  });
});

test('toSettle shows the diagnostics of the apply', async () => {
  const told = { code: 'NLA01', severity: 'error', summary: 'the bridge brq1 was not made', hint: 'look' } as const;
  const of = (ok: boolean, ...diagnostics: Ended['diagnostics']): Ended => ({ ok, diagnostics });
  expect(of(true, told)).toSettle();
  expect(of(false)).not.toSettle();
  const text = await failureOf(() => expect(of(false, told)).toSettle());
  expect(text).toMatch(/^expected the apply to settle; it prints:\n.*NLA01.*the bridge brq1 was not made/);
  expect(text).toContain('hint: look');
  expect(await failureOf(() => expect(of(false)).toSettle())).toBe('expected the apply to settle; it prints nothing');
  expect(await failureOf(() => expect(of(true)).not.toSettle())).toBe(
    'expected the apply not to settle; it prints nothing',
  );
});

test('toBeOnDisk lists the nearest folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-matchers-'));
  try {
    writeFileSync(join(folder, 'here'), '');
    expect(join(folder, 'here')).toBeOnDisk();
    expect(join(folder, 'there')).not.toBeOnDisk();
    const text = await failureOf(() => expect(join(folder, 'there/below')).toBeOnDisk());
    expect(text).toBe(`expected ${folder}/there/below to be on disk; in ${folder}: here`);
    expect(await failureOf(() => expect(join(folder, 'here')).not.toBeOnDisk())).toContain('not to be on disk');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('pings of a network', () => {
  /** A network whose pings exit with this code. */
  const network = (code: number): Pinging & { asked: string[] } => ({
    asked: [],
    try(member, script) {
      this.asked.push(script);
      const stdout = script.startsWith('ping') ? '0 received\n' : 'eth0 UP 10.0.0.5/24\n';
      return Promise.resolve({
        code: script.startsWith('ping') ? code : 0,
        stdout: `${member}: ${stdout}`,
        stderr: '',
      });
    },
  });

  test('toPing tries the given number of times, and shows the output of ping and the state of the member', async () => {
    await expect(network(0)).toPing('vm1', '10.0.0.1');
    const silent = network(1);
    const text = await failureOf(() => expect(silent).toPing('vm1', '10.0.0.1', 2));
    expect(silent.asked.filter((script) => script.startsWith('ping'))).toHaveLength(2);
    expect(text).toContain('expected vm1 to reach 10.0.0.1 by ping, but none of 2 was answered:\nvm1: 0 received');
    expect(text).toContain('on vm1:\nvm1: eth0 UP 10.0.0.5/24');
    await expect(silent).not.toPing('vm1', '10.0.0.1', 1);
    expect(await failureOf(() => expect(network(0)).not.toPing('vm1', '10.0.0.1'))).toContain(
      'vm1 not to reach 10.0.0.1',
    );
  });

  test('toGetNoAnswer shows who answered', async () => {
    await expect(network(1)).toGetNoAnswer('vm1', '10.0.0.1');
    const text = await failureOf(() => expect(network(0)).toGetNoAnswer('vm1', '10.0.0.1'));
    expect(text).toContain('expected vm1 to get no answer from 10.0.0.1 to its pings:\nvm1: 0 received');
    expect(text).toContain('on vm1:\nvm1: eth0 UP');
  });
});

describe('pings of a node', () => {
  /** A node with a default route, whose pings exit with this code. */
  const node = (code: number, gateway = '192.0.2.1'): Asked => ({
    try(script) {
      if (script.includes('ping')) return Promise.resolve({ code, output: 'ping said so' });
      if (script.startsWith('ip -4 route'))
        return Promise.resolve({ code: 0, output: `default via ${gateway} dev eth0` });
      return Promise.resolve({ code: 0, output: 'eth0 UP 192.0.2.2/24' });
    },
  });

  test('toAnswerPing shows the output of ping and the state of its namespace', async () => {
    await expect(node(0)).toAnswerPing('203.0.113.20', 'nsenter --net=/run/wire/eth1');
    await expect(node(1)).not.toAnswerPing('203.0.113.20', 'nsenter --net=/run/wire/eth1');
    const text = await failureOf(() => expect(node(1)).toAnswerPing('203.0.113.20', 'nsenter --net=/run/wire/eth1'));
    expect(text).toContain('expected 203.0.113.20 to answer a ping from `nsenter --net=/run/wire/eth1`:\nping said so');
    expect(text).toContain('state:\neth0 UP 192.0.2.2/24');
  });

  test('toReachGateway requires the route and an answer', async () => {
    await expect(node(0)).toReachGateway('192.0.2.1');
    await expect(node(1)).not.toReachGateway('192.0.2.1');
    const text = await failureOf(() => expect(node(0, '192.0.2.9')).toReachGateway('192.0.2.1'));
    expect(text).toContain('expected the node to reach 192.0.2.1 by its default route:\nping said so');
    expect(text).toContain('state:\neth0 UP 192.0.2.2/24');
  });
});
