import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { survey } from '../../src/gc/survey.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { process as daemon } from '../../src/kinds/process/spec.ts';
import type { Netns, Resource } from '../../src/model/resource.ts';
import { addressOf } from '../../src/model/resource.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { applyOn, graphOf, inShort, ORIGIN } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'dnsmasq', 'setpriv');
const HOME = '/run/netloom/demo/dhcp/net';
const STATE = `${HOME}/state`;
const OTHER = '/run/netloom/demo/dhcp/other/state';

/** A daemon in a namespace, or in the node's own. */
function dnsmasq(at: Netns): Resource[] {
  const list = file('node1', `${HOME}/host`, 'fa:16:3e:00:00:05,10.0.0.5\n', ORIGIN);
  return [
    ...(at === null ? [] : [netns('node1', at, ORIGIN)]),
    list,
    daemon(
      { node: 'node1', netns: at, state: STATE },
      {
        argv: [
          ...['dnsmasq', '--no-hosts', '--no-resolv', '--port=0', `--pid-file=${STATE}/pid`],
          ...[`--dhcp-hostsfile=${HOME}/host`, `--dhcp-leasefile=${STATE}/leases`],
          ...['--dhcp-range=10.0.0.0,static,255.255.255.0,86400s', '--conf-file=/dev/null'],
        ],
        rootlessArgv: ['--user=root', '--group='],
        rootArgv: [],
        inputs: 'one',
        reads: [list.name],
        reload: 'SIGHUP',
        bindings: [],
        seeds: { leases: '' },
      },
      ORIGIN,
      [addressOf(list)],
    ),
  ];
}

/** Applies, and returns the changes that were planned. */
async function changesOf(node: TestNode, graph: DesiredGraph): Promise<readonly string[]> {
  return inShort((await applyOn(node, graph)).first.plan.changes);
}

/** A program that calls itself dnsmasq and has a state folder of ours among its arguments. */
function forged(state: string): string {
  return `bash -c 'exec -a dnsmasq perl -e "sleep 1000" -- --pid-file=${state}/pid'`;
}

