import type { Command } from '../../model/command.ts';
import { needOf, type Kind } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Netns, Observed, Resource } from '../../model/resource.ts';
import { filesProbe, topologyFolder } from '../../kernel/probes/files.ts';
import { DAEMONS, daemonOf, programOf } from '../../kernel/daemons/index.ts';
import { missingProgram, programsProbe } from '../../kernel/probes/programs.ts';
import { listenersProbe } from './listeners.ts';
import { namespaceOf, processesProbe, stateOf } from './processes.ts';
import { portTaken } from './port-taken.ts';
import { stale } from './bindings.ts';
import { isNewStart, processFields } from './fields.ts';
import type { ProcessFacts, ProcessSpec } from './spec.ts';
import { closedFolders, openFolders, unchangedFiles } from './inputs.ts';
import { readStamp, writeStamp } from './stamp.ts';
import { addressesOf } from '../address/spec.ts';
import { fileRef } from '../file/spec.ts';
import { netnsRef } from '../netns/spec.ts';
import { PROCESS } from './spec.ts';
import { describe, shown } from './words.ts';

/**
 * Returns the state folders of daemons that have ended, or never started: those have no stamp, so their namespace is
 * unknown. The remains of a daemon are deleted before it is started again.
 */
function* leftBehind(view: NodeView, running: ReadonlySet<string>): Iterable<Observed<ProcessSpec, ProcessFacts>> {
  const states = new Set((view.get(filesProbe)?.files ?? []).map(({ path }) => stateOf(path)));
  for (const state of states) {
    if (state === undefined || running.has(state)) continue;
    const { netns = null, ...stamp } = readStamp(view, state);
    const spec: ProcessSpec = { ...stamp, argv: [], bindings: [], reads: [] };
    yield { node: view.node, netns, kind: PROCESS, name: state, owner: 'ours', spec, incomplete: 'it has ended' };
  }
}

/** Returns the commands that write what a daemon finds when it starts. `keep`: a file that is there stays. */
function writeSeeds({ name, spec }: Resource<ProcessSpec>, keep = false): Command[] {
  return Object.entries(spec.seeds).map(([file, content]): Command => ({
    tool: 'write',
    path: `${name}/${file}`,
    content,
    mode: '644',
    ...(keep && { keep: true }),
  }));
}

function start(resource: Resource<ProcessSpec>, found: readonly Command[] = writeSeeds(resource)): Command[] {
  const { netns, name, spec } = resource;
  return [
    ...found,
    { tool: 'exec', netns, argv: spec.argv, rootlessArgv: spec.rootlessArgv, rootArgv: spec.rootArgv },
    writeStamp(netns, name, spec),
  ];
}

function endDaemon(netns: Netns, state: string): Command {
  return { tool: 'daemon-end', netns, state, programs: DAEMONS.map(({ program }) => program) };
}

/** Returns the commands that run a daemon as before an apply, whichever runs now. */
function startAsBefore(resource: Resource<ProcessSpec>): Command[] {
  const { netns, name, spec } = resource;
  return [endDaemon(netns, name), ...openFolders(spec.closed ?? []), ...resume(resource)];
}

/** Returns the commands that start a daemon which has ended, so that it holds what it held before an apply. */
function resume(resource: Resource<ProcessSpec>): Command[] {
  const { netns, name, spec } = resource;
  const resumed = daemonOf(spec.argv)?.resume?.({ netns, state: name }, spec.seeds, spec.bindings);
  return start(resource, [...writeSeeds(resource, true), ...(resumed ? [resumed] : [])]);
}

/** A daemon that has ended is known by its files alone, and gets no signal. */
function signal({ name, facts }: Observed<ProcessSpec, ProcessFacts>, signal: 'HUP' | 'TERM'): Command[] {
  const [state = ''] = name.split('#');
  return facts === undefined ? [] : [{ tool: 'signal', ...facts, signal, argvHas: state }];
}

/**
 * The daemon reads its files again, and forgets clients that are no longer in them. Their leases are released after the
 * files are read: they can't be renewed then.
 */
function readAgain(
  { netns, name, spec }: Resource<ProcessSpec>,
  observed: Observed<ProcessSpec, ProcessFacts>,
): Command[] {
  const { argv, leaseDevice } = spec;
  const held = stale(spec, observed.spec);
  const released =
    leaseDevice === undefined || held.length === 0
      ? undefined
      : daemonOf(argv)?.release?.({ netns, state: name }, leaseDevice, held);
  return [
    ...openFolders(observed.spec.closed ?? []),
    ...signal(observed, 'HUP'),
    ...(released ? [released] : []),
    writeStamp(netns, name, spec),
  ];
}

/** Returns a command line without what was added to it, which is the first of these that is at its end. */
function withoutTail(argv: readonly string[], tails: readonly (readonly string[])[]): readonly string[] {
  const added = tails.find((tail) => tail.length > 0 && argv.slice(-tail.length).join('\n') === tail.join('\n'));
  return added === undefined ? argv : argv.slice(0, -added.length);
}

