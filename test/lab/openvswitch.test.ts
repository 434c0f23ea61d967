import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labDown, labRun, labStatus, labUp, type LabTopology } from '../../src/lab/index.ts';
import { cableName } from '../../src/lab/names.ts';
import { runningLab } from '../../src/lab/entry.ts';
import { openFabric } from '../../src/lab/shell.ts';
import { stateDir } from '../../src/lab/state-dir.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { needsNamespaces, pidNamespaceOf, processesIn, traces } from './support.ts';

needsNamespaces();

const name = 'two-mechanisms';

/** Two nodes and an outside host on one wire. */
function lab(mechanism: 'linuxbridge' | 'openvswitch' = 'openvswitch'): LabTopology {
  return {
    file: 'openvswitch.yaml',
    doc: {
      name,
      physical_networks: { wire: {} },
      nodes: {
        lb: { nics: { eth0: { physical_network: 'wire', addresses: ['192.0.2.1/24'] } } },
        ovs: { mechanism, nics: { eth0: { physical_network: 'wire' } } },
      },
      hosts: { out: { listen: [80], nics: { eth0: { physical_network: 'wire', addresses: ['192.0.2.3/24'] } } } },
    },
  };
}

async function up(wanted: LabTopology): Promise<LabEvent[]> {
  const events: LabEvent[] = [];
  await labUp(wanted, { onEvent: (event) => events.push(event) });
  return events;
}

async function sh(member: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await labRun(lab(), member, ['sh', '-ec', script]);
  if (code !== 0) throw new Error(`${member}: ${script}: ${String(code)} ${stdout} ${stderr}`);
  return stdout;
}

/** A bridge of Open vSwitch with the NIC, and a port in a namespace with an address. */
const PLUG = `
  ovs-vsctl --timeout=10 -- add-br br-eth0 -- set Bridge br-eth0 datapath_type=netdev -- add-port br-eth0 eth0 \\
    -- add-port br-eth0 p0 -- set Interface p0 type=internal
  ip netns add guest
  ip link set dev p0 netns guest
  ip -n guest address add 192.0.2.2/24 dev p0
  ip -n guest link set dev p0 up`;

const ASK = `ip netns exec guest ping -c 1 -W 5 192.0.2.3 >/dev/null
  ip netns exec guest ping -c 1 -W 5 192.0.2.1 >/dev/null
  ip netns exec guest perl -MIO::Socket::INET -e '
    my $socket = IO::Socket::INET->new(PeerAddr => "192.0.2.3:80", Timeout => 5) or die "no connection: $@";
    print $socket->getline'`;

const PIDS = 'cat /var/run/openvswitch/ovsdb-server.pid /var/run/openvswitch/ovs-vswitchd.pid';

/** The transmit checksums of the switches' ends of the cables, as `ethtool -k` prints them. */
async function txChecksums(): Promise<Record<string, string>> {
  const running = await runningLab(name);
  if (running === undefined) throw new Error('the lab is down');
  const shell = await openFabric(running);
  const ends = Object.fromEntries(['node/lb', 'node/ovs', 'host/out'].map((key) => [cableName(key, 'eth0'), key]));
  try {
    const said = await shell.read(`perl -e '
      socket my $socket, 2, 2, 0 or die $!;
      for (@ARGV) {
        my $value = pack "LL", 0x16, 0;
        my $request = pack "Z16 P x16", $_, $value;
        ioctl $socket, 0x8946, $request or die $!;
        print "$_ ", (unpack "LL", $value)[1], "\\n";
      }' ${Object.keys(ends).join(' ')}`);
    const lines = said.trim().split('\n');
    return Object.fromEntries(
      lines.map((line) => {
        const [device = '', value = ''] = line.split(' ');
        return [ends[device] ?? device, value] as const;
      }),
    );
  } finally {
    await shell.close();
  }
}

function opens(file: string): boolean {
  try {
    closeSync(openSync(file, 'r+'));
    return true;
  } catch {
    return false;
  }
}

