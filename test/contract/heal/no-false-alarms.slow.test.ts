import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { compiled } from '../../support/compiled.ts';
import { applyOn, inShort, planOn } from '../../support/engine.ts';
import { testNodes, type TestNode } from '../../support/node.ts';
import { nameOf, portOf } from '../floating.ts';
import { healTopology, prepare } from './network.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'keepalived', 'radvd', 'bird', 'ipsec');
const graph: DesiredGraph = compiled(healTopology({ tun: false, release: 'zed' })).graph;
const healing: DesiredGraph = { ...graph, healForeign: true };
const R = nameOf(graph, 'netns', 'qrouter-');
const QR = portOf(graph, 'qr-')?.name ?? '';
const ROUTER = `nsenter --net=/run/netns/${R}`;
const GUEST = 'nsenter --net=/run/netloom-guests/guest';
const FOLDER = '/run/daemons';

const CONFIGURATION: Readonly<Record<string, string>> = {
  'keepalived.conf': `
global_defs {
  router_id one
  vrrp_version 3
}
vrrp_instance one {
  interface ${QR}
  state MASTER
  virtual_router_id 51
  priority 200
  advert_int 0.1
  virtual_ipaddress {
    10.0.0.100
    10.0.0.101/24
  }
  virtual_ipaddress_excluded {
    2001:db8:9::100
  }
  virtual_routes {
    10.5.0.0/16 via 10.0.0.7 dev ${QR}
    10.6.0.0/16 dev ${QR} table 77
  }
  virtual_rules {
    from 10.5.0.0/16 lookup 77 priority 500
  }
}`,
  'bird.conf': `
router id 10.0.0.1;
protocol device {}
protocol kernel { ipv4 { export all; }; }
protocol static { ipv4; route 10.8.0.0/16 blackhole; route 10.9.0.0/16 via 10.0.0.9; }`,
  'radvd.conf': `
interface eth0 {
  AdvSendAdvert on;
  MinRtrAdvInterval 3;
  MaxRtrAdvInterval 4;
  prefix 2001:db8:7::/64 { };
  route 2001:db8:8::/48 { };
};`,
  'strongswan.conf': 'charon { port = 0\n port_nat_t = 0\n }',
  // What comes from 10.0.0.0/24 and goes to 10.77.0.0/16 is to be encrypted.
  'ipsec.conf': `
conn pass
  left=127.0.0.1
  leftsubnet=10.0.0.0/24
  rightsubnet=10.78.0.0/16
  type=passthrough
  authby=never
  auto=route
conn tunnel
  left=10.0.0.1
  leftsubnet=10.0.0.0/24
  right=10.0.0.200
  rightsubnet=10.77.0.0/16
  authby=secret
  auto=route
`,
};

const START = {
  keepalived: `${ROUTER} keepalived -n -l -P -f keepalived.conf -p keepalived.pid -r vrrp.pid`,
  bird: `${ROUTER} bird -f -c bird.conf -s bird.ctl -P bird.pid`,
  radvd: `${GUEST} radvd -n -C radvd.conf -p radvd.pid -m stderr`,
  charon: `STRONGSWAN_CONF=${FOLDER}/strongswan.conf ${ROUTER} ipsec start --nofork --conf ${FOLDER}/ipsec.conf`,
};

const VIRTUAL = ['10.0.0.100/32', '10.0.0.101/24', '2001:db8:9::100/128'];

/** What each daemon adds to the router's namespace, as `ip` prints it. */
const ADDED = [
  ...VIRTUAL.map((cidr) => new RegExp(` ${cidr.replaceAll('.', '\\.')} `)),
  /^10\.5\.0\.0\/16 .* proto keepalived/m,
  /^10\.6\.0\.0\/16 .* table 77 proto keepalived/m,
  /^500:.* lookup 77 proto keepalived/m,
  /^blackhole 10\.8\.0\.0\/16 proto bird/m,
  /^10\.9\.0\.0\/16 .* proto bird/m,
  /^2001:db8:8::\/48 .* proto ra/m,
  /^default via fe80.* proto ra/m,
  / 2001:db8:7:\S+ .* dynamic/,
  /^220:.* lookup 220/m,
  /^throw 10\.0\.0\.0\/24 table 220 proto static/m,
  /^10\.77\.0\.0\/16 .* table 220 proto static/m,
  /^src 10\.0\.0\.0\/24 dst 10\.77\.0\.0\/16/m,
  /^src 10\.0\.0\.0\/24 dst 10\.78\.0\.0\/16/m,
  /^\s+socket in/m,
];

