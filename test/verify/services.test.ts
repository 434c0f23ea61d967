import { describe, expect, it, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { paint } from '../../src/render/colour.ts';
import { probedService } from '../../src/render/show/probed.ts';
import type { Service } from '../../src/render/show/services.ts';
import { renderProbes } from '../../src/render/verify/probes.ts';
import { outcomesDocument } from '../../src/render/verify/json.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { askServices } from '../../src/verify/services/ask.ts';
import { judge } from '../../src/verify/services/judge.ts';
import type { Ask, ServiceProbe } from '../../src/verify/services/probe.ts';
import { serviceProbes } from '../../src/verify/services/probes.ts';

const TOPOLOGY = `
name: demo
physical_networks: { p: {}, q: {}, x: {} }
nodes:
  n1:
    reach: { via: lab }
    nics: { eth0: { physical_network: x }, eth1: { physical_network: p }, eth2: { physical_network: q } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: p } } }
networks:
  inner: { physical_network: p, dhcp: { node: n2, fixed_ip_address: 10.0.0.2 }, subnets: { a: { cidr: 10.0.0.0/24 } } }
  lone: { physical_network: q, dhcp: { node: n1 }, subnets: { b: { cidr: 10.1.0.0/24, gateway_ip: null } } }
  outer: { physical_network: x, external: true, subnets: { o: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: outer, fixed_ip_address: 192.0.2.9 }, interfaces: { a: {} } }
instances:
  vm:
    node: n1
    attach: tap
    metadata: {}
    ports:
      eth0: { network: inner, fixed_ip_address: 10.0.0.5 }
      eth1: { network: lone, fixed_ip_address: 10.1.0.5 }
floating_ips:
  whole: { floating_network: outer, floating_ip_address: 192.0.2.20, instance: vm, port: eth0 }
  ports:
    floating_network: outer
    floating_ip_address: 192.0.2.21
    port_forwardings:
      - { protocol: tcp, external_port: 8080, internal_port: 80, instance: vm, port: eth0 }
      - { protocol: udp, external_port: 53, internal_port: 53, instance: vm, port: eth0 }
`;

function probes(text = TOPOLOGY): readonly ServiceProbe[] {
  const { topology, diagnostics } = loadTopology(text, 't.yaml');
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return serviceProbes(compileTopology(topology).resolved!);
}

test('every service is asked, by a router or a DHCP server', () => {
  expect(
    probes().map(({ service, from, words }) => `${service.type} ${service.name}: ${from.node} ${from.words}: ${words}`),
  ).toEqual([
    'router r1: n1 router r1: ping 192.0.2.1 (gateway)',
    'router r1: n1 router r1: ping 10.0.0.2 (DHCP server)',
    'router r1: n2 DHCP server inner: ping 10.0.0.1 (router)',
    'router r1: n2 DHCP server inner: ping 192.0.2.1 (gateway) through the router',
    'dhcp inner: n1 router r1: DHCP request to 10.0.0.2',
    'dhcp inner: n1 router r1: DNS query for host-10-0-0-1.openstacklocal',
    'dhcp lone: n1 DHCP server lone: DNS query for host-10-1-0-5.openstacklocal',
    'router r1: n1 router r1: metadata, its proxy',
    'router r1: n2 DHCP server inner: metadata, through the router',
    'dhcp lone: n1 DHCP server lone: metadata',
    'instance vm eth0: n1 router r1: ping 10.0.0.5',
    'instance vm eth1: n1 DHCP server lone: ping 10.1.0.5',
    'floating-ip whole: n2 DHCP server inner: ping 192.0.2.20',
    'floating-ip ports: n2 DHCP server inner: TCP 192.0.2.21:8080',
  ]);
});

const MAC = 'fa:16:3e:00:00:01';
const ping = {
  type: 'ping',
  address: '10.0.0.5',
  device: 'qr-1',
  source: '10.0.0.1',
  mac: MAC,
  target: 'mustAnswer',
} as const satisfies Ask;
const guest = { ...ping, target: 'mayBeOff' } as const;
const gateway = { ...ping, mac: null, target: 'mayFilter' } as const;
const behind = { ...ping, source: null, mac: null } as const;
const dhcp = { type: 'dhcp', server: '10.0.0.2', relay: '10.0.0.1', mac: MAC, address: '10.0.0.1' } as const;
const dns = { type: 'dns', server: '10.0.0.2', name: 'vm.example.org' } as const;
const http = { type: 'http', address: '127.0.0.1', port: 9697, mark: 1 } as const;
const syn = { type: 'syn', device: 'ns-1', source: '10.0.0.2', address: '192.0.2.9', port: 80, mac: MAC } as const;
const translated = { type: 'translated', address: '192.0.2.20', fixedAddress: '10.0.0.5' } as const;
const full = { left: '1', to: MAC, arrived: '1', from: MAC, delivered: '1', arp: MAC, ms: '0.25' };
const OTHER = '02:00:00:00:00:99';

describe('what an answer means', () => {
  test.each<[Ask, Readonly<Record<string, string>>, string]>([
    [ping, full, 'ok answers'],
    [ping, { ...full, from: OTHER }, `failed ${OTHER} answers, not ${MAC}`],
    [ping, { delivered: '1' }, 'failed is not asked by qr-1: another answers'],
    [ping, { left: '1', to: MAC, arrived: '1', from: MAC, delivered: '1' }, 'failed does not answer ARP'],
    [ping, { left: '1', to: MAC, arrived: '1', from: MAC }, 'failed the answer arrives at qr-1 and is dropped'],
    [ping, { error: 'Operation not permitted' }, 'failed cannot be sent: Operation not permitted'],
    [ping, { left: '1', to: OTHER }, `failed the request goes to ${OTHER}, not to ${MAC}`],
    [ping, { arp: MAC }, 'failed answers ARP, but the request does not leave'],
    [ping, { left: '1', to: MAC, arp: MAC }, 'failed answers ARP, but no ping'],
    [ping, {}, 'failed the request does not leave by qr-1'],
    [ping, { resolving: '1' }, 'failed no answer'],
    [guest, { left: '1', to: MAC, arp: MAC }, 'ok answers ARP, no ping'],
    [guest, { resolving: '1' }, 'no-answer no answer'],
    [guest, {}, 'failed the request does not leave by qr-1'],
    [gateway, { left: '1', to: OTHER, arp: OTHER }, 'ok answers ARP, no ping'],
    [gateway, { left: '1', to: OTHER, arp: MAC }, `failed the request goes to ${OTHER}, but ${MAC} has the address`],
    [gateway, { resolving: '1' }, 'failed no answer'],
    [behind, { left: '1', arrived: '1', from: MAC, delivered: '1' }, 'ok answers'],
    [behind, { left: '1', to: MAC }, 'failed no answer'],
    [{ ...behind, device: 'lo' }, { delivered: '1' }, 'ok answers'],
    [dhcp, { offered: '10.0.0.1' }, 'ok offers 10.0.0.1'],
    [dhcp, { offered: '10.0.0.7' }, 'failed offers 10.0.0.7, not 10.0.0.1'],
    [dhcp, { error: 'Address already in use' }, 'not-asked the port of relays is taken: Address already in use'],
    [dhcp, { error: 'Network is unreachable' }, 'failed cannot be sent: Network is unreachable'],
    [dhcp, {}, 'failed no answer'],
    [dns, { code: '0', answers: '1' }, 'ok answers'],
    [dns, { code: '3', answers: '0' }, 'failed does not know the name (code 3)'],
    [dns, { error: 'Connection refused' }, 'failed Connection refused'],
    [dns, {}, 'failed no answer'],
    [http, { status: '404' }, 'ok answers (404)'],
    [http, { error: 'connected, but no answer' }, 'failed connected, but no answer'],
    [syn, { tcp: 'open' }, 'ok answers'],
    [syn, { tcp: 'refused' }, 'failed port 80 is refused'],
    [syn, {}, 'failed no answer'],
    [translated, { tracked: '1', translated: '1' }, 'no-answer is translated to 10.0.0.5, which does not answer'],
    [translated, { tracked: '1', translated: '0' }, 'failed is not translated to 10.0.0.5'],
    [translated, { tracked: '0', translated: '0' }, 'failed the router tracks no request'],
    [translated, { error: 'conntrack: No such file' }, 'not-asked conntrack: No such file'],
  ])('%j %j: %s', (ask, answer, expected) => {
    const { verdict, detail } = judge(ask, new Map(Object.entries(answer)));
    expect(`${verdict} ${detail}`).toBe(expected);
  });

  it('no answer of the program is a failure', () => {
    expect(judge(ping, undefined)).toMatchObject({ verdict: 'failed', milliseconds: undefined });
  });
});

/** Answers each request of a script from its words, as a node would. */
function node(answer: (request: string) => string | undefined) {
  return (_: string, __: string, [, ...words]: readonly string[]): Promise<string> =>
    Promise.resolve(
      words
        .filter((_word, index) => index % 2 === 1)
        .flatMap((lines) => lines.split('\n'))
        .flatMap((line) => {
          const [index = '', ...request] = line.split(' ');
          const fields = answer(request.join(' '));
          return fields === undefined ? [] : [`${index}\t${fields}\n`];
        })
        .join(''),
    );
}

const once = { retries: 0, pause: () => Promise.resolve() };

describe('asking', () => {
  it('a request that depends on another tells nothing if that one gets no ping', async () => {
    const [outside, , , through] = probes();
    const silent = await askServices(
      [outside!, through!],
      node(() => 'left=1\tto=a\tarp=a'),
      once,
    );
    expect(silent.map(({ verdict }) => verdict)).toEqual(['ok', 'not-asked']);
    const broken = await askServices(
      [outside!, through!],
      node((request) => (request.includes('qg-') ? 'left=1\tdelivered=1\tarp=a' : 'left=1\tto=a')),
      once,
    );
    expect(broken.map(({ verdict }) => verdict)).toEqual(['ok', 'failed']);
  });

  it('a floating IP with a silent guest works if the router translates', async () => {
    const whole = probes().find(({ words }) => words === 'ping 192.0.2.20')!;
    const asked = (translations: string) =>
      askServices(
        [whole],
        node((request) => (request.startsWith('ping') ? 'left=1' : translations)),
        once,
      );
    expect(await asked('tracked=1\ttranslated=1')).toMatchObject([{ verdict: 'no-answer' }]);
    expect(await asked('tracked=1\ttranslated=0')).toMatchObject([{ verdict: 'failed' }]);
  });

  it('a request that fails is repeated, with the one that it depends on', async () => {
    const [outside, , , through] = probes();
    const counts: string[] = [];
    const flaky = node((request) => {
      counts.push(request.split(' ')[0] ?? '');
      return counts.length <= 2 ? undefined : 'left=1\tdelivered=1\tarp=a';
    });
    const outcomes = await askServices([outside!, through!], flaky, { ...once, retries: 2 });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['ok', 'not-asked']);
    expect(counts).toHaveLength(3);
  });
});

