import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  labDown,
  labExec,
  labHost,
  labList,
  labNames,
  labRun,
  labStatus,
  labUp,
  type LabTopology,
} from '../../src/lab/index.ts';
import { labsDir, stateDir } from '../../src/lab/state-dir.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { example, needsNamespaces, pidNamespaceOf, processesIn, traces, until } from './support.ts';

needsNamespaces();

const topology = example();
const { name } = topology.doc;

async function up(wanted: LabTopology): Promise<LabEvent[]> {
  const events: LabEvent[] = [];
  await labUp(wanted, { onEvent: (event) => events.push(event) });
  return events;
}

async function sh(member: string, script: string, wanted = topology): Promise<string> {
  const { code, stdout, stderr } = await labRun(wanted, member, ['sh', '-c', script]);
  if (code !== 0) throw new Error(`${member}: ${script}: ${String(code)} ${stderr}`);
  return stdout;
}

describe('a lab', () => {
  let before: unknown;
  beforeAll(() => {
    before = traces();
  });
  afterEach(async () => {
    await labDown(name);
  });

  it('comes up as in the file, and leaves nothing behind', async () => {
    const begin = Date.now();
    const events = await up(topology);
    expect(Date.now() - begin).toBeLessThan(5000);
    expect(events.at(-1)).toMatchObject({ type: 'lab-up', name, changed: true });

    const status = await labStatus(topology);
    expect(status).toMatchObject({
      name,
      up: true,
      nodes: [
        {
          name: 'controller',
          up: true,
          nics: [
            { device: 'eth0', mac: '00:0c:29:c2:46:79', addresses: ['192.168.128.100/24'] },
            { device: 'eth1', mac: '00:0c:29:c2:46:83', addresses: [] },
            { device: 'eth2', mac: '00:0c:29:c2:46:8d', addresses: [] },
          ],
        },
        { name: 'compute1', up: true },
        { name: 'compute2', up: true },
      ],
      instances: [
        { name: 'test1', node: 'compute1', up: true, ports: [{ device: 'eth0', dhcp: 'absent', address: null }] },
        { name: 'test2', node: 'compute1', up: true },
        { name: 'test3', node: 'compute2', up: true },
      ],
      hosts: [{ name: 'outside', up: true }],
    });
    const namespace = pidNamespaceOf(stateDir(name));
    expect(processesIn(namespace).length).toBeGreaterThan(7);
    expect(traces()).toEqual(before);

    expect(await labDown(name), 'labDown finds a lab').toBe(true);
    expect(await labDown(name), 'labDown finds a lab').toBe(false);
    expect(stateDir(name)).not.toBeOnDisk();
    expect(processesIn(namespace)).toEqual([]);
    expect(traces()).toEqual(before);
    expect(await labStatus(topology)).toMatchObject({ name, up: false, nodes: [{ up: false, nics: [] }, {}, {}] });
  });

  it('connects its members, each with its own name, files and namespaces', async () => {
    await up(topology);
    expect(await sh('controller', 'ping -c 1 -W 2 192.168.128.102 >/dev/null && hostname && cat /etc/hostname')).toBe(
      'controller\ncontroller\n',
    );
    const get = (address: string): string => `perl -MIO::Socket::INET -e '
      print IO::Socket::INET->new("${address}:80")->getline for 1 .. 20'`;
    expect(await sh('compute1', get('192.168.128.10'))).toBe('outside sees 192.168.128.101\n'.repeat(20));
    await sh(
      'compute1',
      'ip netns add qrouter-1; echo mine >/etc/mine; echo mine >/var/lib/mine; echo mine >/tmp/mine',
    );
    expect(await sh('compute2', 'ip netns; ls /etc/mine /var/lib/mine /tmp/mine 2>/dev/null || :')).toBe('');
    expect(await sh('compute1', 'ip netns; cat /etc/mine /var/lib/mine /tmp/mine')).toBe(
      'qrouter-1\nmine\nmine\nmine\n',
    );
    expect('/run/netns/qrouter-1').not.toBeOnDisk();
    expect(await sh('compute1', 'for d in / /usr /home; do ! touch $d/netloom-test 2>/dev/null || echo $d; done')).toBe(
      '',
    );
    expect(await sh('test1', 'ip -o link | wc -l; cat /etc/resolv.conf; hostname')).toBe('1\ntest1\n');
    expect(await sh('compute1', 'ls /run/netloom-guests; ls /run/netns')).toBe('test1\ntest2\nqrouter-1\n');
    const guest = (await sh('test1', 'readlink /proc/self/ns/net')).trim();
    expect((await sh('compute1', 'nsenter --net=/run/netloom-guests/test1 readlink /proc/self/ns/net')).trim()).toBe(
      guest,
    );
  });

  it('returns exit codes, and reports unknown names', async () => {
    await up(topology);
    const member = { kind: 'instance', name: 'test1' } as const;
    expect(await labExec(topology, { ...member, member, netns: null }, ['sh', '-c', 'exit 7'])).toBe(7);
    expect(await labRun(topology, 'outside', ['cat'], { stdin: 'in' })).toEqual({ code: 0, stdout: 'in', stderr: '' });
    await expect(labRun(topology, 'nobody', ['true'])).rejects.toThrow('NLL011');
    await labDown(name);
    await expect(labRun(topology, 'test1', ['true'])).rejects.toThrow('NLL003');
    await expect(labHost(topology, 'compute1').open()).rejects.toThrow('NLL003');
  });

  it('runs commands in the namespace of a router, after it is created', async () => {
    await up(topology);
    const member = { kind: 'node', name: 'controller' } as const;
    const router = { kind: 'router', name: 'router1', member, netns: 'qrouter-1' } as const;
    await expect(labExec(topology, router, ['true'])).rejects.toThrow('NLL016');
    await sh('controller', 'ip netns add qrouter-1; ip -n qrouter-1 link add name qr-1 type bridge');
    expect(await labExec(topology, router, ['test', '-d', '/sys/class/net/qr-1'])).toBe(0);
    expect(await labExec(topology, router, ['sh', '-c', 'kill -TERM $$'])).toBe(143);
  });

  it('is listed with its file while it runs', async () => {
    expect(await labList()).toEqual([]);
    await up(topology);
    const pid = Number(readFileSync(path.join(stateDir(name), 'pid'), 'utf8'));
    const [lab, ...others] = await labList();
    expect(others).toEqual([]);
    expect(lab).toMatchObject({ name, pid, file: path.resolve('linuxbridge-flat.yaml') });
    expect(lab).toMatchObject({ nodes: ['compute1', 'compute2', 'controller'], hosts: ['outside'] });
    expect(lab?.instances).toEqual(['test1', 'test2', 'test3']);
    expect(Math.abs(Date.now() - Date.parse(lab?.since ?? ''))).toBeLessThan(60_000);
    await up({ ...topology, file: '<stdin>' });
    expect(await labList()).toMatchObject([{ name, pid, file: null }]);
    process.kill(pid, 'SIGKILL');
    execFileSync('flock', ['-w', '5', path.join(stateDir(name), 'lock'), 'true']);
    expect(await labList()).toEqual([]);
    expect(await labNames()).toEqual([name]);
    await labDown(name);
    expect(await labNames()).toEqual([]);
  });

  it('gives a shell on each node', async () => {
    await up(topology);
    const shell = await labHost(topology, 'compute1').open();
    expect(await shell.read('hostname; readlink /proc/$$/ns/net')).toBe(
      `compute1\n${(await sh('compute1', 'readlink /proc/self/ns/net')).trim()}\n`,
    );
    expect(
      await shell.read('ip netns add x; ip netns exec x ip link set dev lo netns 1 2>/dev/null || echo refused'),
    ).toBe('refused\n');
    // By this pid other namespaces of the node can move a device back.
    expect(
      await shell.read(`ip -n x link add name t0 type veth peer name t1 && ip -n x link set dev t0 netns ${String(shell.pid)}
        ip -o link show dev t0 | cut -d@ -f1`),
    ).toMatch(/t0\n$/);
    const job = shell.job('sleep 30').catch((error: unknown) => String(error));
    await labDown(name);
    expect(await job).toMatch(/NLH005: The connection to node compute1 \(lab linuxbridge-flat\) ended/);
    await shell.close();
  });

  it('is not changed if it is up, and is updated after its file changed', async () => {
    await up(topology);
    await sh('compute1', 'ip netns add keep; ip link add name brq0 type bridge');
    expect(await up(topology)).toMatchObject([{ type: 'lab-up', changed: false }]);

    const changed = structuredClone(topology);
    const doc = changed.doc as Required<LabTopology['doc']>;
    doc.instances = {
      ...doc.instances,
      test4: { node: 'compute1', listen: [80], ports: { eth0: { network: 'flat1' } } },
    };
    delete doc.instances['test2'];
    doc.nodes = {
      ...doc.nodes,
      compute3: { nics: { eth0: { physical_network: 'extra', addresses: ['10.7.0.1/24'] } } },
    };
    doc.hosts = {
      ...doc.hosts,
      far: {
        nics: { e0: { physical_network: 'extra', addresses: ['10.7.0.2/24'] } },
        routes: [{ destination: '0.0.0.0/0', nexthop: '10.7.0.1' }],
      },
    };
    const events = await up(changed);
    expect(events.map((event) => ('kind' in event ? `${event.type} ${event.kind} ${event.name}` : event.type))).toEqual(
      [
        'member-removed instance test2',
        'member-added node compute3',
        'member-added instance test4',
        'member-added host far',
        'cable-added',
        'cable-added',
        'lab-up',
      ],
    );
    expect(await sh('compute1', 'ip netns; ls /run/netloom-guests; ip -o link show dev brq0 | wc -l', changed)).toBe(
      'keep\ntest1\ntest4\n1\n',
    );
    expect(await sh('far', 'ping -c 1 -W 2 10.7.0.1 >/dev/null; ip route show default', changed)).toBe(
      'default via 10.7.0.1 dev e0 \n',
    );
    await expect(labRun(changed, 'test2', ['true'])).rejects.toThrow('NLL011');

    const moved = structuredClone(changed);
    moved.doc.hosts!['far']!.nics!['e0']!.addresses = ['10.7.0.3/24'];
    await up(moved);
    expect(await sh('far', 'ip route show default', moved)).toBe('default via 10.7.0.1 dev e0 \n');

    await up(topology);
    expect(await sh('compute1', 'ip netns; ls /run/netloom-guests')).toBe('keep\ntest1\ntest2\n');
    expect(await labStatus(topology)).toMatchObject({ nodes: [{}, {}, {}], hosts: [{ name: 'outside' }] });
    await expect(labRun(changed, 'compute3', ['true'])).rejects.toThrow('NLL008');
  });

  it('replaces a changed NIC, and repairs damage', async () => {
    await up(topology);
    const changed = structuredClone(topology);
    const nic = changed.doc.nodes?.['compute2']?.nics?.['eth0'];
    if (nic === undefined) throw new Error('no NIC');
    nic.addresses = ['192.168.128.202/24'];
    expect((await up(changed)).map(({ type }) => type)).toEqual(['cable-removed', 'cable-added', 'lab-up']);
    expect(await sh('controller', 'ping -c 1 -W 2 192.168.128.202 >/dev/null; echo $?')).toBe('0\n');

    await labRun(topology, 'test3', ['sh', '-c', 'kill -9 $(cat /run/netloom-lab/instance/test3/pid)']);
    expect((await up(changed)).map(({ type }) => type)).toEqual(['member-removed', 'member-added', 'lab-up']);
    expect(await sh('compute2', 'nsenter --net=/run/netloom-guests/test3 ip -o link | wc -l')).toBe('1\n');
  });

  it('ends with its first process, and starts again', async () => {
    await up(topology);
    const namespace = pidNamespaceOf(stateDir(name));
    process.kill(Number(readFileSync(path.join(stateDir(name), 'pid'), 'utf8')), 'SIGKILL');
    execFileSync('flock', ['-w', '5', path.join(stateDir(name), 'lock'), 'true']);
    expect(await labStatus(topology)).toMatchObject({ up: false });
    await until(
      2000,
      () => Promise.resolve(processesIn(namespace)),
      (pids) => pids.length === 0,
    );
    expect((await up(topology))[0]).toMatchObject({ type: 'lab-started' });
  });

  it('is started once by two callers at the same time', async () => {
    const [first, second] = await Promise.all([up(topology), up(topology)]);
    const started = [...first, ...second].filter(({ type }) => type === 'lab-started');
    expect(started).toHaveLength(1);
    expect([first.at(-1), second.at(-1)].map((event) => event?.type === 'lab-up' && event.changed).sort()).toEqual([
      false,
      true,
    ]);
  });

  it('is not left behind incomplete', async () => {
    const broken = structuredClone(topology);
    const nic = broken.doc.nodes?.['compute2']?.nics?.['eth0'];
    if (nic === undefined) throw new Error('no NIC');
    nic.mtu = 1_000_000;
    await expect(up(broken)).rejects.toThrow('NLH006');
    expect(stateDir(name)).not.toBeOnDisk();
    expect(labsDir()).toBeOnDisk();
    expect(traces()).toEqual(before);
  });

  it('refuses a hostile folder', async () => {
    await promisify(execFile)('sh', ['-c', 'mkdir -p "$1" && chmod 777 "$1"', 'sh', stateDir(name)]);
    await expect(up(topology)).rejects.toThrow('NLL001');
  });
});