describe("a node's own Open vSwitch", () => {
  beforeEach((context) => {
    const there = ['ovs-vswitchd', 'ovsdb-server', 'ovs-vsctl'].every(
      (program) => spawnSync(program, ['--version']).status === 0,
    );
    context.skip(!there, 'Open vSwitch is not installed (package openvswitch-switch)');
    context.skip(!opens('/dev/net/tun'), '/dev/net/tun cannot be opened');
  });
  afterEach(async () => {
    await labDown(name);
  });

  it('joins the node to the wire, ends and starts again, and leaves nothing behind', async () => {
    const before = traces();
    const events = await up(lab());
    expect(events.filter(({ type }) => type === 'switch-started')).toEqual([{ type: 'switch-started', node: 'ovs' }]);
    expect(await labStatus(lab())).toMatchObject({
      nodes: [
        { name: 'lb', openvswitch: null },
        { name: 'ovs', openvswitch: { up: true, dead: [] } },
      ],
    });
    const namespace = pidNamespaceOf(stateDir(name));
    expect(await txChecksums()).toEqual({ 'node/lb': '0', 'node/ovs': '0', 'host/out': '1' });

    await sh('ovs', PLUG);
    expect(await sh('ovs', ASK)).toBe('out sees 192.0.2.2\n');
    expect(await sh('lb', 'ls /run/openvswitch 2>/dev/null || echo none')).toBe('none\n');
    expect(await sh('ovs', 'ls /var/log/openvswitch')).toBe('ovs-vswitchd.log\novsdb-server.log\n');
    const pids = await sh('ovs', PIDS);
    expect(await labUp(lab()), 'labUp alters something').toBe(false);
    expect(await sh('ovs', PIDS)).toBe(pids);

    await sh('ovs', `kill -9 $(${PIDS})`);
    expect(await labStatus(lab())).toMatchObject({
      nodes: [{}, { openvswitch: { up: false, dead: ['ovsdb-server', 'ovs-vswitchd'] } }],
    });
    expect((await up(lab())).filter(({ type }) => type !== 'lab-up')).toEqual([
      { type: 'switch-started', node: 'ovs' },
    ]);
    expect(await labStatus(lab())).toMatchObject({ nodes: [{}, { openvswitch: { up: true, dead: [] } }] });
    expect(await labUp(lab()), 'labUp alters something').toBe(false);
    expect(await sh('ovs', 'ovs-vsctl --timeout=5 get Interface p0 error ofport')).toMatch(/^\[\]\n\d+\n$/);

    // Only one of the two daemons is started again.
    const [database = '', daemon = ''] = (await sh('ovs', PIDS)).trim().split('\n');
    await sh('ovs', `kill -9 ${database}`);
    expect(await labStatus(lab())).toMatchObject({ nodes: [{}, { openvswitch: { dead: ['ovsdb-server'] } }] });
    expect(await labUp(lab()), 'labUp alters something').toBe(true);
    expect((await sh('ovs', PIDS)).trim().split('\n')[1]).toBe(daemon);
    expect(await sh('ovs', 'ovs-vsctl --timeout=5 add-br br-int -- set Bridge br-int datapath_type=netdev')).toBe('');

    expect(traces()).toEqual(before);
    expect(await labDown(name), 'labDown finds a lab').toBe(true);
    expect(processesIn(namespace)).toEqual([]);
    expect(stateDir(name)).not.toBeOnDisk();
    expect(traces()).toEqual(before);
  });

  it('starts on a running node, and still runs after the mechanism changes back: apply deletes its ports', async () => {
    await up(lab('linuxbridge'));
    await sh('ovs', 'ip link add name mine type dummy || ip link add name mine type bridge');
    expect((await up(lab())).map(({ type }) => type)).toEqual(['switch-started', 'lab-up']);
    await sh('ovs', `ip link show mine; ${PLUG}`);
    expect(await sh('ovs', ASK)).toBe('out sees 192.0.2.2\n');
    const pids = await sh('ovs', PIDS);
    expect(await labUp(lab('linuxbridge')), 'labUp alters something').toBe(false);
    expect(await sh('ovs', PIDS)).toBe(pids);
    expect(await labStatus(lab('linuxbridge'))).toMatchObject({ nodes: [{}, { openvswitch: null }] });
    expect(await labUp(lab()), 'labUp alters something').toBe(false);
  });

  it('reports why it does not start, with the fix', async () => {
    await up(lab());
    await sh('ovs', `kill -9 $(${PIDS}); echo broken >/run/openvswitch/conf.db`);
    await expect(labUp(lab())).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'NLL014',
          summary: 'Open vSwitch did not start in node ovs',
          detail: expect.stringContaining('conf.db') as string,
          hint: expect.stringContaining('netloom doctor') as string,
        },
      ],
    });
  });
});
