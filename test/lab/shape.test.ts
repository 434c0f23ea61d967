import { describe, expect, it } from 'vitest';
import { cableName, derivedMac, switchName } from '../../src/lab/names.ts';
import { labShape } from '../../src/lab/shape-of.ts';
import { cableAlias, createCables } from '../../src/lab/steps.ts';
import type { Topology } from '../../src/topology/types.gen.ts';
import { example } from './support.ts';

const doc: Topology = {
  name: 'demo',
  physical_networks: { wire: { mtu: 9000 }, other: {} },
  nodes: { n1: { nics: { eth0: { physical_network: 'wire' }, eth1: { physical_network: 'other', mtu: 1400 } } } },
  networks: {
    leased: {
      physical_network: 'wire',
      subnets: { a: { cidr: '10.0.0.0/24', enable_dhcp: false }, b: { cidr: '10.1.0.0/24' } },
    },
    fixed: { physical_network: 'wire', subnets: { c: { cidr: '10.2.0.0/16', enable_dhcp: false } } },
    closed: {
      physical_network: 'other',
      subnets: { d: { cidr: '10.3.0.0/24', gateway_ip: null, enable_dhcp: false } },
    },
  },
  instances: {
    g1: {
      node: 'n1',
      ports: {
        eth0: { network: 'leased', fixed_ip_address: '10.1.0.5' },
        eth1: { network: 'fixed', fixed_ip_address: '10.2.3.4' },
        eth2: { network: 'closed' },
        eth3: { network: 'leased', fixed_ip_address: '10.0.0.5' },
      },
    },
    g2: { node: 'n1', attach: 'tap', ports: { eth0: { network: 'leased' } } },
  },
  hosts: { out: { nics: { e: { physical_network: 'other' } } } },
};

describe('the shape of a lab', () => {
  it('has the members, switches and cables of the file', () => {
    const shape = labShape(example());
    expect(shape.switches).toEqual(['external', 'management', 'provider']);
    expect(shape.members.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'node/controller',
      'node/compute1',
      'node/compute2',
      'instance/test1',
      'instance/test2',
      'instance/test3',
      'host/outside',
    ]);
    expect(shape.cables).toHaveLength(9);
    expect(shape.cables.at(-1)).toEqual({
      member: 'host/outside',
      nic: 'eth2',
      network: 'external',
      mac: '00:0c:29:0d:7d:23',
      mtu: 1500,
      switchMtu: 1500,
      addresses: ['11.11.11.111/24'],
    });
  });

  it('has no instances that a hypervisor runs', () => {
    expect(labShape({ doc }).members.map(({ name }) => name)).toEqual(['n1', 'g1', 'out']);
  });

  it('uses DHCP if the subnet has it, and else sets the address', () => {
    const ports = labShape({ doc }, (instance, device) => `10.3.0.${String(instance.length + device.length)}`)
      .members[1]?.ports;
    expect(ports).toEqual([
      { device: 'eth0', mode: 'dhcp', metric: 0 },
      { device: 'eth1', mode: 'static', metric: 100, addresses: ['10.2.3.4/16'], gateway: '10.2.0.1', mtu: 9000 },
      { device: 'eth2', mode: 'static', metric: 200, addresses: ['10.3.0.6/24'] },
      { device: 'eth3', mode: 'static', metric: 300, addresses: ['10.0.0.5/24'], gateway: '10.0.0.1', mtu: 9000 },
    ]);
  });

  it('sets addresses that DHCP does not lease, and all of them without DHCP', () => {
    const withPorts = (ports: NonNullable<Topology['instances']>[string]['ports']): Topology => ({
      ...doc,
      instances: { g: { node: 'n1', ports: ports! } },
    });
    const shape = labShape({
      doc: withPorts({
        eth0: { network: 'leased', fixed_ips: ['10.0.0.5', '10.1.0.5', '10.1.0.6'] },
        eth1: { network: 'fixed', fixed_ips: ['10.2.3.4', '10.2.3.5'] },
        eth2: { network: 'leased', fixed_ips: ['10.1.0.7'] },
      }),
    });
    expect(shape.members[1]?.ports).toEqual([
      { device: 'eth0', mode: 'dhcp', metric: 0, addresses: ['10.0.0.5/24', '10.1.0.5/24', '10.1.0.6/24'] },
      {
        device: 'eth1',
        mode: 'static',
        metric: 100,
        addresses: ['10.2.3.4/16', '10.2.3.5/16'],
        gateway: '10.2.0.1',
        mtu: 9000,
      },
      { device: 'eth2', mode: 'dhcp', metric: 200 },
    ]);
  });

  it('gives every NIC the MTU of its wire, and the switch the largest', () => {
    expect(labShape({ doc }).cables.map(({ nic, mtu, switchMtu }) => [nic, mtu, switchMtu])).toEqual([
      ['eth0', 9000, 9000],
      ['eth1', 1400, 1500],
      ['e', 1500, 1500],
    ]);
  });

  it('derives names and MACs from the objects that they belong to', () => {
    expect(derivedMac('demo', 'node/n1', 'eth0')).toMatch(/^02(:[0-9a-f]{2}){5}$/);
    expect(derivedMac('demo', 'node/n1', 'eth0')).not.toBe(derivedMac('demo', 'node/n1', 'eth1'));
    expect(cableName('node/n1', 'eth0')).toHaveLength(14);
    expect(switchName('x'.repeat(63))).toHaveLength(14);
  });

  it('changes the alias of a cable if any property changes', () => {
    const [cable] = labShape({ doc }).cables;
    if (cable === undefined) throw new Error('no cable');
    expect(cableAlias(cable)).toMatch(/^node\/n1\/eth0@/);
    expect(cableAlias({ ...cable, mtu: 1 })).not.toBe(cableAlias(cable));
    expect(cableAlias({ ...cable, addresses: ['10.0.0.1/24'] })).not.toBe(cableAlias(cable));
  });

  it('accepts only words without special characters in a batch line', () => {
    const [cable] = labShape({ doc }).cables;
    if (cable === undefined) throw new Error('no cable');
    for (const nic of ['a b', 'a#', 'a\nb', '$(id)', '`id`', "'"]) {
      expect(() => createCables([{ ...cable, nic }], () => 7)).toThrow('NLL004');
    }
  });
});
