import { meaningOf } from '../fields/index.ts';
import type { RouteSpec } from './spec.ts';

/** What a difference in a route means. */
export const routeFields = meaningOf<RouteSpec>(
  {
    nexthops: { change: 'update', impact: 'flap' },
    protocol: { change: 'update', impact: 'flap' },
    scope: { change: 'update', impact: 'flap' },
    metric: { change: 'update', impact: 'flap' },
    attributes: { each: 'update', impact: 'flap' },
  },
  { create: 'none', replace: 'flap', delete: 'flap' },
);
