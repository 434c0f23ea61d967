import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listen, type Heard, type Listener } from '../../src/observe/listen.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'iptables', 'nft');

const R = 'qrouter-1';
const LIMIT_MS = 3000;

let node: TestNode;
let listener: Listener | undefined;
let said: Heard[] = [];

beforeAll(async () => {
  node = await nodes.open();
});

afterEach(async () => {
  listener?.end();
  await listener?.ended;
  await node.sh('for name in $(ls /run/netns); do ip netns del "$name"; done; ip link del d0 2>/dev/null || :');
});

async function until(found: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + LIMIT_MS; !found();) {
    if (Date.now() > end)
      throw new Error(`${what}: not heard in ${String(LIMIT_MS)} ms; heard ${JSON.stringify(said)}`);
    await sleep(2);
  }
}

/** Starts a listener, and returns the pid of its process. */
async function start(): Promise<string> {
  said = [];
  listener = listen(node.shell, (heard) => said.push(heard));
  await until(() => said.length > 0, 'ready');
  return (await node.sh('pgrep -xf "netloom: listener"')).trim();
}

const where = (): unknown[] => [...new Set(said.flatMap((heard) => ('netns' in heard ? [heard.netns] : [])))];

describe('a listener hears in a namespace', () => {
  const inR = (command: string): string => `nsenter --net=/run/netns/${R} ${command}`;
  test.each([
    ['a link', `ip -n ${R} link add d1 type bridge`],
    ['an address', `ip -n ${R} addr add 10.9.0.1/24 dev lo`],
    ['an IPv6 address', `ip -n ${R} addr add fd00::1/64 dev lo nodad`],
    ['a route', `ip -n ${R} route add blackhole 10.8.0.0/16`],
    ['an IPv6 route', `ip -n ${R} route add blackhole fd01::/64`],
    ['a policy rule', `ip -n ${R} rule add pref 99 table 7`],
    ['an IPv6 policy rule', `ip -n ${R} -6 rule add pref 99 table 7`],
    ['a qdisc', `tc -n ${R} qdisc add dev lo root pfifo`],
    ['forwarding', inR('sysctl -qw net.ipv4.ip_forward=1')],
    ['a rule of iptables', inR('iptables -A FORWARD -j ACCEPT')],
    ['a table of nftables', inR('nft add table inet theirs')],
  ])('%s', async (_, script) => {
    await node.sh(`ip netns add ${R}; ip -n ${R} link set lo up; ip netns add qdhcp-1; ip netns add other`);
    await start();
    expect(said).toMatchObject([{ what: 'ready', namespaces: 3 }]);
    await node.sh(script);
    await until(() => said.length > 1, script);
    await sleep(20);
    expect(where()).toEqual([R]);
  });
});

test('a listener hears the node itself, and no namespace whose name cannot be ours', async () => {
  await node.sh('ip netns add other');
  await start();
  await node.sh('ip -n other link set lo up; ip link add d0 type bridge');
  await until(() => said.length > 1, 'the link');
  expect(where()).toEqual([null]);
});

test('many changes at once are few reports', async () => {
  await node.sh(`ip netns add ${R}`);
  await start();
  await node.sh(`i=0; while [ $i -lt 200 ]; do echo "route add blackhole 10.$i.0.0/16"; i=$((i + 1)); done |
    ip -n ${R} -batch -`);
  await until(() => said.length > 1, 'the routes');
  await sleep(100);
  expect(said.length).toBeLessThan(20);
});

test('what comes is heard from then on, and what goes is not kept alive', async () => {
  await start();
  await node.sh(`ip netns add ${R}; ip link add d0 type veth peer name d1 netns ${R}`);
  await until(() => said.some(({ what }) => what === 'came'), 'the name');
  said = [];
  await node.sh(`ip -n ${R} link set lo up`);
  await until(() => where().includes(R), 'the link');
  // The kernel deletes the pair when nothing holds the namespace any more.
  const left = await node.sh(`ip netns del ${R}
    i=0; while ip link show d0 >/dev/null 2>&1 && [ $i -lt 200 ]; do sleep 0.01; i=$((i + 1)); done; echo "$i"`);
  expect(Number(left)).toBeLessThan(100);
  await until(() => said.some((heard) => heard.what === 'gone' && heard.netns === R), 'the end of the name');
});

test('the end of a process is told, also of one that had ended before', async () => {
  await start();
  const pids = (await node.sh('sleep 60 >/dev/null 2>&1 & echo $!; sleep 60 >/dev/null 2>&1 & echo $!'))
    .trim()
    .split('\n');
  const [one = '', other = ''] = pids;
  listener?.follow([Number(one), Number(other)]);
  await sleep(50);
  await node.sh(`kill -9 ${one}`);
  await until(() => said.some((heard) => heard.what === 'ended' && heard.pid === Number(one)), 'the end');
  listener?.follow([Number(one)]);
  await until(() => said.filter((heard) => heard.what === 'ended').length > 1, 'the end before');
  await node.sh(`kill -9 ${other}`);
  await sleep(100);
  expect(said.some((heard) => heard.what === 'ended' && heard.pid === Number(other))).toBe(false);
});

test('events that could not be kept are told as lost', async () => {
  await node.sh(`ip netns add ${R}`);
  const pid = await start();
  await node.sh(`kill -STOP ${pid}
    i=0; while [ $i -lt 4000 ]; do echo "route add blackhole 10.$((i / 256)).$((i % 256)).0/24"; i=$((i + 1)); done |
    ip -n ${R} -batch -
    kill -CONT ${pid}`);
  await until(() => said.some((heard) => heard.what === 'lost' && heard.netns === R), 'the loss');
});

test('it is idle when nothing happens, and ends with the supervisor, even if that is killed', async () => {
  await node.sh(`ip netns add ${R}`);
  const pid = await start();
  const woken = async (): Promise<string> => node.sh(`grep -h ctxt_switches /proc/${pid}/status`);
  const before = await woken();
  await sleep(300);
  expect(await woken()).toBe(before);
  await node.sh(`kill -9 ${String(node.shell.pid)}`).catch(() => undefined);
  await node.reopen();
  const left = await node.sh(
    `i=0; while [ -d /proc/${pid} ] && [ $i -lt 100 ]; do sleep 0.01; i=$((i + 1)); done; echo "$i"`,
  );
  expect(Number(left)).toBeLessThan(100);
});
