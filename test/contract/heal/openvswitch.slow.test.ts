import { describe } from 'vitest';
import { healTests } from './run-all.ts';

// Rules are the same whatever carries the network: the file beside this one has them.
describe('every damage to a network of Open vSwitch', () => {
  healTests((damages) => damages.filter((damage) => !/^(?:rule|chain) /.test(damage.class)), 'openvswitch');
});
