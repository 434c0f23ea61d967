/**
 * The folders of src and the modules that stand beside them, each below what it uses: what each does, and what it may
 * import. The rules (rules.mjs) and the table of ARCHITECTURE.md are made of this list. What a row does not name is
 * forbidden, also to folders that come later.
 *
 * - `knows`: what it may import: a folder, a module, or a path in which `*` stands for one name. `knowsTypesOf`: types
 *   alone.
 * - `rule`, `instead`: the name of the rule that forbids all the rest, and what to do instead.
 * - `never`: parts of the rest for which there is something better to say.
 * - `guarded`: said, in place of the importer's own rule, when somebody imports this who may not.
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
    'diff and plan work on graphs of resources, whatever they stand for. Carry what you need in the resource or ' +
    'in its origin.',
};

const TOP = {
  rule: 'cli-is-the-top',
  instead:
    'Only main.ts, executable.ts, program.ts and bundled.ts call the command line. Move what you need out of ' +
    'src/cli to where it belongs.',
};

/** @type {readonly Layer[]} */
export const FOLDERS = [
  {
    folder: 'model',
    does:
      'the shared words: types of Resource, Kind, Feature, Change, Command, Plan, Event, Diagnostic; the ' +
      'registry of codes',
    pure: true,
    knows: [],
    rule: 'model-stands-alone',
    instead:
      'src/model is the words everybody shares, so it knows nobody. Move the word you need into src/model, or ' +
      'this code out of it.',
  },
  {
    folder: 'net',
    does: 'arithmetic of addresses; the hash that MACs and labels of addresses are made of',
    pure: true,
    knows: [],
    rule: 'net-is-arithmetic',
    instead:
      'src/net is arithmetic and knows nobody. Pass in the addresses it needs, or move this code to those who call it.',
  },
  {
    folder: 'programs',
    does: 'brings in texts: of programs that run on nodes, of schemas and package.json',
    knows: [],
    rule: 'programs-stand-alone',
    instead:
      'src/programs brings in texts, whatever they are for. The module beside a program knows what it says: let ' +
      'that one call programText.',
  },
  {
    folder: 'topology',
    does: 'YAML text → `ValidTopology`: positions, JSON Schema, semantic checks',
    knows: ['model', 'net'],
    rule: 'topology-comes-first',
    instead:
      'src/topology reads and checks the file before anything else is known. It may use src/model and src/net ' +
      'alone; let a later stage read its ' +
      'result.',
  },
  {
    folder: 'resolve',
    does: 'derives ids, MACs, addresses, names and places → `ResolvedTopology`',
    pure: true,
    knows: ['model', 'net', 'topology'],
    rule: 'resolve-comes-before-the-features',
    instead:
      'resolve fills in what a topology leaves open, for features to read. Return what you derive in the resolved ' +
      'topology; what it is made into ' +
      'belongs into a feature or a kind.',
  },
  {
    folder: 'kernel',
    does: 'what kinds share: probes, names and texts of the kernel and its programs',
    pure: true,
    knows: ['model', 'net', 'programs'],
    rule: 'kernel-knows-no-kind',
    instead:
      'src/kernel is what kinds share: probes, names and texts of the kernel and its programs. It may use ' +
      'src/model, src/net and ' +
      'src/programs alone. Pass in what it needs.',
  },
  {
    folder: 'kinds',
    does: 'one folder per kernel object: read, compare, make, alter, remove; commands are returned',
    pure: true,
    knows: ['model', 'net', 'programs', 'kernel'],
    never: [
      {
        rule: 'kinds-know-no-topology',
        folders: ['topology', 'resolve', 'features', 'compile'],
        instead:
          'A kind turns a resource into commands and knows no word of the topology. Put what it needs into the ' +
          'spec of its resource, and ' +
          'let the feature (through compile) fill that in.',
      },
    ],
    rule: 'kinds-stay-with-their-own',
    instead:
      'A kind may use src/model, src/net and src/kernel, what kinds share. Anything else of the machinery calls ' +
      'the kind, ' +
      'not the other way round.',
  },
  {
    folder: 'features',
    does:
      'one folder per Neutron concept: what it puts into the network; in `backends/`, `releases/`, `rules/` ' +
      'what they share',
    pure: true,
    // A kind's spec.ts is what the two axes meet in: the shape of a resource, as data.
    knows: ['model', 'net', 'resolve/resolved.ts', 'resolve/resolved-security.ts', 'kinds/*/spec.ts'],
    never: [
      {
        rule: 'features-take-the-resolved-topology',
        folders: ['topology', 'resolve', 'compile'],
        instead:
          'Every id, address and name is known before a feature runs. Let resolve derive what is missing, and say ' +
          'it in resolved.ts or ' +
          'resolved-security.ts; those two files, which are types, are all that a feature may import.',
      },
    ],
    rule: 'features-know-no-kernel',
    instead:
      'A feature turns the resolved topology into resources and contributions and knows no kernel command. Return ' +
      'a resource, and teach its ' +
      'kind how it is made, observed and compared.',
  },
  {
    folder: 'compile',
    does: 'runs the features, fills slots → `DesiredGraph`',
    pure: true,
    knows: ['model', 'resolve', 'features', 'kinds/*.ts', 'kinds/*/spec.ts'],
    knowsTypesOf: ['topology'],
    rule: 'compile-knows-no-machine-and-no-reader',
    instead:
      'compile is a function of the topology and of the numbers that stand. Hand its result on; do not call what ' +
      'comes after it.',
  },
  {
    folder: 'hosts',
    does: 'one persistent `sh` per node: how it starts (local, SSH), how it is spoken to',
    knows: ['model', 'programs'],
    rule: 'hosts-know-no-script',
    instead:
      'A host is a shell on a node: it sends a text and hands back what came. Take the text, or the process to ' +
      'start, as an argument.',
    guarded: {
      rule: 'shells-are-for-those-who-touch-nodes',
      instead:
        'Only apply, observe, lab and session open a shell. Take what was read as an argument, or return a Command.',
    },
  },
  {
    folder: 'lab',
    does: 'the embedded multi-node lab, over the shells of `hosts/`',
    knows: ['model', 'net', 'programs', 'topology', 'kernel', 'hosts'],
    rule: 'lab-knows-no-engine',
    instead: 'The lab makes nodes and their cables, and knows nothing of what netloom puts on them. Let cli call both.',
  },
  {
    folder: 'observe',
    does: "runs the kinds' probes in one script per node → views → observed objects",
    knows: ['model', 'programs', 'kinds/*.ts', 'kernel', 'hosts'],
    rule: 'observe-knows-no-topology',
    instead:
      'observe reads what the kinds ask for, whatever it is for, and hands it on. Take what it has to know as an ' +
      'argument; what is done with it ' +
      'is for diff and plan.',
  },
  {
    folder: 'diff',
    does: 'wanted × observed → changes and conflicts',
    pure: true,
    knows: ['model', 'kinds/*.ts'],
    ...NO_TOPOLOGY,
  },
  {
    folder: 'plan',
    does: 'changes → operations → order → batches; the deletion guard',
    pure: true,
    knows: ['model', 'kinds/*.ts', 'kernel', 'diff'],
    ...NO_TOPOLOGY,
  },
  {
    folder: 'apply',
    does: 'batches → scripts → results; the only place where a command becomes a process',
    knows: ['model', 'programs', 'hosts'],
    rule: 'apply-knows-commands-alone',
    instead:
      'apply runs the commands of a plan, whatever they are for. Let the kind return the command, and plan put it ' +
      'into order.',
  },
  {
    folder: 'verify',
    does: 'probes for `expect:`',
    knows: ['model', 'net', 'programs'],
    knowsTypesOf: ['topology', 'resolve'],
    rule: 'verify-only-asks',
    instead:
      'verify asks instances what they reach, and knows nothing of how the network was made. Take what runs a ' +
      'probe as an argument.',
  },
  {
    folder: 'watch',
    does: 'waits until a saved file is quiet',
    knows: ['model'],
    rule: 'watch-knows-files-alone',
    instead: 'watch says that a file was saved. What is done then is its caller’s: take it as a function.',
  },
  {
    folder: 'doctor',
    does: 'what a machine has and lacks',
    knows: ['programs'],
    rule: 'doctor-looks-at-the-machine-alone',
    instead:
      'doctor says what a machine has, for whatever topology. Move what you need to src/model, or pass it in as ' +
      'an argument.',
  },
  {
    folder: 'gc',
    does: 'which topologies a node has something of, by marks, rows, paths and arguments alone',
    knows: ['model', 'kinds/marks.ts', 'observe'],
    rule: 'gc-only-looks',
    instead:
      'src/gc finds which topologies a node has something of, and removes nothing. Let src/session/collect.ts do ' +
      'that, which plans and applies as ' +
      'for destroy; what of a kind is needed to find it without a topology is its marks.ts, collected in ' +
      'src/kinds/marks.ts.',
  },
  {
    folder: 'render',
    does: 'text, JSON, Mermaid, DOT of plans, events, diagnostics',
    pure: true,
    // What a person calls an object, the kind says.
    knows: ['model', 'net', 'kinds/*.ts', 'kinds/*/spec.ts', 'doctor'],
    knowsTypesOf: ['topology', 'resolve', 'verify', 'watch', 'gc', 'lab'],
    rule: 'render-is-pure',
    instead: 'A renderer makes text of a value it is given. Let cli fetch the value; only their types it may import.',
  },
  {
    folder: 'session',
    does: 'opens, reads, locks, plans, guards, asks, applies, settles; tells all as events with times',
    knows: [
      'model',
      'topology',
      'compile',
      'kinds/*/spec.ts',
      'hosts',
      'lab',
      'observe',
      'diff',
      'plan',
      'apply',
      'verify',
      'watch',
      'gc',
    ],
    knowsTypesOf: ['resolve'],
    rule: 'session-serves-any-client',
    instead:
      'A session leads from a file to a network, for a client of whatever sort. Tell it by an event or ask it by ' +
      'a callback; the client renders.',
    guarded: {
      rule: 'session-is-for-its-clients',
      instead:
        'src/session is where a command line or another client begins; what it is made of does not know it. Pass ' +
        'in what you need, or move it to ' +
        'where both find it.',
    },
  },
  {
    folder: 'cli',
    does: "a session's client: commander, one verb per file; parses, asks, prints",
    knows: ['model', 'programs', 'lab', 'doctor', 'session', 'render'],
    knowsTypesOf: ['topology', 'resolve', 'gc'],
    rule: 'cli-asks-and-shows',
    instead:
      'A verb parses its arguments, asks and shows. What is done to nodes is done through src/session, whose ' +
      'guard and locks nobody may go round.',
    guarded: TOP,
  },
  {
    folder: 'bundled.ts',
    does: 'runs the bundled command line, with the code that V8 kept for it',
    knows: ['cli'],
    rule: 'program-only-starts',
    instead: 'bundled.ts runs before anything is loaded, and every import costs each command. Put it into src/cli.',
    guarded: TOP,
  },
  {
    folder: 'program.ts',
    does: 'finds the bundle among the files of an installed package',
    knows: ['bundled.ts'],
    rule: 'program-only-starts',
    instead: 'program.ts runs before anything is loaded, and every import costs each command. Put it into src/cli.',
    guarded: TOP,
  },
  {
    folder: 'main.ts',
    does: 'the process: its exit code, its signals',
    knows: ['program.ts'],
    rule: 'program-only-starts',
    instead: 'main.ts runs before anything is loaded, and every import costs each command. Put it into src/cli.',
    guarded: TOP,
  },
  {
    folder: 'executable.ts',
    does: 'the process of the single executable, which has the bundle inside',
    knows: ['bundled.ts'],
    rule: 'program-only-starts',
    instead: 'executable.ts runs before anything is loaded, and every import costs each command. Put it into src/cli.',
    guarded: TOP,
  },
];
