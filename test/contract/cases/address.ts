import { linkLocalAddress, nicAddress } from '../../../src/kinds/address/spec.ts';
import { sysctl } from '../../../src/kinds/sysctl/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import {
  NIC,
  ROUTER,
  borrower,
  integration,
  lan,
  nicBase,
  node,
  nodeAddress,
  nodePort,
  routerBase,
  varied,
} from './objects.ts';

const linkLocal = linkLocalAddress({ ...ROUTER, device: 'qr-1' }, 'fe80::a9fe:a9fe/64', ORIGIN);

/** IP addresses: in a namespace, of a NIC and of the node itself. */
export const ADDRESSES: readonly KindCase[] = [
  {
    title: 'address in a namespace',
    base: routerBase,
    object: lan,
    updates: {
      broadcast: varied(lan, { broadcast: '10.0.0.254' }),
      scope: varied(lan, { scope: 'link' }),
      label: varied(lan, { label: 'qr-1:x' }),
    },
    damages: {},
    fixed: { device: 'part of the name', cidr: 'part of the name' },
  },
  {
    title: 'link-local address of IPv6 in a namespace',
    base: [...routerBase, sysctl(ROUTER, 'net/ipv6/conf/qr-1/disable_ipv6', '0', ORIGIN)],
    object: linkLocal,
    updates: {},
    damages: {},
    fixed: {
      device: 'part of the name',
      cidr: 'part of the name',
      scope: 'part of the address',
      label: 'IPv6 has none',
    },
  },
  {
    title: 'address of a NIC in a bridge',
    nics: { eth0: NIC },
    base: [borrower, nicBase],
    object: nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN),
    updates: {
      broadcast: varied(nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN), { broadcast: '192.168.1.254' }),
      scope: varied(nicAddress(node, 'eth0', 'brq0', '192.168.1.10/24', ORIGIN), { scope: 'link' }),
    },
    damages: {},
    fixed: {
      device: 'it moves with the NIC',
      nic: 'part of the name',
      cidr: 'part of the name',
      label: 'how it is known',
    },
  },
  {
    title: 'address of a port of the node itself',
    ovs: true,
    base: [integration, nodePort],
    object: nodeAddress,
    updates: { broadcast: varied(nodeAddress, { broadcast: '10.0.0.254' }) },
    damages: {},
    fixed: {
      device: 'part of the name',
      cidr: 'part of the name',
      label: 'altered in a namespace',
      scope: 'altered in a namespace',
    },
  },
];