describe('the results', () => {
  const [outside] = probes();
  const ok = { probe: outside!, verdict: 'ok', milliseconds: 0.25, detail: 'answers' } as const;
  const bad = { probe: outside!, verdict: 'failed', milliseconds: undefined, detail: 'no answer' } as const;
  const off = { ...bad, verdict: 'no-answer' } as const;

  it('are a table with a summary', () => {
    expect(renderProbes([ok, bad, off], paint(false))).toBe(
      [
        '✔  router r1  ping 192.0.2.1 (gateway)  from router r1  0.3 ms',
        '✘  router r1  ping 192.0.2.1 (gateway)  from router r1  no answer',
        '·  router r1  ping 192.0.2.1 (gateway)  from router r1  no answer',
        '',
        '1 of 3 requests answered, 1 failed, 1 not answered by a guest.',
        '',
      ].join('\n'),
    );
  });

  it('count in the document of verify', () => {
    expect(outcomesDocument('demo', [], { services: [ok, bad, off], untried: 0, diagnostics: [] })).toMatchObject({
      summary: { passed: 1, failed: 1, not_tried: 1 },
      probes: [
        { service: { type: 'router', name: 'r1' }, node: 'n1', from: 'router r1', verdict: 'ok', milliseconds: 0.25 },
        { verdict: 'failed', milliseconds: null },
        { verdict: 'no-answer' },
      ],
    });
  });

  it('a service that does not answer is degraded, whatever was read', () => {
    const service: Service = { node: 'n1', type: 'router', name: 'r1', object: 'q', health: 'ok', detail: '' };
    expect(probedService(service, [])).toEqual({ ...service, probe: null });
    expect(probedService(service, [ok])).toEqual({ ...service, probe: 'ok' });
    expect(probedService(service, [ok, off])).toMatchObject({ health: 'ok', probe: 'no-answer' });
    expect(probedService(service, [ok, bad])).toEqual({
      ...service,
      health: 'degraded',
      detail: 'ping 192.0.2.1 (gateway) from router r1: no answer',
      probe: 'failed',
    });
  });
});
