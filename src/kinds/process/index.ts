import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Observed, Resource } from '../../model/resource.ts';
import { changed, compareFields } from '../shared/compare.ts';
import { filesProbe } from '../shared/files.ts';
import { processesProbe } from '../shared/processes.ts';
import type { ProcessSpec } from './spec.ts';

/** What is known of a daemon that its command line does not say; written beside it once it has read its files. */
type Stamp = Pick<ProcessSpec, 'inputs' | 'bindings' | 'seeds' | 'rootlessArgv'>;

const NO_STAMP: Stamp = { inputs: '', bindings: [], seeds: {}, rootlessArgv: [] };

function readStamp(view: NodeView, state: string): Stamp {
  const text = view.get(filesProbe)?.find((file) => file.path === `${state}/stamp`)?.content;
  try {
    return text === undefined ? NO_STAMP : { ...NO_STAMP, ...(JSON.parse(text) as Partial<Stamp>) };
  } catch {
    return NO_STAMP;
  }
}

function writeStamp(state: string, { inputs, bindings, seeds, rootlessArgv }: ProcessSpec): Command {
  return {
    tool: 'write',
    path: `${state}/stamp`,
    content: JSON.stringify({ inputs, bindings, seeds, rootlessArgv }),
    mode: '644',
  };
}

function start({ netns, name, spec }: Resource<ProcessSpec>): Command[] {
  return [
    ...Object.entries(spec.seeds).map(([file, content]): Command => ({
      tool: 'write',
      path: `${name}/${file}`,
      content,
      mode: '644',
    })),
    { tool: 'exec', netns, argv: spec.argv, rootlessArgv: spec.rootlessArgv },
    writeStamp(name, spec),
  ];
}

/** The pid of a daemon as observed; names of a second one for the same folder carry it. */
function pidOf(observed: Observed<ProcessSpec>): number {
  return (observed as Observed<ProcessSpec> & { readonly pid: number }).pid;
}

function signal(observed: Observed<ProcessSpec>, name: 'HUP' | 'TERM'): Command {
  const [state = ''] = observed.name.split('#');
  return { tool: 'signal', pid: pidOf(observed), signal: name, argvHas: state };
}

/** An address that now belongs to another MAC: a running dnsmasq would hold the old lease against it. */
function rebound(desired: ProcessSpec, observed: ProcessSpec): boolean {
  return observed.bindings.some((binding) => !desired.bindings.includes(binding));
}

/** A daemon in a namespace of ours: dnsmasq. */
export const processKind: Kind<ProcessSpec> = {
  name: 'process',
  ownership: 'a process in a namespace of ours with our `state` folder among its arguments',
  probes: [processesProbe, filesProbe],

  *observe(view, topology) {
    const seen = new Set<string>();
    for (const { pid, netns, argv } of view.get(processesProbe) ?? []) {
      const state = argv
        .map((word) => /(\/run\/netloom\/[^/]+\/\S*?\/state)(?:\/|$)/.exec(word)?.[1])
        .find((s) => s !== undefined);
      const place = view.namespaces.find((n) => n.netns === netns && netns !== null);
      if (state === undefined || place?.mark?.topology !== topology) continue;
      const stamp = readStamp(view, state);
      const tail = stamp.rootlessArgv.length;
      const rootless = tail > 0 && argv.slice(-tail).join('\n') === stamp.rootlessArgv.join('\n');
      const spec: ProcessSpec = { ...stamp, argv: rootless ? argv.slice(0, -tail) : argv };
      const name = seen.has(state) ? `${state}#${pid}` : state;
      seen.add(state);
      const observed: Observed<ProcessSpec> & { readonly pid: number } = {
        node: view.node,
        netns,
        kind: 'process',
        name,
        owner: 'ours',
        spec,
        pid,
      };
      yield observed;
    }
  },

  needs: ({ netns }) => (netns === null ? [] : [{ kind: 'netns', netns: null, name: netns }]),

  compare: (desired, observed) => [
    ...compareFields(desired, observed, { argv: 'update', inputs: 'update' }),
    ...(rebound(desired, observed) ? [{ field: 'bindings', from: observed.bindings, to: desired.bindings }] : []),
  ],

  create: start,

  update: (desired, observed, fields) =>
    changed(fields, 'argv') || changed(fields, 'bindings')
      ? [signal(observed, 'TERM'), ...start(desired)]
      : [signal(observed, 'HUP'), writeStamp(desired.name, desired.spec)],

  remove: (observed) => [
    signal(observed, 'TERM'),
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

  impact: (action, fields) => (action === 'update' && !changed(fields, 'argv') ? 'none' : 'flap'),
};
