import type { KindCase } from './case.ts';
import { router } from './objects.ts';

/** Namespaces. */
export const NAMESPACES: readonly KindCase[] = [
  {
    title: 'namespace',
    base: [],
    object: router,
    updates: {},
    damages: {
      loUp: 'ip -n qrouter-1 link set dev lo down',
      owed: 'ip -n qrouter-1 link set dev lo alias netloom:demo,ct=0a000001',
    },
    fixed: {},
  },
];
