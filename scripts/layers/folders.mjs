/**
 * The folders of src and the modules beside them, each after those that it may import. A row states the folder's
 * task and what it may import; everything else is forbidden, also folders that are added later. The rules (rules.mjs)
 * and the table of ARCHITECTURE.md are derived from this list.
 *
 * - `knows`: what it may import: a folder, a module, or a path in which `*` stands for one name. `knowsTypesOf`:
 *   what it may import types from, and nothing else.
 * - `rule`, `instead`: the name of the rule that forbids all other imports, and what to do instead.
 * - `never`: imports among the forbidden ones that have a more specific rule.
 * - `guarded`: the rule that is reported, in place of the importer's own, when a folder imports this one and may not.
 * - `pure`: its functions touch no file and run no program.
 *
 * @typedef {{ rule: string, instead: string }} Remedy
 * @typedef {{
 *   folder: string, does: string, pure?: true, knows: readonly string[], knowsTypesOf?: readonly string[],
 *   never?: readonly (Remedy & { folders: readonly string[] })[], guarded?: Remedy,
 * } & Remedy} Layer
 */

const NO_TOPOLOGY = {
  rule: 'diff-and-plan-know-no-topology',
  instead:
    'diff and plan work on graphs of resources of any kind. Put what you need into the resource or into its origin.',
};

const TOP = {
  rule: 'cli-is-the-top',
  instead:
    'Only main.ts, executable.ts, program.ts and bundled.ts import the command line. Move what you need out of ' +
    'src/cli to the folder where it belongs.',
};

