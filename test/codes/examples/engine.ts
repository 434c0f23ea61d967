import { nodesFirst } from '../../../src/apply/standalone/node-order.ts';
import { ipLine } from '../../../src/apply/words.ts';
import { parseView } from '../../../src/observe/view.ts';
import { ipProbe } from '../../../src/kernel/probes/ip.ts';
import { iptablesSaveProbes } from '../../../src/kernel/netfilter/iptables-save.ts';
import { parseHolder } from '../../../src/hosts/holder.ts';
import { lockFailure } from '../../../src/hosts/lock-failure.ts';
import type { Hung, Shell } from '../../../src/model/host.ts';
import { guard } from '../../../src/plan/guard.ts';
import { applyNetwork } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { decodePlan } from '../../../src/session/plan-file.ts';
import { checkSaved, savePlan } from '../../../src/session/saved-plan.ts';
import { connectionLost, notRestored, notRolledBack } from '../../../src/session/rollback-diagnostics.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { batch, change, plan } from '../../render/plan/make.ts';
import { printed, printedError, type Examples } from '../example.ts';
import { FILE, graphOf, PLAIN } from '../topologies.ts';
import { fakeShell, ip, link, type FakeNode } from '../fake-node.ts';

const NONCE = 'c0ffee';

/** The output of reading a node, with this output of its own namespace. */
function readOf(own: string, end = `@${NONCE} end\n`): string {
  return `@${NONCE} node\n\n@${NONCE} end node\n@${NONCE} namespace \n${own}\n${end}`;
}

function reading(text: string): Promise<string> {
  return printedError(() => parseView('n1', NONCE, text).namespaces.map(({ get }) => get(ipProbe)));
}

const LINKS = `@${NONCE} probe ip\n[{"ifname":"lo","flags":["UP"]}]\n[]`;

const VERSIONS = 'iptables v1.8.9 (nf_tables)\nip6tables v1.8.9 (nf_tables)';

/** A node whose iptables-save prints nothing. */
const SILENT =
  `@${NONCE} node\n@${NONCE} probe programs\n${VERSIONS}\n@${NONCE} end node\n@${NONCE} namespace \n${LINKS}\n` +
  `@${NONCE} probe kernel-names\nnft ip nat\n@${NONCE} probe iptables-save\n@${NONCE} end\n`;

export const OBSERVE_EXAMPLES: Examples = {
  NLO01: { print: () => reading(readOf(`@${NONCE} failed ip exit code 2`)) },
  NLO02: { print: () => reading(readOf(`@${NONCE} probe ip\n[{"ifname":`)) },
  NLO03: { print: () => reading(`@${NONCE} lacks iptables-save\n${readOf(LINKS)}`) },
  NLO04: { print: () => reading(readOf(LINKS, '')) },
  NLO05: {
    given: 'The kernel has the table `nat`, and iptables-save prints nothing.',
    print: () =>
      printedError(() => parseView('n1', NONCE, SILENT).namespaces.map(({ get }) => get(iptablesSaveProbes[4]))),
  },
};

const FORCE_NOTHING = { force: false, allowEmpty: false };

function deletions(count: number): Parameters<typeof guard>[0] {
  const gone = Array.from({ length: count }, (_, index) =>
    change({ kind: 'bridge', name: `brq${String(index)}`, action: 'delete' }),
  );
  return { ...plan(gone), owned: 20 };
}

export const GUARD_EXAMPLES: Examples = {
  NLG01: { print: () => guarded(deletions(12), 8) },
  NLG02: { print: () => guarded(deletions(20), 0) },
};

function guarded(planned: Parameters<typeof guard>[0], wanted: number): Promise<string> {
  const said = guard(planned, wanted, FORCE_NOTHING);
  return Promise.resolve(printed(said ? [said] : []));
}

const BRIDGE = { linkinfo: { info_kind: 'bridge' }, ifalias: 'netloom:example,nic=eth0' };
const FREE: FakeNode = { own: ip([link('lo', 1), link('eth0', 2)]) };
const OTHER: FakeNode = { own: ip([link('lo', 1), link('eth0', 2), link('brq4385b194-d1', 3, BRIDGE)]) };

/**
 * The diagnostics of an apply of the plain topology on `shells`. Its plan was made earlier, on `before`.
 */
async function applied(shells: Shells, before: Shells = shells): Promise<string> {
  const graph = graphOf(PLAIN);
  const shown = { ...(await planNetwork(graph, before)), readAt: -Infinity };
  const { diagnostics } = await applyNetwork(graph, shells, shown, {
    allow: ALLOW_ALL_DELETIONS,
    onEvent: () => undefined,
  });
  return printed(diagnostics, new Map([[FILE, PLAIN]]));
}

function on(node: FakeNode, more: Parameters<typeof fakeShell>[2] = {}): Shells {
  return new Map([['n1', fakeShell('n1', node, more)]]);
}

