import { route } from '../../../src/kinds/route/spec.ts';
import { ORIGIN } from '../../support/engine.ts';
import type { KindCase } from './case.ts';
import { ROUTER, integration, lan, node, nodeAddress, nodePort, routerBase, varied } from './objects.ts';

const toGateway = route(ROUTER, '198.51.100.1/32', [{ device: 'qr-1' }], ORIGIN);

const byOutside = route(ROUTER, 'default', [{ gateway: '198.51.100.1', device: 'qr-1' }], ORIGIN);

const twoHops = ['10.0.0.98', '10.0.0.97'].map((gateway) => ({ gateway, device: 'qr-1' }));

const shared = route(ROUTER, '172.17.0.0/16', twoHops, ORIGIN);

const onLink = route(ROUTER, '10.9.0.0/24', [{ device: 'qr-1' }], ORIGIN);

const byGateway = route(ROUTER, 'default', [{ gateway: '10.0.0.254', device: 'qr-1' }], ORIGIN);

const nodeRoute = route({ node, netns: null }, '10.7.0.0/16', [{ gateway: '10.0.0.254', device: 'qr-1' }], ORIGIN);

/** Routes: in a namespace and of the node itself. */
export const ROUTES: readonly KindCase[] = [
  {
    title: 'route through a port of the node itself',
    ovs: true,
    base: [integration, nodePort, nodeAddress],
    object: nodeRoute,
    updates: { nexthops: varied(nodeRoute, { nexthops: [{ gateway: '10.0.0.253', device: 'qr-1' }] }) },
    damages: {},
    fixed: { protocol: 'it tells whose it is', scope: 'altered in a namespace', metric: 'altered in a namespace' },
  },
  {
    title: 'on-link route',
    base: [...routerBase, lan],
    object: onLink,
    updates: { nexthops: route(ROUTER, '10.9.0.0/24', [{ gateway: '10.0.0.7', device: 'qr-1' }], ORIGIN) },
    damages: {
      protocol: 'ip -n qrouter-1 route replace 10.9.0.0/24 dev qr-1 scope link proto boot',
      scope: 'ip -n qrouter-1 route replace 10.9.0.0/24 dev qr-1 scope global proto static',
    },
    fixed: { metric: 'part of the name' },
  },
  {
    title: 'default route',
    base: [...routerBase, lan],
    object: byGateway,
    updates: {
      nexthops: route(
        ROUTER,
        'default',
        [
          { gateway: '10.0.0.253', device: 'qr-1' },
          { gateway: '10.99.0.1', device: 'qr-1', onlink: true },
        ],
        ORIGIN,
      ),
    },
    damages: { protocol: 'ip -n qrouter-1 route replace default via 10.0.0.254' },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
  {
    title: 'route with two next hops',
    base: [...routerBase, lan],
    object: shared,
    updates: { nexthops: varied(shared, { nexthops: shared.spec.nexthops.slice(0, 1) }) },
    damages: {
      protocol:
        'ip -n qrouter-1 route replace 172.17.0.0/16 proto boot nexthop via 10.0.0.98 dev qr-1 nexthop via ' +
        '10.0.0.97 dev qr-1',
    },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
  {
    title: 'default route via a gateway outside the subnet',
    base: [...routerBase, lan, toGateway],
    object: byOutside,
    updates: { nexthops: varied(byOutside, { nexthops: byGateway.spec.nexthops }) },
    damages: { protocol: 'ip -n qrouter-1 route replace default via 198.51.100.1' },
    fixed: { metric: 'part of the name', scope: 'a gateway has but one' },
  },
];
