import { Writable } from 'node:stream';
import { parseHolder } from '../../src/hosts/holder.ts';
import { compileTopology } from '../../src/compile/compile.ts';
import type { World } from '../../src/cli/context.ts';
import type { Engine, PlanResult } from '../../src/session/engine.ts';
import type { Interrupts } from '../../src/session/interrupts.ts';
import type { MemoryOptions } from '../../src/session/session.ts';
import { differenceOf } from '../../src/session/difference.ts';
import { recordedState } from '../../src/session/recorded-state.ts';
import { snapshotOf } from '../../src/session/snapshot.ts';
import { pinFields } from '../../src/session/pin-fields.ts';
import { createOutput, type Sink } from '../../src/cli/output.ts';
import { run } from '../../src/cli/run.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { targetName, type LabSummary } from '../../src/lab/index.ts';
import type { Shell } from '../../src/model/host.ts';
import { kindName, type Observed } from '../../src/model/resource.ts';
import { formatYaml } from '../../src/topology/format/format.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { memoryFolder } from './memory-folder.ts';
import { outlineOf } from '../../src/topology/outline.ts';
import { change, plan } from '../render/plan/make.ts';
import { checkOutput } from './json-outputs.ts';

/** A topology of one lab node, small enough to read. */
export const TOPOLOGY = `name: demo
physical_networks: { lan: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
instances:
  vm1: { node: n1, listen: [22], ports: { eth0: { network: net1 } } }
  vm2: { node: n1, ports: { eth0: { network: net1 } } }
expect:
  - { from: vm1, to: vm2 }
  - { from: vm2, to: vm1, protocol: tcp, port: 22 }
`;

export const EMPTY_PLAN: PlanResult = {
  plan: plan([]),
  views: new Map(),
  observed: [],
  diagnostics: [],
  moves: [],
  readAt: Infinity,
};
/** The node's own NIC, which exists after every operation. */
export const NIC: Observed = {
  node: 'n1',
  netns: null,
  kind: kindName('nic'),
  name: 'eth1',
  owner: 'foreign',
  spec: { bridge: null, mtu: 1500, up: true, stray: [], attributes: {}, allowDynamic: false },
};
export const ONE_CREATE: PlanResult = {
  ...EMPTY_PLAN,
  plan: plan([change({ node: 'n1', kind: 'bridge', name: 'brq1', action: 'create' })]),
};

/** A plan without changes for a node with a foreign object that disturbs traffic. */
export const FOREIGN: PlanResult = {
  ...EMPTY_PLAN,
  plan: {
    ...plan([]),
    foreign: [
      {
        node: 'n1',
        netns: 'qdhcp-1',
        kind: kindName('route'),
        name: '10.0.0.7/32',
        owner: 'foreign',
        spec: {},
        disturbs: { what: 'route 10.0.0.7/32 dev lo', why: 'changes a route' },
      },
    ],
  },
  diagnostics: [
    { code: 'NLP40', severity: 'warning', summary: 'a foreign object in qdhcp-1', detail: 'route 10.0.0.7/32 dev lo' },
  ],
};

/** A plan that deletes every object. */
export const DELETE_ALL: PlanResult = {
  ...EMPTY_PLAN,
  plan: plan(
    Array.from({ length: 10 }, (_, index) =>
      change({ node: 'n1', kind: 'bridge', name: `brq${String(index)}`, action: 'delete' }),
    ),
  ),
};

export interface FakeOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly first?: PlanResult;
  readonly env?: NodeJS.ProcessEnv;
  /** Stdout is a terminal. */
  readonly isTTY?: boolean;
  /** The width of the terminal; default: 100. */
  readonly columns?: number;
  readonly answer?: string;
  readonly signal?: AbortSignal;
  /** Interrupts of the command, instead of `signal`. */
  readonly interrupts?: Interrupts;
  /** The folder of netloom's state; default: none, and nothing is archived. */
  readonly state?: string;
  /** Where plans are remembered; default: nowhere. */
  readonly memory?: MemoryOptions;
  readonly clock?: () => number;
  /** The labs that run. */
  readonly labs?: readonly LabSummary[];
  readonly engine?: (engine: Engine) => Partial<Engine>;
  /** The answers of systemctl: the error, if any. Absent: systemd does not run. */
  readonly systemd?: (words: string) => string | undefined;
  /** The folder of its units. */
  readonly unitFolder?: string;
}

/** The result of a command line. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The calls of the engine, in order. */
  readonly calls: readonly string[];
}

