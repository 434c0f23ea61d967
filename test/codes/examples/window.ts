import {
  irreversible,
  notArmed,
  nothingWaits,
  partlyKept,
  revertedEarlier,
  revertedNow,
  stillDiffers,
  tooEarly,
  undecided,
  unmet,
  waitsToBeConfirmed,
} from '../../../src/session/window/words.ts';
import type { Diagnostic } from '../../../src/model/diagnostic.ts';
import type { Outcome } from '../../../src/verify/probe.ts';
import { printed, type Example, type Examples } from '../example.ts';

const REPORT = { topology: 'demo', id: '', why: 'timeout', equal: true, differences: [], log: [] };
const DIFFERENT = { ...REPORT, equal: false, differences: ['+ - route 192.0.2.0/24 dev eth0'] };
const WINDOW = { topology: 'demo', id: '', state: 'waiting', left: 87, decided: false, dead: false } as const;
const LOST: Diagnostic = { code: 'NLH005', severity: 'error', summary: 'The connection to node n1 ended' };

function example(given: string, ...diagnostics: readonly Diagnostic[]): Example {
  return { given, print: () => Promise.resolve(printed(diagnostics)) };
}

const UNMET: Outcome = {
  probe: {
    from: 'guest',
    to: 'web',
    address: '10.1.0.11',
    protocol: 'tcp',
    port: 80,
    name: undefined,
    succeeds: true,
    seenAs: undefined,
    speaker: { addresses: [], neighbours: [] },
    target: undefined,
  },
  ok: false,
  result: 'no-answer',
  milliseconds: undefined,
  detail: 'no answer',
};

export const WINDOW_EXAMPLES: Examples = {
  NLA15: example('`apply --lab --confirm 120s` of a file whose change closes port 80.', unmet([UNMET])),
  NLA16: example('`netloom confirm t.yaml` while `apply --confirm 120s` still runs.', tooEarly('n1', 't.yaml')),
  NLA30: example(
    '`netloom apply --confirm 120s` waits for an answer, and another terminal applies.',
    waitsToBeConfirmed('n1', WINDOW),
  ),
  NLA31: example('`--heal-foreign` with `--confirm`.', irreversible('n1', 'n1/qrouter-1/foreign/rule 100')),
  NLA32: example('/run is full.', notArmed('n1', 'sh: write error: No space left on device')),
  NLA33: example('Nobody presses ENTER.', revertedNow({ node: 'n1', report: REPORT })),
  NLA34: example('Meanwhile another program has added a route.', ...stillDiffers({ node: 'n1', report: DIFFERENT })),
  NLA35: example('The confirmation reaches one of two nodes too late.', ...partlyKept(['n1'], ['n2'])),
  NLA36: example('`netloom confirm t.yaml`, and the time is over.', nothingWaits('t.yaml', 'demo')),
  NLA37: example('netloom was killed before anybody confirmed.', ...revertedEarlier({ node: 'n1', report: REPORT })),
  NLA38: example(
    'The same, and another program has added a route.',
    ...revertedEarlier({ node: 'n1', report: DIFFERENT }),
  ),
  NLA39: example('The change cuts the connection to the node.', undecided('n1', [LOST])),
};