describe.each([
  ['in a namespace of ours', 'qdhcp-1'],
  ['in the node’s own namespace', null],
] as const)('a daemon %s', (_, at) => {
  let node: TestNode;
  let pid = '';
  const desired = graphOf(dnsmasq(at));
  const started: string[] = [];

  /** Starts a program in the background, and returns its pid. */
  const start = async (program: string): Promise<string> => {
    const own = (await node.sh(`${program} </dev/null >/dev/null 2>&1 & echo $!; sleep 0.3`)).trim();
    started.push(own);
    return own;
  };
  const runs = async (process: string): Promise<boolean> => (await node.try(`kill -0 ${process}`)).code === 0;

  beforeAll(async () => {
    node = await nodes.open({ rootless: false });
    await applyOn(node, desired);
    pid = (await node.sh(`cat ${STATE}/pid`)).trim();
  });
  afterEach(async () => {
    await node.sh(`kill -9 ${started.splice(0).join(' ') || '$(sh -c "echo \\$\\$")'} 2>/dev/null || :`);
  });

  test.each([
    ['nobody, as which dnsmasq runs', 'setpriv --reuid=65534 --regid=65534 --clear-groups'],
    ['another user', 'setpriv --reuid=12345 --regid=12345 --clear-groups'],
    ['a user with a user namespace', 'setpriv --reuid=12345 --regid=12345 --clear-groups unshare -Ur'],
    ['a user with namespaces', 'setpriv --reuid=12345 --regid=12345 --clear-groups unshare -Urn'],
    [
      'nobody who reads our file',
      `setpriv --reuid=65534 --regid=65534 --clear-groups sh -c 'exec 7<${STATE}/leases; exec "$@"' sh`,
    ],
    ['root in a container', 'unshare -n -m sh -c \'mount -t tmpfs t /run && exec "$@"\' sh'],
    ['root in a container in the node’s network', 'unshare -m sh -c \'mount -t tmpfs t /run && exec "$@"\' sh'],
  ])('is not mistaken for a process of %s, which no command touches', async (_who, become) => {
    const forgeries = [await start(`${become} ${forged(STATE)}`), await start(`${become} ${forged(OTHER)}`)];
    expect(await changesOf(node, desired)).toEqual([]);
    expect(
      (await survey(node.shells)).topologies.flatMap(({ traces }) => traces.filter((t) => t.sort === 'process')),
    ).toHaveLength(1);
    await applyOn(node, graphOf([]));
    expect(await runs(pid)).toBe(false);
    expect(await Promise.all(forgeries.map(runs))).toEqual([true, true]);
    await applyOn(node, desired);
    expect(await changesOf(node, desired)).toEqual([]);
    pid = (await node.sh(`cat ${STATE}/pid`)).trim();
  });

  test('that died is started again, although another user’s process has its pid', async () => {
    const other = await start(`setpriv --reuid=12345 --regid=12345 --clear-groups ${forged(STATE)}`);
    await node.sh(`kill -9 ${pid}; sleep 0.1; echo ${other} >${STATE}/pid`);
    await applyOn(node, desired);
    expect(await runs(other)).toBe(true);
    pid = (await node.sh(`cat ${STATE}/pid`)).trim();
    expect([await runs(pid), pid === other]).toEqual([true, false]);
  });

  test('is not mistaken for a program of root that only reads its files', async () => {
    const enter = at === null ? '' : `ip netns exec ${at} `;
    const tail = await start(`${enter}tail -f ${STATE}/leases`);
    expect(await changesOf(node, desired)).toEqual([]);
    expect(await runs(tail)).toBe(true);
  });

  test('is known if it was started by hand, in another mount namespace', async () => {
    const enter = at === null ? 'unshare -m' : `ip netns exec ${at}`;
    await node.sh(`argv=$(tr '\\0' ' ' </proc/${pid}/cmdline); kill ${pid}; sleep 0.1; ${enter} $argv; sleep 0.1`);
    const byHand = (await node.sh(`cat ${STATE}/pid`)).trim();
    expect(byHand).not.toBe(pid);
    expect(await changesOf(node, desired)).toEqual([]);
    await applyOn(node, graphOf([]));
    expect(await runs(byHand)).toBe(false);
    expect((await node.try('find /run/netloom')).output).toContain('No such file');
    await applyOn(node, desired);
    pid = (await node.sh(`cat ${STATE}/pid`)).trim();
  });

  test.each(['STOP', 'HUP'])('is healed after SIG%s beside other files', async (signal) => {
    const before = (await node.sh(`cat ${STATE}/pid`)).trim();
    await node.sh(`cp -p ${HOME}/host /run/saved; : >${HOME}/host; kill -${signal} ${before}; sleep 0.1
      cp -p /run/saved ${HOME}/host`);
    const { first } = await applyOn(node, desired);
    const what = signal === 'STOP' ? 'replace' : 'update';
    expect(inShort(first.plan.changes)[0]).toMatch(new RegExp(`^${what} node1/${at ?? '-'}/process/`));
    const now = (await node.sh(`cat ${STATE}/pid`)).trim();
    expect([await runs(now), now === before]).toEqual([true, signal === 'HUP']);
    expect(await node.sh(`cut -d' ' -f3 /proc/${now}/stat`)).toBe('S\n');
    expect(await changesOf(node, desired)).toEqual([]);
  });
});

describe('a daemon in a namespace that lost its name', () => {
  test('and was started by hand is ended, with its pid file or without it', async () => {
    const node = await nodes.open({ rootless: false });
    const desired = graphOf(dnsmasq('qdhcp-1'));
    await applyOn(node, desired);
    for (const damage of [':', `rm ${STATE}/pid`]) {
      const pid = (
        await node.sh(`pid=$(cat ${STATE}/pid); argv=$(tr '\\0' ' ' </proc/$pid/cmdline); kill $pid; sleep 0.1
        ip netns exec qdhcp-1 $argv; sleep 0.1; cat ${STATE}/pid; ${damage}; ip netns del qdhcp-1`)
      ).trim();
      await applyOn(node, desired);
      expect((await node.try(`kill -0 ${pid}`)).code).not.toBe(0);
      expect(await changesOf(node, desired)).toEqual([]);
    }
  });
});
