import { heldWarnings, renumbered } from '../../../src/compile/renumbered.ts';
import { missingEntries } from '../../../src/compile/missing.ts';
import { renamedWarnings } from '../../../src/compile/renamed.ts';
import { entriesByNode } from '../../../src/features/held/entries.ts';
import { readHeldFiles } from '../../../src/features/held/read.ts';
import { file } from '../../../src/kinds/file/spec.ts';
import { NOTHING_HELD } from '../../../src/model/held.ts';
import type { DiagnosticError } from '../../../src/model/diagnostic.ts';
import { pinsOf } from '../../../src/compile/pins.ts';
import { resolveTopology } from '../../../src/resolve/resolve.ts';
import { renumberRefusal } from '../../../src/session/guard.ts';
import { refuseChanged } from '../../../src/session/pin.ts';
import { addFields } from '../../../src/topology/edit/add-fields.ts';
import { validTopology } from '../../support/compiled.ts';
import { printed, type Examples } from '../example.ts';
import { FILE, PLAIN } from '../topologies.ts';

/** The topology's one instance has this address on the nodes. */
function resolvedWith(address: string) {
  const topology = validTopology(PLAIN, FILE);
  const fresh = resolveTopology(topology).resolved;
  const [port] = fresh?.derived ?? [];
  if (!fresh || !port) throw new Error('nothing is derived');
  const held = { ...NOTHING_HELD, ports: new Map([[port.id, { addresses: [address] }]]) };
  const { resolved, moved } = resolveTopology(topology, held);
  if (!resolved) throw new Error('it does not resolve');
  return { fresh, resolved, moved: renumbered(moved) };
}

/** A second guest inherits from the anchor of the first one, and has addresses of its own. */
const ANCHORED = `${PLAIN.replace('{ network: lan }', '&port { network: lan }')}\
  vm2: { node: n1, ports: { eth0: { <<: *port, fixed_ips: [10.0.0.7] } } }
`;

export const HELD_EXAMPLES: Examples = {
  NLP50: {
    given: 'The instance has 10.9.9.9 on its node, and the subnet was changed.',
    print: () => Promise.resolve(printed(resolvedWith('10.9.9.9').moved, new Map([[FILE, PLAIN]]))),
  },
  NLP51: {
    given: 'The instance has 10.0.0.77 on its node, and the file gives it no address.',
    print() {
      const { fresh, resolved } = resolvedWith('10.0.0.77');
      return Promise.resolve(printed(heldWarnings(fresh, resolved, `netloom pin ${FILE}`)));
    },
  },
  NLP52: {
    given: 'Another user may write the file.',
    print() {
      const { node, netns, kind, name, spec } = file('n1', '/run/netloom/example/held', '', { path: 'n1' }, '666');
      const at = () => [{ node, netns, kind, name, spec, owner: 'ours' }] as never;
      return Promise.resolve(printed(readHeldFiles('example', { at }).diagnostics));
    },
  },
  NLP54: {
    given: 'The network was created as `lan`, and is called `inside` in the file now.',
    print() {
      const before = resolveTopology(validTopology(PLAIN, FILE)).resolved;
      const text = PLAIN.replace('  lan:\n', '  inside:\n').replace('network: lan', 'network: inside');
      const { resolved } = resolveTopology(validTopology(text, FILE));
      if (!before || !resolved) throw new Error('it does not resolve');
      const entries = entriesByNode(before, new Map([['n1', ['lan']]]), new Map()).get('n1') ?? [];
      return Promise.resolve(
        printed(renamedWarnings(resolved, entries, missingEntries(resolved, entries)), new Map([[FILE, text]])),
      );
    },
  },
  NLP70: {
    given: 'A file with an anchor, and `pin`.',
    print() {
      const topology = validTopology(ANCHORED, FILE);
      const { resolved } = resolveTopology(topology);
      if (!resolved) throw new Error('it does not resolve');
      const texts = new Map([[FILE, ANCHORED]]);
      return Promise.resolve(printed(addFields(texts, pinsOf(topology, resolved)).diagnostics, texts));
    },
  },
  NLP71: {
    given: 'The file is saved while `pin` runs.',
    async print() {
      const source = () => Promise.resolve({ file: FILE, text: `${PLAIN}# a new line\n` });
      const session = { engine: { source } } as never;
      const refused = refuseChanged(session, { file: FILE, before: PLAIN, after: PLAIN });
      return printed((await refused.catch((error: unknown) => (error as DiagnosticError).diagnostics)) ?? []);
    },
  },
  NLP53: {
    given: 'As above, and `apply` is run without `--max-impact renumber`.',
    print() {
      const refused = renumberRefusal(resolvedWith('10.9.9.9').moved, { force: false, allowEmpty: false });
      return Promise.resolve(printed(refused ? [refused] : []));
    },
  },
};