const REFUSED = 'RTNETLINK answers: Operation not permitted\nCommand failed -:1\n\n@part 0 1\n';
const HOLDER = parseHolder(
  'host=admin1\nuser=alice\npid=4711\ncommand=netloom apply demo.yaml\nsince=1700000000\nnow=1700000012\n',
);
const HANGS: Hung = {
  why: 'idle',
  seconds: 60,
  processes: [{ pid: 815, state: 'S', command: 'ip -batch -' }],
  stuck: [],
};
const hungJob = (hung: Hung) => () => Promise.resolve({ code: 137, output: '', hung });
const input = { language: 'yaml', text: PLAIN } as const;

const BRIDGE_ADDRESS = 'n1/-/bridge/brq4385b194-d1';
const TABLE_ADDRESS = 'n1/qrouter-12111331-44ff-504c-901b-cea473bd69ab/foreign-table/inet drops';

export const APPLY_EXAMPLES: Examples = {
  NLA01: {
    input,
    given: 'The kernel refuses a request of `ip`.',
    print: () => applied(on(FREE, { job: () => Promise.resolve({ code: 1, output: REFUSED }) })),
  },
  NLA02: { input, given: 'A created object is deleted again at once.', print: () => applied(on(FREE)) },
  NLA03: {
    given: 'A link that goes into a bridge has a name with a `#`.',
    print: () => printedError(() => ipLine(['link', 'set', 'dev', 'eth#1', 'up'], { node: 'n1' })),
  },
  NLA04: { print: () => applied(on(FREE, { lock: () => Promise.resolve({ state: 'busy', holder: HOLDER }) })) },
  NLA06: { input, given: 'A command waits for ever.', print: () => applied(on(FREE, { job: hungJob(HANGS) })) },
  NLA07: {
    input,
    given: 'A command waits for ever in the kernel.',
    print: () => {
      const stuck = HANGS.processes.map((each) => ({ ...each, state: 'D' }));
      return applied(on(FREE, { job: hungJob({ ...HANGS, processes: stuck, stuck }) }));
    },
  },
  NLA08: {
    input,
    given: 'Ctrl-C is pressed during an apply.',
    print: () => applied(on(FREE, { job: hungJob({ ...HANGS, why: 'asked' }) })),
  },
  NLA09: {
    given: 'The file system of /run is read-only.',
    print: () =>
      applied(
        on(FREE, {
          lock: () => Promise.resolve({ state: 'failed', ...lockFailure('error 30 Read-only file system') }),
        }),
      ),
  },
  NLA05: {
    input,
    given: 'The bridge is created by another program after the plan was shown.',
    print: () => applied(on(OTHER), on(FREE)),
  },
  NLA10: {
    input,
    given: '/run is full.',
    print: () => applied(on(FREE, failing(errorOfFolder('No space left on device')))),
  },
  NLA11: {
    input,
    given: '/run is read-only.',
    print: () => applied(on(FREE, failing(errorOfFolder('Read-only file system')))),
  },
  NLA12: {
    given: 'The commands that roll back fail too. Their own errors come first.',
    print: () => Promise.resolve(printed([notRolledBack([{ address: BRIDGE_ADDRESS, how: 'is new' }])])),
  },
  NLA13: {
    given: '`--heal-foreign` deletes a foreign table before another command of the apply fails.',
    print: () => Promise.resolve(printed([notRestored([{ address: TABLE_ADDRESS, how: 'is missing' }])])),
  },
  NLA14: {
    given: 'The connection to a node ends during an apply.',
    print: () => Promise.resolve(printed([connectionLost('n1')])),
  },
  NLA21: {
    input,
    given: 'The bridge is created by another program after the plan was saved.',
    print: () =>
      printedError(async () => {
        const graph = graphOf(input.text);
        const [before, now] = [await planNetwork(graph, on(FREE)), await planNetwork(graph, on(OTHER))];
        const saving = {
          source: { file: FILE, text: '' },
          options: {},
          machines: new Map(),
          version: '1.0.0',
          time: new Date(0),
          document: {},
        };
        const text = savePlan(graph, before, saving);
        checkSaved(decodePlan({ file: 'plan.json', text }), 'plan.json', graph, now, saving.machines);
      }),
  },
  NLA20: {
    given: 'A floating IP moves from `n1` to `n2` and another one from `n2` to `n1`, with `plan --script`.',
    print: () =>
      printedError(() =>
        nodesFirst(
          ['n1', 'n2', 'n1'].map((node, id) => ({
            ...batch(id, [`${node}/-/x/y`]),
            node,
            after: id === 0 ? [] : [id - 1],
          })),
        ),
      ),
  },
};

function errorOfFolder(why: string): string {
  return `mkdir: cannot create directory '/run/netloom': ${why}`;
}

/** Commands fail with this output. */
function failing(output: string): { readonly job: Shell['job'] } {
  return { job: () => Promise.resolve({ code: 1, output }) };
}
