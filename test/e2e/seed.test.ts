import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { bridges, ipAddresses, namespaces, routes, verbatim } from './support/listings.ts';
import type { Network } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example } from './support/topology.ts';

/*
 * The published system: the output of its nodes, before and after its floating IP, is in seed/, typed from the
 * publication. The real kernel of this host must print the same.
 */
const ROUTER = 'qrouter-7a51a575-00f1-4709-badc-3d2866084c84';
const DHCP = 'qdhcp-30acf3ad-b938-49cd-9fb1-81cb35559e23';

const typed = (name: string): string => readFileSync(new URL(`seed/${name}.txt`, import.meta.url), 'utf8');

/** libvirt's bridge on every node: foreign, but in the publication, so it must stay. */
const VIRBR0_MACS = {
  controller: '52:54:00:57:a3:c4',
  compute1: '52:54:00:66:ff:c3',
  compute2: '52:54:00:66:ff:c3',
};

async function makeVirbr0(network: Network): Promise<void> {
  for (const [node, mac] of Object.entries(VIRBR0_MACS)) {
    await network.in(
      node,
      `set -e
      ip link add name virbr0 address ${mac} type bridge stp_state 1
      ip link add name virbr0-nic address ${mac} type veth peer name virbr0-far
      ip link set dev virbr0-nic master virbr0
      ip address add 192.168.122.1/24 brd + dev virbr0
      ip link set dev virbr0 up`,
    );
  }
}

ownLabs();

describe('the published linuxbridge + flat network', () => {
  const network = labOf(() => {
    const doc = example('e2e-seed');
    delete doc.floating_ips;
    delete doc.expect;
    return doc;
  });
  const inNamespace = (netns: string, command: string): Promise<string> =>
    network().in('controller', `ip netns exec ${netns} ${command}`);
  /** Returns the addresses of a namespace, after duplicate address detection of its link-local ones. */
  const addresses = async (look: () => Promise<string>): Promise<string[]> =>
    ipAddresses(await until(look, (text) => !text.includes('tentative')));

  describe('before the floating IP', () => {
    beforeAll(async () => {
      await makeVirbr0(network());
      await network().apply();
    });

    it('iptables -t nat -S in the router', async () => {
      const rules = await inNamespace(ROUTER, 'iptables -t nat -S');
      expect(verbatim(rules)).toEqual(verbatim(typed('router.before.iptables-t-nat-S')));
    });

    it('ip address in the router', async () => {
      expect(await addresses(() => inNamespace(ROUTER, 'ip address'))).toEqual(
        ipAddresses(typed('router.before.ip-a')),
      );
    });

    it('route in the router', async () => {
      expect(routes(await inNamespace(ROUTER, 'busybox route -n'))).toEqual(routes(typed('router.route')));
    });

    it('ip address in the DHCP server’s namespace', async () => {
      expect(await addresses(() => inNamespace(DHCP, 'ip address'))).toEqual(ipAddresses(typed('dhcp.ip-a')));
    });

    it('ip netns: two on the controller, none on the compute nodes', async () => {
      expect(namespaces(await network().in('controller', 'ip netns'))).toEqual(
        namespaces(typed('controller.ip-netns')),
      );
      expect(await network().in('compute1', 'ip netns')).toBe('');
      expect(await network().in('compute2', 'ip netns')).toBe('');
    });

    it.each(Object.keys(VIRBR0_MACS))('brctl show on %s, with libvirt’s bridge among ours', async (node) => {
      expect(bridges(await network().in(node, 'brctl show'))).toEqual(bridges(typed(`${node}.brctl-show`)));
    });

    it('ip address in test1', async () => {
      const seen = await addresses(() => until(() => network().in('test1', 'ip address show dev eth0'), hasAddress));
      expect(seen).toEqual(ipAddresses(typed('test1.ip-a')));
    });
  });

  describe('after the floating IP', () => {
    beforeAll(async () => {
      await network().edit((doc) => (doc.floating_ips = example('e2e-seed').floating_ips!));
      await network().apply();
    });

    it('iptables -t nat -S in the router', async () => {
      const rules = await inNamespace(ROUTER, 'iptables -t nat -S');
      expect(verbatim(rules)).toEqual(verbatim(typed('router.after.iptables-t-nat-S')));
    });

    it('ip address in the router', async () => {
      expect(await addresses(() => inNamespace(ROUTER, 'ip address'))).toEqual(ipAddresses(typed('router.after.ip-a')));
    });

    it('everything else is unchanged', async () => {
      expect(routes(await inNamespace(ROUTER, 'busybox route -n'))).toEqual(routes(typed('router.route')));
      expect(namespaces(await network().in('controller', 'ip netns'))).toEqual(
        namespaces(typed('controller.ip-netns')),
      );
      for (const node of Object.keys(VIRBR0_MACS)) {
        expect(bridges(await network().in(node, 'brctl show'))).toEqual(bridges(typed(`${node}.brctl-show`)));
      }
    });
  });
});

function hasAddress(text: string): boolean {
  return text.includes('inet ');
}
