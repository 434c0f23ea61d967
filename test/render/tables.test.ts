import { expect, test } from 'vitest';
import { paint } from '../../src/render/colour.ts';
import { width } from '../../src/render/columns.ts';
import { renderFindings } from '../../src/render/doctor/text.ts';
import { explainedText } from '../../src/render/explain/port.ts';
import { renderSurvey } from '../../src/render/gc/text.ts';
import { renderLabStatus } from '../../src/render/lab/status.ts';
import { renderShow } from '../../src/render/show/text.ts';
import { renderOutcomes } from '../../src/render/verify/text.ts';

const COLUMNS = 80;
const NAME = 'a-long-name-of-a-thing';
const ROUTER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
const MAC = 'fa:16:3e:00:00:01';
const ADDRESSES = ['2001:db8:1111:2222:3333:4444:5555:6666/64', '192.0.2.1/24'];
const DETAIL = 'address 192.0.2.1/24 missing, route default missing, chain neutron-l3-agent-PREROUTING differs';

const probe = {
  from: NAME,
  to: NAME,
  address: '192.0.2.1',
  protocol: 'dns',
  port: undefined,
  name: 'a-long-name.of-a-host.example.org',
  succeeds: true,
  seenAs: undefined,
  speaker: { addresses: [], neighbours: [] },
  target: undefined,
} as const;
const rule = { what: 'tcp ports 1024 to 65535 over IPv6', who: `members of ${NAME} (${ADDRESSES.join(', ')})` };
const lab = { name: NAME, node: NAME, up: true };
const nics = [{ device: 'enp175s0f0np0', mac: MAC, addresses: ADDRESSES }];

const TABLES: Readonly<Record<string, (colours: ReturnType<typeof paint>) => string>> = {
  show: (colours) =>
    renderShow(
      (['node', 'router', 'instance'] as const).map((type) => ({
        node: NAME,
        type,
        name: NAME,
        object: ROUTER,
        health: 'degraded',
        detail: DETAIL,
      })),
      [
        {
          name: NAME,
          address: '203.0.113.100',
          node: NAME,
          router: NAME,
          fixed_address: '192.168.100.100',
          instance: NAME,
          health: 'missing',
          port_forwardings: [],
        },
      ],
      [
        {
          node: NAME,
          bridges: [
            {
              name: 'brq7a51a575-00',
              up: true,
              ports: Array.from({ length: 9 }, (_, i) => `tap7a51a575-0${String(i)}`),
              addresses: ['192.0.2.1/24'],
            },
          ],
          namespaces: [
            {
              name: ROUTER,
              devices: [{ name: 'qr-7a51a575-00', mac: MAC, addresses: ADDRESSES }],
              routes: [],
              nat: [],
              processes: [],
              foreign: [],
            },
          ],
        },
      ],
      colours,
      COLUMNS,
    ),
  verify: (colours) =>
    renderOutcomes(
      [{ probe, ok: false, result: 'answered', milliseconds: undefined, detail: DETAIL }],
      1,
      colours,
      COLUMNS,
    ),
  gc: (colours) =>
    renderSurvey(
      {
        topologies: [
          {
            topology: NAME,
            traces: (['namespace', 'link', 'ovs-row', 'table', 'nft-table', 'file', 'process'] as const).map(
              (sort) => ({
                node: `root@${NAME}.example.org`,
                netns: null,
                sort,
                name: NAME,
                says: NAME,
              }),
            ),
          },
        ],
        illegible: [],
        unnamed: [],
        silent: [],
      },
      colours,
      COLUMNS,
    ),
  'lab status': (colours) =>
    renderLabStatus(
      {
        name: NAME,
        up: true,
        nodes: [{ ...lab, nics, openvswitch: { up: false, dead: ['ovsdb-server', 'ovs-vswitchd'] } }],
        instances: [
          { ...lab, ports: [{ device: 'eth0', mac: MAC, address: ADDRESSES[0] ?? '', dhcp: 'asking', lease: {} }] },
        ],
        hosts: [],
      },
      't.yaml',
      colours,
      COLUMNS,
    ),
  'explain port': () =>
    explainedText(
      {
        instance: NAME,
        port: 'eth0',
        node: NAME,
        network: NAME,
        filtered: true,
        groups: [NAME, NAME],
        stateful: false,
        ingress: [{ ...rule, group: NAME }],
        egress: [{ ...rule, group: NAME, line: '/srv/networks/topology.yaml:1234' }],
        always: { ingress: [DETAIL], egress: [] },
        sources: [{ address: ADDRESSES[0] ?? '', mac: MAC }],
      },
      COLUMNS,
    ),
  doctor: (colours) =>
    renderFindings(
      [{ area: 'tools', id: 'x', name: NAME, state: 'ok', detail: `${DETAIL}, ${DETAIL}` }],
      colours,
      COLUMNS,
    ),
};

test.each(Object.entries(TABLES))('%s fits a terminal of 80 columns, with colours and without', (_, render) => {
  for (const colours of [paint(false), paint(true)]) {
    expect(
      render(colours)
        .split('\n')
        .filter((line) => width(line) > COLUMNS),
    ).toEqual([]);
  }
  expect(render(paint(false))).toContain(NAME.slice(0, 10));
});