/** Runs a command line against an engine that changes nothing. JSON that it prints must match its schema. */
export async function netloom(argv: readonly string[], options: FakeOptions = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const calls: string[] = [];
  const base = fakeEngine(options, calls);
  const world: World = {
    output: createOutput(sink(out, options.columns, options.isTTY), sink(err, options.columns), options.env ?? {}),
    env: options.env ?? {},
    engine: { ...base, ...options.engine?.(base) },
    signal: options.interrupts?.signal ?? options.signal ?? new AbortController().signal,
    ...(options.interrupts && { interrupts: options.interrupts }),
    ...(options.clock && { clock: options.clock }),
    state: options.state,
    memory: options.memory,
    interactive: () => options.answer !== undefined,
    ask: (question) => {
      calls.push(`ask ${question}`);
      return Promise.resolve(options.answer);
    },
    execInLab(_, target, command) {
      calls.push(
        `exec ${targetName(target)}${target.netns === null ? '' : ` in ${target.netns}`}: ${command.join(' ')}`,
      );
      return Promise.resolve(7);
    },
    leaveInterrupts: () => undefined,
    ownProgram: () => Promise.resolve(['/usr/bin/netloom']),
    systemd: () =>
      Promise.resolve({
        folder: options.unitFolder ?? '/nowhere',
        runs: options.systemd !== undefined,
        systemctl(words) {
          calls.push(`systemctl ${words.join(' ')}`);
          return Promise.resolve(options.systemd?.(words.join(' ')));
        },
      }),
    bytes: () =>
      new Writable({
        write(chunk: Buffer, _, done) {
          out.push(chunk.toString('latin1'));
          done();
        },
      }),
    decide: () => Promise.resolve('revert'),
  };
  const code = await run(argv, world);
  checkOutput(argv, out.join(''));
  return { code, out: out.join(''), err: err.join(''), calls };
}

function sink(chunks: string[], columns = 100, isTTY = false): Sink {
  return { isTTY, columns, write: (text) => chunks.push(text) > 0 };
}

/** Returns an engine that changes nothing and records its calls. */
export function fakeEngine(
  { files = { 't.yaml': TOPOLOGY }, first = EMPTY_PLAN, labs = [] }: FakeOptions,
  calls: string[],
): Engine {
  return {
    preload: () => Promise.resolve(),
    source(file) {
      const text = files[file];
      if (text !== undefined) return Promise.resolve({ file, text, folder: memoryFolder(file, files) });
      return Promise.reject(
        new DiagnosticError([{ code: 'NL001', severity: 'error', summary: `cannot read ${file}` }]),
      );
    },
    outline({ text, file, folder }) {
      const outline = outlineOf(text, folder);
      return Promise.resolve(outline && { file, ...outline });
    },
    load: ({ text, file, folder }) => Promise.resolve(loadTopology(text, file, folder)),
    format: ({ text, file }) => Promise.resolve(formatYaml(text, file)),
    pin: (desired, texts) => Promise.resolve(pinFields(desired, texts)),
    compile: (topology) => Promise.resolve(compileTopology(topology)),
    state: (source) => Promise.resolve(recordedState(source)),
    difference: (from, to, sides) => Promise.resolve(differenceOf(from, to, sides)),
    snapshot: (graph, _, views, recorded) => Promise.resolve(snapshotOf(graph, views, new Map(), recorded)),
    derives: () => Promise.resolve(false),
    compileHeld: () => Promise.resolve({ compiled: undefined, diagnostics: [], renumbered: [], removed: [] }),
    open(_, { lab, nodes }) {
      calls.push([lab ? 'open lab' : 'open', ...(nodes ?? [])].join(' '));
      return Promise.resolve(new Map<string, Shell>());
    },
    openMachines(reaches) {
      calls.push(`open ${[...reaches.keys()].join(' ') || 'this machine'}`);
      return Promise.resolve(new Map<string, Shell>());
    },
    close() {
      calls.push('close');
      return Promise.resolve();
    },
    lock: () => Promise.resolve([]),
    lockHolders: () => Promise.resolve({ holder: parseHolder(''), session: '', processes: [] }),
    unlock() {
      calls.push('unlock');
      return Promise.resolve();
    },
    read(topology) {
      calls.push(`read ${topology}`);
      return Promise.resolve(new Map<string, never>());
    },
    readUnless(topology) {
      calls.push(`read ${topology} unless it is as it was`);
      return Promise.resolve('same' as const);
    },
    survey: () => Promise.resolve({ topologies: [], illegible: [], unnamed: [], silent: [] }),
    plan(graph) {
      calls.push(`plan ${graph.resources.size === 0 ? 'nothing' : graph.topology}`);
      return Promise.resolve(first);
    },
    async apply(_, __, read, { onEvent, onLocked }) {
      calls.push('apply');
      await onLocked?.(read);
      const { plan: carried } = read;
      onEvent({ type: 'round-start', round: 1, plan: carried });
      onEvent({ type: 'settled', rounds: 1, milliseconds: 1 });
      return { ok: true, diagnostics: [], final: { ...EMPTY_PLAN, observed: [NIC] } };
    },
    lab: {
      up: () => Promise.resolve(true),
      down(name) {
        calls.push(`down ${name}`);
        return Promise.resolve(true);
      },
      list: () => Promise.resolve(labs),
      names: () => Promise.resolve(labs.map(({ name }) => name)),
      status: ({ doc }) => Promise.resolve({ name: doc.name, up: false, nodes: [], instances: [], hosts: [] }),
      inspect: ({ doc }) => Promise.resolve({ name: doc.name, up: false, machines: [] }),
      capture(_, { name, device }, { filter, count, output, onListening }) {
        calls.push(`capture ${name} on ${device}, ${String(count)}: ${filter.join(' ')}`);
        onListening();
        output.write('pcapng');
        return Promise.resolve({ packets: 2, dropped: 0 });
      },
      run(_, member, argv) {
        calls.push(`run ${member} ${argv[0] ?? ''}`);
        return Promise.resolve({
          code: 0,
          stdout: argv[0] === 'ping' ? 'time=0.21 ms' : 'vm1 sees 10.0.0.3\n',
          stderr: '',
        });
      },
    },
  };
}