/** @type {readonly Layer[]} */
export const FOLDERS = [
  {
    folder: 'model',
    does:
      'types that all folders use: Resource, Kind, Feature, Change, Command, Plan, Event, Diagnostic; the registry ' +
      'of codes',
    pure: true,
    knows: [],
    rule: 'model-imports-nothing',
    instead:
      'src/model holds the types that all folders use, so it imports no other folder. Move the type you need into ' +
      'src/model, or this code out of it.',
  },
  {
    folder: 'net',
    does: 'calculates with IP addresses; the hash from which MACs and address labels are derived',
    pure: true,
    knows: [],
    rule: 'net-is-arithmetic',
    instead:
      'src/net calculates and imports no other folder. Pass in the addresses it needs, or move this code to its ' +
      'callers.',
  },
  {
    folder: 'programs',
    does: 'loads texts: the programs that run on nodes, the schemas and package.json; runs a program of this machine',
    knows: [],
    rule: 'programs-import-nothing',
    instead:
      'src/programs loads texts and runs programs, and does not know what they are for. Call programText in the ' +
      'module beside the program.',
  },
  {
    folder: 'topology',
    does: 'YAML text → `ValidTopology`: included files, positions, JSON Schema, semantic checks; the formatter',
    knows: ['model', 'net'],
    rule: 'topology-comes-first',
    instead:
      'src/topology reads and checks the file before every other stage. It may use src/model and src/net only; ' +
      'let a later stage read its result.',
  },
  {
    folder: 'resolve',
    does: 'derives ids, MACs, IP addresses, names and locations → `ResolvedTopology`',
    pure: true,
    knows: ['model', 'net', 'topology'],
    rule: 'resolve-comes-before-the-features',
    instead:
      'resolve derives what a topology leaves out, for the features. Return derived values in the resolved ' +
      'topology; resources belong to a feature, commands to a kind.',
  },
  {
    folder: 'kernel',
    does: 'what kinds share: probes, and the names and output formats of the kernel and its programs',
    pure: true,
    knows: ['model', 'net', 'programs'],
    rule: 'kernel-knows-no-kind',
    instead:
      'src/kernel is what kinds share: probes, names and output formats of the kernel and its programs. It may ' +
      'use src/model, src/net and src/programs only. Pass in what it needs.',
  },
  {
    folder: 'kinds',
    does: 'one folder per kernel object: observe, compare, create, update, delete; commands are returned as data',
    pure: true,
    knows: ['model', 'net', 'programs', 'kernel'],
    never: [
      {
        rule: 'kinds-know-no-topology',
        folders: ['topology', 'resolve', 'features', 'compile'],
        instead:
          'A kind turns a resource into commands and knows no field of the topology. Add what it needs to the ' +
          'spec of its resource, and let the feature (through compile) set it.',
      },
    ],
    rule: 'kinds-use-what-kinds-share',
    instead:
      'A kind may use src/model, src/net, src/programs and src/kernel. The other folders call kinds, never the ' +
      'reverse.',
  },
  {
    folder: 'features',
    does:
      'one folder per Neutron concept: its resources and rules; shared parts in `backends/`, `existing/`, ' +
      '`releases/`, `rules/`',
    pure: true,
    // A feature and a kind share the kind's spec.ts: the type of its resource, as data.
    knows: ['model', 'net', 'resolve/resolved.ts', 'resolve/resolved-security.ts', 'kinds/*/spec.ts'],
    never: [
      {
        rule: 'features-take-the-resolved-topology',
        folders: ['topology', 'resolve', 'compile'],
        instead:
          'Every id, address and name is known before a feature runs. Let resolve derive what is missing, and add ' +
          'it to resolved.ts or resolved-security.ts: a feature may import only these two files, which are types.',
      },
    ],
    rule: 'features-know-no-kernel',
    instead:
      'A feature turns the resolved topology into resources and contributions, and knows no kernel command. ' +
      'Return a resource; its kind knows how it is created, observed and compared.',
  },
  {
    folder: 'compile',
    does: 'runs the features, fills slots → `DesiredGraph`',
    pure: true,
    knows: ['model', 'resolve', 'features', 'kinds/*.ts', 'kinds/*/spec.ts'],
    knowsTypesOf: ['topology'],
    rule: 'compile-knows-no-node-and-no-later-stage',
    instead: 'compile is a function of the topology. Return its result; do not call the stages after it.',
  },
  {
    folder: 'hosts',
    does: 'one persistent supervisor per node, by a local shell or SSH: runs scripts, ends those that hang, locks',
    knows: ['model', 'programs', 'kernel/netlink/numbers.ts'],
    rule: 'hosts-know-no-script',
    instead:
      'A host is a shell on a node: it sends a text and returns the output. Take the text, or the process to ' +
      'start, as an argument.',
    guarded: {
      rule: 'shells-belong-to-code-that-touches-nodes',
      instead:
        'Only apply, observe, lab and session open a shell. Take what was read as an argument, or return a ' +
        'Command.',
    },
  },
  {
    folder: 'lab',
    does: 'the embedded lab of several nodes, over the shells of `hosts/`',
    knows: ['model', 'net', 'programs', 'topology', 'kernel', 'hosts'],
    rule: 'lab-knows-no-engine',
    instead:
      'The lab creates nodes and their cables, and does not know what netloom configures on them. Let session ' +
      'call both.',
  },
  {
    folder: 'observe',
    does: "runs the kinds' probes in one script per node → views → observed objects",
    knows: ['model', 'programs', 'kinds/*.ts', 'kernel', 'hosts'],
    rule: 'observe-knows-no-topology',
    instead:
      'observe reads what the kinds ask for and returns it. Take what it needs to know as an argument; diff and ' +
      'plan use the result.',
  },
  {
    folder: 'diff',
    does: 'desired × observed → changes and conflicts',
    pure: true,
    knows: ['model', 'kinds/*.ts'],
    ...NO_TOPOLOGY,
  },
  {
    folder: 'snapshot',
    does: 'what the nodes have, and what a run did, as the text of a file: written, and read again',
    pure: true,
    knows: ['model', 'kinds/*.ts'],
    rule: 'snapshot-only-records',
    instead:
      'src/snapshot writes and reads what was observed, of any kind. What a kind keeps out of a file is its member ' +
      '`sealed`; let session read nodes.',
  },
  {
    folder: 'archive',
    does: 'keeps the last runs of each topology as files on this machine',
    knows: ['model'],
    rule: 'archive-only-keeps',
    instead: 'src/archive keeps texts in files. Let session tell what a run was, and src/snapshot write it as text.',
  },
  {
    folder: 'memory',
    does: 'remembers values as files of the user alone on this machine: a cache, never a state',
    knows: [],
    rule: 'memory-only-remembers',
    instead: 'src/memory keeps values by a key and does not know what they are. Let session make the key.',
  },
  {
    folder: 'plan',
    does: 'changes → operations → order → batches; the guard against large deletions',
    pure: true,
    knows: ['model', 'kinds/*.ts', 'kernel', 'diff'],
    ...NO_TOPOLOGY,
  },
  {
    folder: 'apply',
    does: 'batches → scripts → results; the only folder that runs the commands of a plan',
    knows: ['model', 'programs', 'hosts'],
    rule: 'apply-knows-only-commands',
    instead:
      'apply runs the commands of a plan, of any kind. Let the kind return the command, and plan put it in order.',
  },
  {
    folder: 'verify',
    does: 'probes for `expect:`; requests to services',
    knows: ['model', 'net', 'programs'],
    knowsTypesOf: ['topology', 'resolve'],
    rule: 'verify-only-probes',
    instead:
      'verify runs probes in instances and does not know how the network was created. Take the function that runs ' +
      'a probe as an argument.',
  },
  {
    folder: 'watch',
    does: 'when a file, or what nodes report, is looked at: a state machine, its loop, and the watch of files',
    knows: ['model'],
    rule: 'watch-knows-only-files',
    instead:
      "watch decides when a file or a node is looked at. The look itself is its caller's task: take it as a function.",
  },
  {
    folder: 'service',
    does: 'netloom as a service of a machine: its unit for systemd, readiness and watchdog, metrics and health',
    knows: ['model', 'net', 'programs'],
    rule: 'service-hears-events',
    instead:
      'src/service turns the events of a session into what a machine asks of a service, and changes no network. Take ' +
      'what it needs from the events, or as an argument.',
  },
  {
    folder: 'doctor',
    does: 'what this host has and lacks',
    knows: ['programs'],
    rule: 'doctor-examines-only-the-host',
    instead:
      'doctor reports what a host has, for any topology. Move what you need to src/model, or pass it in as an ' +
      'argument.',
  },
  {
    folder: 'gc',
    does: 'finds the topologies that have objects on a node: by marks, rows, paths and arguments, without a file',
    knows: ['model', 'kinds/marks.ts', 'observe'],
    rule: 'gc-only-searches',
    instead:
      'src/gc finds the topologies that have objects on a node, and deletes nothing. src/session/collect.ts plans ' +
      'and applies the deletion, as destroy does. What identifies an object of a kind without a topology is in ' +
      'its marks.ts, collected in src/kinds/marks.ts.',
  },
  {
    folder: 'render',
    does: 'text, JSON, Mermaid and DOT of plans, events and diagnostics',
    pure: true,
    // The kind knows how an object is described to a person.
    knows: ['model', 'net', 'kinds/*.ts', 'kinds/*/spec.ts', 'doctor'],
    knowsTypesOf: ['topology', 'resolve', 'verify', 'watch', 'gc', 'lab'],
    rule: 'render-is-pure',
    instead:
      'A renderer returns the text of a value. Let cli fetch the value; of the folders that produce it, a ' +
      'renderer may import types only.',
  },
  {
    folder: 'picture',
    does: 'the picture of a network: what is drawn, its places (by elkjs), and both as SVG and as a page',
    knows: ['model', 'net', 'programs', 'render/*.ts', 'render/plan/counts.ts'],
    knowsTypesOf: ['topology', 'resolve', 'render'],
    rule: 'picture-draws-what-it-is-given',
    instead:
      'src/picture makes geometry and text of a topology and of what was found. Let cli or session read nodes, and ' +
      'take the result as an argument.',
  },
  {
    folder: 'session',
    does: 'opens, reads, locks, plans, guards, asks, applies, settles; reports everything as events with times',
    knows: [
      'model',
      'topology',
      'compile',
      'kinds/*/spec.ts',
      'hosts',
      'lab',
      'observe',
      'diff',
      'snapshot',
      'plan',
      'apply',
      'archive',
      'memory',
      'verify',
      'watch',
      'gc',
    ],
    knowsTypesOf: ['resolve'],
    rule: 'session-serves-any-client',
    instead:
      'A session leads from a file to a network, for any client. Report by an event, ask by a callback; the ' +
      'client renders.',
    guarded: {
      rule: 'session-is-for-its-clients',
      instead:
        'src/session is the entry point of the command line and of other clients; the folders that it uses do not ' +
        'import it. Pass in what you need, or move it to a folder that both may import.',
    },
  },
  {
    folder: 'page',
    does: 'the page in a browser, a client of the session: server, what it sends, and the page itself (`browser/`)',
    knows: ['model', 'net', 'session', 'render', 'picture'],
    knowsTypesOf: ['resolve'],
    rule: 'page-shows-and-asks',
    instead:
      'The page shows what the session found, in the words of render, and asks it to apply. It acts on nodes only ' +
      'through src/session, so that nothing bypasses the guard and the locks.',
    guarded: {
      rule: 'page-is-for-the-command-line',
      instead: 'src/page is a client, as the command line is. Move what you need to src/session or src/render.',
    },
  },
  {
    folder: 'cli',
    does: 'the command line, a client of the session: one command per file; parses, asks, prints',
    knows: ['model', 'programs', 'lab', 'service', 'doctor', 'session', 'render', 'picture', 'page'],
    knowsTypesOf: ['topology', 'resolve', 'gc'],
    rule: 'cli-parses-asks-and-prints',
    instead:
      'A command parses its arguments, asks and prints. It acts on nodes only through src/session, so that no ' +
      'command bypasses the guard and the locks.',
    guarded: TOP,
  },
  {
    folder: 'bundled.ts',
    does: 'runs the bundled command line, with the code cache of V8',
    knows: ['cli'],
    rule: 'program-only-starts',
    instead: 'bundled.ts runs first, and each import of it delays every command. Move this to src/cli.',
    guarded: TOP,
  },
  {
    folder: 'program.ts',
    does: 'finds the bundle in an installed package',
    knows: ['bundled.ts'],
    rule: 'program-only-starts',
    instead: 'program.ts runs first, and each import of it delays every command. Move this to src/cli.',
    guarded: TOP,
  },
  {
    folder: 'main.ts',
    does: 'the process: its exit code and signals',
    knows: ['program.ts'],
    rule: 'program-only-starts',
    instead: 'main.ts runs first, and each import of it delays every command. Move this to src/cli.',
    guarded: TOP,
  },
  {
    folder: 'executable.ts',
    does: 'the process of the single executable, which contains the bundle',
    knows: ['bundled.ts'],
    rule: 'program-only-starts',
    instead: 'executable.ts runs first, and each import of it delays every command. Move this to src/cli.',
    guarded: TOP,
  },
];