describe('daemons in a namespace of ours: no false alarm', () => {
  let node: TestNode;
  const shown = async (): Promise<string> =>
    node.sh(`for list in '-o addr' 'route show table all' '-6 route show table all' rule '-6 rule' 'xfrm policy'; do
      ${ROUTER} ip $list; done`);

  /** Waits until all of these are listed, or none of them, and returns those that are not as they should be. */
  async function wrong(patterns: readonly RegExp[], listed: boolean): Promise<string[]> {
    let left: RegExp[] = [];
    for (let i = 0; i < 100; i += 1) {
      const text = await shown();
      left = patterns.filter((pattern) => pattern.test(text) !== listed);
      if (left.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return left.map(String);
  }

  async function start(...daemons: readonly (keyof typeof START)[]): Promise<void> {
    for (const daemon of daemons) {
      await node.sh(`cd ${FOLDER}; ${START[daemon]} </dev/null >${daemon}.log 2>&1 &`);
    }
  }

  /** Expects a plan without a change and without a diagnostic, and an apply without a command. */
  async function expectQuiet(): Promise<void> {
    for (const desired of [graph, healing]) {
      const { first, batches } = await applyOn(node, desired);
      expect(inShort(first.plan.changes)).toEqual([]);
      expect(first.diagnostics.map(({ code, detail }) => `${code} ${detail ?? ''}`)).toEqual([]);
      expect(batches).toEqual([]);
    }
  }

  beforeAll(async () => {
    if (process.geteuid?.() !== 0) return;
    node = await nodes.open();
    await prepare(node, graph);
    await applyOn(node, graph);
    await node.sh(
      `mkdir ${FOLDER}; cd ${FOLDER}
       ${Object.entries(CONFIGURATION)
         .map(([file, text]) => `cat >${file} <<'END'\n${text}\nEND\n`)
         .join('')}
       ${GUEST} sh -c 'ip link set dev eth0 up; echo 1 >/proc/sys/net/ipv6/conf/eth0/forwarding'
       ${ROUTER} sh -c 'cd /proc/sys/net/ipv6/conf/${QR}; echo 2 >accept_ra; echo 64 >accept_ra_rt_info_max_plen'`,
    );
  });

  beforeEach((context) => {
    context.skip(process.geteuid?.() !== 0, 'the daemons need root');
  });

  test('keepalived, bird, radvd and charon add to it, and stop', async () => {
    await expectQuiet();
    await start('keepalived', 'bird', 'radvd', 'charon');
    expect(await wrong(ADDED, true)).toEqual([]);
    await expectQuiet();
    // They all still have what they added.
    expect(await wrong(ADDED, true)).toEqual([]);

    // A keepalived that still runs would keep the next one from starting.
    await node.sh(`cd ${FOLDER}; pids=$(cat keepalived.pid vrrp.pid bird.pid radvd.pid /run/starter.charon.pid)
      kill $(cat keepalived.pid bird.pid radvd.pid /run/starter.charon.pid)
      for pid in $pids; do i=0; while [ -e /proc/$pid ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done; done`);
    const stopped = [/ proto (?:keepalived|bird)/, /^220:/m, /^\s+socket in/m, /10\.0\.0\.100/];
    expect(await wrong(stopped, false)).toEqual([]);
    await expectQuiet();
  });

  test('an address that keepalived left when it was killed is deleted, and one by hand beside it', async () => {
    const addresses = VIRTUAL.map((cidr) => new RegExp(` ${cidr} `));
    const deletions = VIRTUAL.map((cidr) => `delete node1/${R}/address/${cidr}%${QR}`);
    await start('keepalived');
    expect(await wrong(addresses, true)).toEqual([]);
    await node.sh(`${ROUTER} ip addr add 10.0.0.55/24 brd + dev ${QR}`);
    expect(inShort((await planOn(node, graph)).plan.changes)).toEqual([`delete node1/${R}/address/10.0.0.55/24%${QR}`]);
    await node.sh(`${ROUTER} ip addr del 10.0.0.55/24 dev ${QR}`);

    // The kernel tells the child that its parent ended: one that runs then begins to delete its addresses.
    await node.sh(`cd ${FOLDER}; kill -STOP $(cat vrrp.pid); kill -9 $(cat keepalived.pid) $(cat vrrp.pid); sleep 0.2`);
    expect(inShort((await planOn(node, graph)).plan.changes).sort()).toEqual([...deletions].sort());
    await applyOn(node, graph);
    expect(await wrong(addresses, false)).toEqual([]);
    await expectQuiet();
  });
});
