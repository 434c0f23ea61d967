import { expect, test } from 'vitest';
import { compileTopology } from '../../../src/compile/compile.ts';
import { renderDot } from '../../../src/render/graph/dot.ts';
import { draw } from '../../../src/render/graph/draw.ts';
import { renderMermaid } from '../../../src/render/graph/mermaid.ts';
import type { Picture } from '../../../src/render/graph/picture.ts';
import { loadTopology } from '../../../src/topology/load.ts';

const TEXT = `name: demo
physical_networks: { lan: {}, wan: {} }
nodes:
  n1: { nics: { eth1: { physical_network: lan }, eth2: { physical_network: wan, addresses: [11.0.0.2/24] } } }
networks:
  net1:
    id: 11111111-0000-4000-8000-000000000000
    physical_network: lan
    dhcp: { port_id: d1111111-0000-4000-8000-000000000000, fixed_ip_address: 10.0.0.2 }
    subnets: { sub1: { cidr: 10.0.0.0/24 } }
  ext: { id: 22222222-0000-4000-8000-000000000000, physical_network: wan, external: true, dhcp: { fixed_ip_address: 11.0.0.3 }, subnets: { sub2: { cidr: 11.0.0.0/24 } } }
routers:
  r1:
    id: 33333333-0000-4000-8000-000000000000
    node: n1
    external_gateway: { network: ext, port_id: e1111111-0000-4000-8000-000000000000, fixed_ip_address: 11.0.0.10 }
    interfaces: { sub1: { port_id: a1111111-0000-4000-8000-000000000000 } }
instances:
  vm1: { node: n1, ports: { eth0: { id: b1111111-0000-4000-8000-000000000000, network: net1, fixed_ip_address: 10.0.0.7 } } }
floating_ips:
  public: { floating_network: ext, floating_ip_address: 11.0.0.11, instance: vm1 }
hosts:
  out: { nics: { eth0: { physical_network: wan, addresses: [11.0.0.99/24] } } }
`;

function picture(text = TEXT): Picture {
  const { topology } = loadTopology(text, 't.yaml');
  return draw(topology!.doc, compileTopology(topology!).resolved!);
}

test('every part of the network is an item, with the edges that the kernel has', () => {
  expect(renderMermaid(picture())).toMatchInlineSnapshot(`
    "flowchart LR
      n2{{"lan"}}:::wire
      n4{{"wan"}}:::wire
      n17["out<br/>11.0.0.99/24"]:::host
      n18>"11.0.0.11<br/>public"]:::floatingip
      subgraph n16["n1"]
        n1["eth1"]
        n3["eth2"]
        n5[["brq11111111-00<br/>net1"]]:::bridge
        n6[["brq22222222-00<br/>ext<br/>11.0.0.2/24"]]:::bridge
        n7("tapa1111111-00")
        n9("tape1111111-00")
        n8(["r1<br/>qrouter-33333333-0000-4000-8000-000000000000"]):::router
        n10("tapd1111111-00")
        n11(["DHCP net1<br/>qdhcp-11111111-0000-4000-8000-000000000000"]):::dhcp
        n12("tap4df187e9-93")
        n13(["DHCP ext<br/>qdhcp-22222222-0000-4000-8000-000000000000"]):::dhcp
        n14("tapb1111111-00")
        n15["vm1"]:::instance
      end
      n2 --- n1
      n4 --- n3
      n1 --- n5
      n3 --- n6
      n5 --- n7
      n7 ---|"qr-a1111111-00 10.0.0.1"| n8
      n6 --- n9
      n9 ---|"qg-e1111111-00 11.0.0.10"| n8
      n5 --- n10
      n10 ---|"ns-d1111111-00 10.0.0.2"| n11
      n6 --- n12
      n12 ---|"ns-4df187e9-93 11.0.0.3"| n13
      n5 --- n14
      n14 ---|"eth0 10.0.0.7"| n15
      n4 --- n17
      n8 -.- n18
      n18 -.-|"10.0.0.7"| n15
      classDef wire fill:#eeeeee,stroke:#777777,color:#000000
      classDef bridge fill:#dbeafe,stroke:#2563eb,color:#000000
      classDef router fill:#fde68a,stroke:#b45309,color:#000000
      classDef dhcp fill:#fde68a,stroke:#b45309,color:#000000
      classDef instance fill:#dcfce7,stroke:#15803d,color:#000000
      classDef host fill:#fce7f3,stroke:#be185d,color:#000000
      classDef floatingip fill:#ffedd5,stroke:#c2410c,color:#000000
    "
  `);
});

test('a port forwarding is an edge with its ports, from the floating IP to its target instance', () => {
  const forwarded = TEXT.replace(
    'floating_ip_address: 11.0.0.11, instance: vm1 }',
    `floating_ip_address: 11.0.0.11, port_forwardings: [
    { protocol: tcp, external_port: 2222, internal_port: 22, instance: vm1 },
    { protocol: udp, external_port_range: '5000:5010', internal_port_range: '6000:6010', instance: vm1 },
    { protocol: tcp, external_port: 80, internal_port: 80, internal_ip_address: 10.0.0.99 }] }`,
  );
  const { items, clusters, edges } = picture(forwarded);
  const label = (id: string): string =>
    [...items, ...clusters.flatMap((cluster) => cluster.items)].find((item) => item.id === id)?.label.join(' ') ?? id;
  const dashed = edges.filter((edge) => edge.dashed);
  // A target address without an instance has no item.
  expect(dashed.map((edge) => [label(edge.from).split(' ')[0], label(edge.to), edge.label])).toEqual([
    ['r1', '11.0.0.11 public', undefined],
    ['11.0.0.11', 'vm1', 'tcp 2222 → 10.0.0.7:22'],
    ['11.0.0.11', 'vm1', 'udp 5000:5010 → 10.0.0.7:6000-6010'],
  ]);
});

test('the picture as DOT', () => {
  const dot = renderDot(picture());
  expect(dot).toMatch(/^graph "demo" \{/);
  expect(dot).toContain('label="brq11111111-00\\nnet1"');
  expect(dot.match(/ -- /g)).toHaveLength(renderMermaid(picture()).match(/ -(?:--|\.-)/g)!.length);
});

test('a hostile label is escaped in every format', () => {
  const evil: Picture = {
    title: '"; system("x")',
    clusters: [],
    items: [{ id: 'n1', shape: 'instance', label: ['"]; click n1 "javascript:alert(1)"', '<b>\n`#amp;\\"'] }],
    edges: [],
  };
  expect(renderMermaid(evil).split('\n')[1]).toBe(
    '  n1["#34;]; click n1 #34;javascript:alert(1)#34;<br/>#60;b#62;#92;n#96;#35;amp;#92;#34;"]:::instance',
  );
  expect(renderDot(evil).split('\n')[0]).toBe('graph "\\"; system(\\"x\\")" {');
});