const PROGRAMS = DAEMONS.map(({ program }) => `\`${program}\``);

/** A daemon in a namespace of ours. */
export const processKind: Kind<ProcessSpec, ProcessFacts> = {
  name: PROCESS,
  ...processFields,
  counted: { one: 'process', many: 'processes' },
  ownership: {
    ours:
      `${PROGRAMS.join(' or ')} with a state folder of ours among its arguments, in a namespace of ours; in the ` +
      'node’s own namespace, or in one that has lost its name, it must be root’s, or its own user’s and named in its ' +
      'pid file or writing in its state folder',
    notes: 'any user can start a process with any arguments',
  },
  describe,
  shown,
  pidOf: ({ facts }) => facts?.pid,
  probes: [processesProbe, filesProbe, programsProbe, listenersProbe],

  *observe(view, topology) {
    const seen = new Set<string>();
    const processes = [...(view.get(processesProbe) ?? [])].sort((a, b) => a.pid - b.pid);
    for (const process of processes) {
      const { pid, start, stopped, argv, proven, sockets } = process;
      const state = argv.map(stateOf).find((s) => s !== undefined);
      if (state === undefined) continue;
      const netns = namespaceOf(process, view);
      const isInOurs = typeof netns === 'string' && namespaceView(view, netns)?.mark?.topology === topology;
      // Elsewhere any user can start a process with our folder among its arguments. A daemon whose namespace has lost
      // its name serves no instance.
      const isOurs =
        isInOurs || (typeof netns !== 'string' && proven && state.startsWith(`${topologyFolder(topology)}/`));
      if (!isOurs) continue;
      const { netns: _, ...stamp } = readStamp(view, state);
      const spec: ProcessSpec = {
        ...stamp,
        argv: withoutTail(argv, [stamp.rootArgv, stamp.rootlessArgv]),
        bindings: daemonOf(argv)?.holds?.(view, state) ?? [],
        reads: unchangedFiles(view, state),
        deaf: sockets === 0,
        closed: closedFolders(view, state),
      };
      const lost = netns === undefined;
      const name = lost || seen.has(state) ? `${state}#${pid}` : state;
      if (!lost) seen.add(state);
      yield {
        node: view.node,
        netns: netns ?? null,
        kind: PROCESS,
        name,
        owner: 'ours',
        spec,
        facts: { pid, start },
        ...(stopped && { incomplete: 'it is stopped (by SIGSTOP or a debugger)' }),
      };
    }
    yield* leftBehind(view, seen);
  },

  needs: ({ node, netns }) => (netns === null ? [] : [needOf(netnsRef(node, netns))]),

  restored: ({ deaf: _, closed: __, ...spec }) => {
    const atStart = new Set(daemonOf(spec.argv)?.holdsAtStart?.(spec.seeds));
    return { ...spec, held: spec.bindings.filter((binding) => atStart.has(binding)) };
  },
  // It reads its files, and listens on its addresses, when it starts.
  restoredAfter: ({ node, netns, spec }) => [
    ...spec.reads.map((path) => needOf(fileRef(node, path))),
    addressesOf(netns),
  ],

  create: (resource, { reverts }) => (reverts ? startAsBefore(resource) : start(resource)),

  // One process per state folder: the old one ends before the new one starts.
  breakBeforeMake: ({ node, netns, name, spec: { argv } }) => [
    ...new Set([name, ...argv.map(stateOf)].filter((state) => state !== undefined)),
    // And one process of a program in the node's own namespace: another would listen on the same port.
    ...(netns === null && argv[0] !== undefined ? [`${node} ${programOf(argv)}`] : []),
  ],

  update: (desired, observed, fields, { reverts }) =>
    reverts
      ? startAsBefore(desired)
      : isNewStart(fields)
        ? [
            ...signal(observed, 'TERM'),
            ...openFolders(observed.spec.closed ?? []),
            ...(desired.spec.held ? resume(desired) : start(desired)),
          ]
        : readAgain(desired, observed),

  remove: (observed, { reverts }) => [
    ...(reverts ? [endDaemon(observed.netns, observed.name)] : signal(observed, 'TERM')),
    ...(observed.name.includes('#')
      ? []
      : [
          {
            tool: 'unlink',
            path: observed.name,
            emptied: [observed.name.slice(0, observed.name.lastIndexOf('/'))],
          } as const,
        ]),
  ],

  inspect(resource, change, context) {
    if (change === undefined) return portTaken(resource, change, context);
    const note = '; the service that Debian may start with it is not used';
    const program = resource.spec.argv[0] ?? '';
    const lacking = missingProgram(resource, program, { purpose: 'which is to run there', note }, context);
    return lacking.length > 0 ? lacking : portTaken(resource, change, context);
  },
};
