import { beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { process, type ProcessSpec } from '../../src/kinds/process/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { addressOf, type Resource } from '../../src/model/resource.ts';
import { recordedGraph } from '../../src/diff/recorded.ts';
import { stateOf } from '../../src/session/state.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';

const nodes = testNodes('ip', 'dnsmasq');
const HOME = '/run/netloom/demo/dhcp/net';
const STATE = `${HOME}/state`;
const AT = { node: 'node1', netns: 'qdhcp-1' };

function dnsmasq(hosts: string, change: Partial<ProcessSpec> = {}): Resource[] {
  const list = file('node1', `${HOME}/host`, hosts, ORIGIN);
  const argv = ['dnsmasq', '--no-hosts', '--no-resolv', `--pid-file=${STATE}/pid`, `--dhcp-hostsfile=${HOME}/host`];
  return [
    bridge('node1', 'brq0', { mac: 'fa:16:3e:00:00:aa' }, ORIGIN),
    netns('node1', 'qdhcp-1', ORIGIN),
    veth({ ...AT, device: 'ns-1' }, { mac: 'fa:16:3e:00:00:02', mtu: 1500, tap: 'tap1', bridge: 'brq0' }, ORIGIN),
    address({ ...AT, device: 'ns-1' }, '10.0.0.2/24', ORIGIN),
    list,
    process(
      { ...AT, state: STATE },
      {
        argv: [
          ...argv,
          `--dhcp-leasefile=${STATE}/leases`,
          '--bind-dynamic',
          '--dhcp-range=10.0.0.0,static,255.255.255.0,86400s',
          '--conf-file=/dev/null',
        ],
        rootlessArgv: ['--user=root', '--group='],
        rootArgv: [],
        inputs: hosts,
        reads: [list.name],
        reload: 'SIGHUP',
        bindings: ['10.0.0.5 fa:16:3e:00:00:05'],
        leaseDevice: 'ns-1',
        seeds: { leases: '0 fa:16:3e:00:00:05 10.0.0.5 host-10-0-0-5 *\n' },
        ...change,
      },
      ORIGIN,
      [addressOf(list)],
    ),
  ];
}

async function pids(node: TestNode): Promise<string[]> {
  const text = await node.sh(
    'for f in /proc/[0-9]*/cmdline; do case $(tr "\\0" " " <$f 2>/dev/null) in dnsmasq*) echo $f ;; esac; done',
  );
  return text.split('\n').filter((line) => line !== '');
}

describe('dnsmasq', () => {
  let node: TestNode;
  let pid = '';
  const wanted = graphOf(dnsmasq('fa:16:3e:00:00:05,10.0.0.5\n'));

  beforeAll(async () => {
    node = await nodes.open();
    await applyOn(node, wanted);
    [pid = ''] = await pids(node);
  });

  test('a new client: it reads its files again and keeps running', async () => {
    const more = graphOf(dnsmasq('fa:16:3e:00:00:05,10.0.0.5\nfa:16:3e:00:00:06,10.0.0.6\n'));
    const { first } = await applyOn(node, more);
    expect(inShort(first.plan.changes)).toEqual([
      `update node1/-/file/${HOME}/host (content)`,
      `update node1/qdhcp-1/process/${STATE} (inputs)`,
    ]);
    expect(await pids(node)).toEqual([pid]);
    expect((await applyOn(node, more)).batches).toEqual([]);
    await applyOn(node, wanted);
    expect(await pids(node)).toEqual([pid]);
  });

  test('a signal that an interrupted apply did not send is sent by the next one', async () => {
    // The file is new, and the apply that wrote it died before the signal: the stamp still names the old one.
    await node.sh(`sed -i 's/"inputs":"[^"]*"/"inputs":"old"/' ${STATE}/stamp`);
    const { first } = await applyOn(node, wanted);
    expect(inShort(first.plan.changes)).toEqual([`update node1/qdhcp-1/process/${STATE} (inputs)`]);
    expect(await pids(node)).toEqual([pid]);
  });

  test('it is recognised without its pid file', async () => {
    await node.sh(`rm ${STATE}/pid`);
    expect((await applyOn(node, wanted)).batches).toEqual([]);
  });

  test('an address that gets another MAC: the old lease is released, and it keeps running', async () => {
    const other = graphOf(dnsmasq('fa:16:3e:00:00:07,10.0.0.5\n', { bindings: ['10.0.0.5 fa:16:3e:00:00:07'] }));
    const { first } = await applyOn(node, other);
    expect(inShort(first.plan.changes)).toContain(`update node1/qdhcp-1/process/${STATE} (inputs, bindings)`);
    expect(await pids(node)).toEqual([pid]);
    expect(await node.sh(`cat ${STATE}/leases`)).toBe('');
    expect((await applyOn(node, other)).batches).toEqual([]);
    await applyOn(node, wanted);
    expect(await pids(node)).toEqual([pid]);
  });

  test('a plan back to a recorded state grants a lease again that was released since', async () => {
    await node.sh(`kill -9 ${pid.replace(/\D/g, '')}; sleep 0.05`);
    await applyOn(node, wanted);
    const before = await planOn(node, wanted);
    const other = graphOf(dnsmasq('fa:16:3e:00:00:07,10.0.0.5\n', { bindings: ['10.0.0.5 fa:16:3e:00:00:07'] }));
    await applyOn(node, other);
    expect(await node.sh(`cat ${STATE}/leases`)).toBe('');
    await applyOn(node, recordedGraph(stateOf(before)));
    expect(await node.sh(`cat ${STATE}/leases`)).toBe('0 fa:16:3e:00:00:05 10.0.0.5 host-10-0-0-5 *\n');
    expect((await applyOn(node, wanted)).batches).toEqual([]);
    [pid = ''] = await pids(node);
  });

  test('a lease with a client identifier is released too, and one that an interrupted apply missed', async () => {
    await node.sh(`kill -9 ${pid.replace(/\D/g, '')}; sleep 0.05`);
    const leases = '0 fa:16:3e:00:00:05 10.0.0.5 a 01:fa:16:3e:00:00:05\n0 fa:16:3e:00:00:08 10.0.0.8 b ff:00:01\n';
    await applyOn(
      node,
      graphOf(
        dnsmasq('fa:16:3e:00:00:05,10.0.0.5\n', {
          seeds: { leases },
          bindings: ['10.0.0.5 fa:16:3e:00:00:05', '10.0.0.8 fa:16:3e:00:00:08'],
        }),
      ),
    );
    [pid = ''] = await pids(node);
    // Its files and its stamp are as desired: only the lease must be released.
    const { first } = await applyOn(node, wanted);
    expect(inShort(first.plan.changes)).toEqual([`update node1/qdhcp-1/process/${STATE} (bindings)`]);
    expect(await pids(node)).toEqual([pid]);
    expect(await node.sh(`cut -d' ' -f3 ${STATE}/leases`)).toBe('10.0.0.5\n');
  });

  test('killed: it is started again, and nothing else changes', async () => {
    await node.sh(`kill -9 $(echo ${(await pids(node)).join(' ')} | tr -dc '0-9 '); sleep 0.05`);
    const { first } = await applyOn(node, wanted);
    expect(first.plan.changes.map(({ address: at }) => at)).toEqual([`node1/qdhcp-1/process/${STATE}`]);
    expect(await pids(node)).toHaveLength(1);
  });

  test('a second process of the same folder is ended', async () => {
    const [first] = await pids(node);
    const argv =
      'dnsmasq --no-hosts --no-resolv --port=0 --pid-file=/tmp/other ' +
      `--dhcp-leasefile=${STATE}/leases --conf-file=/dev/null --user=root --group=`;
    await node.sh(`nsenter --net=/run/netns/qdhcp-1 ${argv}`);
    expect(await pids(node)).toHaveLength(2);
    await applyOn(node, wanted);
    expect(await pids(node)).toEqual([first]);
  });

  test('one in a namespace that lost its name is ended, and another started', async () => {
    const before = await pids(node);
    await node.sh('ip netns del qdhcp-1');
    await applyOn(node, wanted);
    const now = await pids(node);
    expect(now).toHaveLength(1);
    expect(now).not.toEqual(before);
    expect(await node.sh('ls /run/netns')).toBe('qdhcp-1\n');
  });

  test('a foreign one, and one that only looks like ours, are left alone', async () => {
    await node.sh(`ip netns add theirs; nsenter --net=/run/netns/theirs dnsmasq --port=0 --pid-file=/tmp/theirs --conf-file=/dev/null --user=root --group=
      mkdir -p /tmp/x; sh -c 'exec -a "tail-of-${STATE}/leases" sleep 100' 2>/dev/null & sleep 0.05`);
    const all = await pids(node);
    expect((await applyOn(node, wanted)).batches).toEqual([]);
    await applyOn(node, graphOf([]));
    expect(await pids(node)).toHaveLength(all.length - 1);
  });

  test('it leaves no file behind if it is deleted after it died', async () => {
    await applyOn(node, wanted);
    const theirs = await node.sh('cat /tmp/theirs');
    await node.sh(
      `for p in $(echo ${(await pids(node)).join(' ')} | tr -dc '0-9 '); do
         [ $p = ${theirs.trim()} ] || kill -9 $p
       done; sleep 0.05`,
    );
    await applyOn(node, graphOf([]));
    expect((await node.try('find /run/netloom')).output).toContain('No such file');
  });

  test('one that did not start leaves seeds without a stamp, which are deleted or replaced', async () => {
    await node.sh(`mkdir -p ${STATE}; echo old >${STATE}/leases; echo 1 >${STATE}/other`);
    const { first } = await applyOn(node, wanted);
    expect(inShort(first.plan.changes)).toContain(`delete node1/-/process/${STATE}`);
    expect(await node.sh(`cat ${STATE}/leases; ls ${STATE}`)).toBe(
      '0 fa:16:3e:00:00:05 10.0.0.5 host-10-0-0-5 *\nleases\npid\nstamp\n',
    );
    expect((await applyOn(node, wanted)).batches).toEqual([]);
    await applyOn(node, graphOf([]));
    await node.sh(`mkdir -p ${STATE}; echo old >${STATE}/leases`);
    await applyOn(node, graphOf([]));
    expect((await node.try('find /run/netloom')).output).toContain('No such file');
  });
});
