import type { FieldChange } from '../../model/change.ts';
import { meaningOf } from '../fields/index.ts';
import type { NetnsSpec } from './spec.ts';

const NONE: readonly never[] = [];

/** Each parameter is a difference of its own. */
function differingParameters(_desired: NetnsSpec, { parameters = NONE }: NetnsSpec): readonly FieldChange[] {
  return parameters.map(({ path, value, expected }) => ({ field: `parameters.${path}`, from: value, to: expected }));
}

/** What a difference in a namespace means. */
export const netnsFields = meaningOf<NetnsSpec>(
  {
    loUp: 'update',
    owed: 'update',
    lostRules: { change: 'update', impact: 'flap', absent: NONE },
    parameters: { tell: differingParameters, impact: 'flap' },
  },
  { create: 'none', replace: 'recreate', delete: 'recreate' },
);
