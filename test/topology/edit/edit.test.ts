import { describe, expect, test } from 'vitest';
import { addFields } from '../../../src/topology/edit/add-fields.ts';

/** Adds an id to entries, and an address to those of `addresses`. */
function add(text: string, ids: readonly string[], addresses: readonly string[] = []) {
  const pathOf = (path: string): (string | number)[] =>
    path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return addFields(new Map([['t.yaml', text]]), [
    ...ids.map((path, index) => ({ path: pathOf(path), field: 'id', value: `i${String(index)}` })),
    ...addresses.map((path) => ({ path: pathOf(path), field: 'fixed_ip_address', value: '10.0.0.9' })),
  ]);
}

describe('added in place', () => {
  const PORT = 'instances.v.ports.e';
  test.each([
    [
      'behind the nearest field that is before it in the schema; comments stay at their fields',
      'instances:\n  v: # guest\n    ports:\n      e: # port\n        # the network\n' +
        '        network: n # wire\n        # end\n',
      'instances:\n  v: # guest\n    ports:\n      e: # port\n        id: i0\n        # the network\n' +
        '        network: n # wire\n        fixed_ip_address: 10.0.0.9\n        # end\n',
      [PORT],
    ],
    [
      'in flow style',
      'instances: { v: { ports: { e: {network: n} } } } # all\n',
      'instances: { v: { ports: { e: {id: i0, network: n, fixed_ip_address: 10.0.0.9} } } } # all\n',
      [PORT],
    ],
    [
      'in a flow mapping of several lines',
      'instances:\n  v:\n    ports:\n      e: {\n        network: n, # wire\n      }\n',
      'instances:\n  v:\n    ports:\n      e: {\n' +
        '        id: i0, network: n, fixed_ip_address: 10.0.0.9, # wire\n      }\n',
      [PORT],
    ],
    [
      'in JSON, as JSON',
      '{"instances": {"v": {"ports": {"e": {"network": "n"}}}}}',
      '{"instances": {"v": {"ports": {"e": {"id": "i0", "network": "n", "fixed_ip_address": "10.0.0.9"}}}}}',
      [PORT],
    ],
    [
      'with line ends of Windows, at the end of a file without one',
      'instances:\r\n  v:\r\n    ports:\r\n      e:\r\n        network: n',
      'instances:\r\n  v:\r\n    ports:\r\n      e:\r\n        id: i0\r\n' +
        '        network: n\r\n        fixed_ip_address: 10.0.0.9',
      [PORT],
    ],
    [
      'behind a merge key; the anchor stays as it is',
      'x-p: &p { network: n }\ninstances:\n  v:\n    ports:\n      e:\n        <<: *p\n',
      'x-p: &p { network: n }\ninstances:\n  v:\n    ports:\n      e:\n        <<: *p\n        id: i0\n' +
        '        fixed_ip_address: 10.0.0.9\n',
      [PORT],
    ],
    [
      'in place of an alias, as a mapping that merges it',
      'x-p: &p { network: n }\ninstances: { v: { ports: { e: *p } } }\n',
      'x-p: &p { network: n }\ninstances: { v: { ports: { e: { <<: *p, id: i0, fixed_ip_address: 10.0.0.9 } } } }\n',
      [PORT],
    ],
    [
      'where an inherited mapping is used',
      'x-v: &v { node: a, ports: { e: { network: net } } }\ninstances:\n  v: *v\n  w:\n    <<: *v\n    listen: [1]\n',
      'x-v: &v { node: a, ports: { e: { network: net } } }\ninstances:\n' +
        '  v: { <<: *v, ports: { e: { network: net, id: i0, fixed_ip_address: 10.0.0.9 } } }\n' +
        '  w:\n    <<: *v\n    listen: [1]\n    ports:\n      e:\n        network: net\n        id: i1\n',
      [PORT, 'instances.w.ports.e'],
    ],
  ])('%s', (_, before, after, ids) => {
    expect(add(before, ids, [PORT])).toEqual({ files: [{ file: 't.yaml', before, after }], diagnostics: [] });
  });

  test('in items of a list, also on the line of the dash', () => {
    const before = 'floating_ips:\n  f:\n    port_forwardings:\n    -   protocol: tcp\n    - { protocol: udp }\n';
    const after =
      'floating_ips:\n  f:\n    port_forwardings:\n    -   id: i0\n        protocol: tcp\n' +
      '    - { id: i1, protocol: udp }\n';
    const items = ['floating_ips.f.port_forwardings.0', 'floating_ips.f.port_forwardings.1'];
    expect(add(before, items).files).toMatchObject([{ after }]);
  });

  test('as a new mapping, and in an empty one', () => {
    const before = 'networks:\n  n:\n    mtu: 1400\n    subnets: {}\n  m: { dhcp: {}, mtu: 1 }\n';
    const after =
      'networks:\n  n:\n    mtu: 1400\n    dhcp:\n      fixed_ip_address: 10.0.0.9\n    subnets: {}\n' +
      '  m: { dhcp: { fixed_ip_address: 10.0.0.9 }, mtu: 1 }\n';
    expect(add(before, [], ['networks.n.dhcp', 'networks.m.dhcp']).files).toMatchObject([{ after }]);
  });

  test('in place of the field of one address', () => {
    const text = (field: string): string => `networks: { n: { dhcp: { node: a, ${field}, mac_address: x } } }\n`;
    const path = ['networks', 'n', 'dhcp'];
    const value = ['10.0.0.2', '10.0.1.2'];
    const { files } = addFields(new Map([['t.yaml', text('fixed_ip_address: "10.0.0.2"')]]), [
      { path, field: 'fixed_ips', value, replaces: 'fixed_ip_address' },
    ]);
    expect(files).toMatchObject([{ after: text('fixed_ips: [10.0.0.2, 10.0.1.2]') }]);
  });
});

describe('refused', () => {
  test('a field of an anchor that another entry would inherit beside its own', () => {
    const text =
      'instances:\n  v: { ports: { e: &p { network: n } } }\n' +
      '  w: { ports: { e: { <<: *p, fixed_ips: [10.0.0.3] } } }\n';
    const { files, diagnostics } = add(text, [], ['instances.v.ports.e']);
    expect(files).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'NLP70',
        summary: 'instances.w.ports.e.fixed_ip_address would come from an anchor whose own fields are added',
        range: { start: { line: 3 } },
        hint: 'write out what instances.w.ports.e takes from the anchor, instead of `<<` or an alias',
      },
    ]);
  });

  test('a list that is completed, and has a comment inside', () => {
    const text = 'networks:\n  n:\n    dhcp:\n      fixed_ips:\n        - 10.0.0.2 # first\n';
    const field = { path: ['networks', 'n', 'dhcp'], field: 'fixed_ips', value: ['10.0.0.2', '10.0.1.2'] };
    const { diagnostics } = addFields(new Map([['t.yaml', text]]), [field]);
    expect(diagnostics).toMatchObject([
      {
        code: 'NLP70',
        summary: 'networks.n.dhcp.fixed_ips is written in a form that cannot be completed in place',
        range: { start: { line: 5 } },
      },
    ]);
  });
});
