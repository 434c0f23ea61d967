import type { Kind } from '../../model/kind.ts';
import { contentOf, filesProbe } from '../../kernel/probes/files.ts';
import { ledgerFile, recordOwed } from '../../kernel/effects/owed.ts';
import { performOwedEffects } from '../ledger.ts';
import { debtsFields } from './fields.ts';
import type { DebtsSpec } from './spec.ts';
import { DEBTS } from './spec.ts';

/** Effects that an interrupted apply left owed in the node's own namespace, which has no mark to record them in. */
export const debtsKind: Kind<DebtsSpec> = {
  name: DEBTS,
  ...debtsFields,
  counted: { one: 'record of owed effects', many: 'records of owed effects' },
  ownership: { ours: 'the file `/run/netloom/<topology>/debts`' },
  probes: [filesProbe],

  *observe(view, topology) {
    const content = contentOf(view, ledgerFile(topology));
    if (content === undefined) return;
    const owed = content.split('\n').filter((token) => token !== '');
    yield { node: view.node, netns: null, kind: DEBTS, name: 'debts', owner: 'ours', spec: { owed } };
  },

  isTransient: true,

  needs: () => [],
  create: ({ spec }, { topology }) => [recordOwed(topology, null, spec.owed)],
  update: ({ spec }, _observed, _fields, { topology }) => [recordOwed(topology, null, spec.owed)],
  remove: ({ node, spec }, context) => performOwedEffects(node, null, spec.owed, context),
};
