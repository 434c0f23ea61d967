import { describe } from 'vitest';
import { healTests } from './run-all.ts';

describe('every damage to links, addresses, routes, namespaces, sysctls, files and processes', () => {
  healTests((damages) => damages.filter((damage) => !/^(?:rule|chain) /.test(damage.class)));
});
