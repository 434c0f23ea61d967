import { sysctl } from '../../../src/kinds/sysctl/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { ROUTER, node, routerBase } from './objects.ts';

/** Sysctls. */
export const SYSCTLS: readonly KindCase[] = [
  {
    title: 'sysctl',
    base: routerBase,
    object: sysctl(ROUTER, 'net/ipv4/ip_forward', '1', ORIGIN),
    updates: { value: sysctl(ROUTER, 'net/ipv4/ip_forward', '0', ORIGIN) },
    damages: {},
    fixed: {},
    stays: true,
  },
  {
    title: 'sysctl of a device of the node itself',
    base: routerBase,
    object: sysctl({ node, netns: null }, 'net/ipv6/conf/tap1/disable_ipv6', '1', ORIGIN),
    updates: { value: sysctl({ node, netns: null }, 'net/ipv6/conf/tap1/disable_ipv6', '0', ORIGIN) },
    damages: {},
    fixed: {},
    stays: true,
  },
];
