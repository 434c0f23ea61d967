// @ts-check
/**
 * The layers of src. Each rule's comment says what to do instead; it is printed with the violation.
 * @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule
 */

/**
 * @param {string} name
 * @param {string} comment
 * @param {Rule['from']} from
 * @param {Rule['to']} to
 * @returns {Rule}
 */
function forbid(name, comment, from, to) {
  return { name, severity: 'error', comment, from, to };
}

/** @param {string} names folders of src, separated by `|` */
function folder(names) {
  return { path: `^src/(${names})(/|\\.ts$)` };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'pure-folders-touch-no-machine',
      'These folders are functions of their arguments. Let apply, observe, hosts, lab or cli read the file or run the program, and ' +
        'pass in what it said; what is to be run is returned as a Command.',
      folder('model|features|resolve|compile|kinds|kernel|diff|plan|render'),
      { path: '^(node:)?(fs|fs/promises|child_process)$|node_modules/execa/' },
    ),
    forbid(
      'model-stands-alone',
      'src/model is the words everybody shares, so it knows nobody. Move the word you need into src/model, or this code out of it.',
      { path: '^src/model/' },
      { path: '^src/', pathNot: '^src/model/' },
    ),
    forbid(
      'kinds-know-no-topology',
      'A kind turns a resource into commands and knows no word of the topology. Put what it needs into the spec of its resource, and ' +
        'let the feature (through compile) fill that in.',
      folder('kinds'),
      folder('topology|features|resolve|compile'),
    ),
    forbid(
      'kinds-stay-with-their-own',
      'A kind may use src/model, src/net and src/kernel, what kinds share. Anything else of the machinery calls the kind, ' +
        'not the other way round.',
      folder('kinds'),
      folder('observe|apply|diff|plan|render|cli|hosts|lab|verify|watch|doctor|gc'),
    ),
    forbid(
      'kinds-know-no-other-kind',
      "A kind must be readable, and removable, without its neighbours. Say what comes first through the kind's order edges; move what two kinds " +
        'share to src/kernel or src/net.',
      { path: '^src/kinds/([^/]+)/' },
      { path: '^src/kinds/', pathNot: ['^src/kinds/$1/', '^src/kinds/fields/', '^src/kinds/[^/]+\\.ts$'] },
    ),
    forbid(
      'kernel-knows-no-kind',
      'src/kernel is what kinds share: probes, names and texts of the kernel and its programs. It may use src/model, src/net and src/programs alone. Pass in what ' +
        'it needs.',
      folder('kernel'),
      { path: '^src/', pathNot: '^src/(kernel|model|net|programs)/' },
    ),
    forbid(
      'features-know-no-kernel',
      'A feature turns the valid topology into resources and contributions and knows no kernel command. Return a resource, and teach its ' +
        'kind how it is made, observed and compared.',
      folder('features'),
      // A kind's spec.ts is what the two axes meet in: the shape of a resource, as data.
      {
        path: folder('kinds|observe|apply|diff|plan|render|cli|hosts|lab|verify|watch|doctor|gc').path,
        pathNot: '^src/kinds/[^/]+/spec\\.ts$',
      },
    ),
    forbid(
      'features-take-the-resolved-topology',
      'Every id, address and name is known before a feature runs. Let resolve derive what is missing, and say it in resolved.ts or ' +
        'resolved-security.ts; those two files, which are types, are all that a feature may import.',
      folder('features'),
      { path: folder('resolve|compile').path, pathNot: '^src/resolve/resolved(-security)?\\.ts$' },
    ),
    forbid(
      'features-know-no-other-feature',
      'Two features meet in compile: both contribute to a named slot. Move what both need to src/features/shared.',
      { path: '^src/features/([^/]+)/', pathNot: '^src/features/shared/' },
      {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '^src/features/shared/', '^src/features/registry\\.ts$'],
      },
    ),
    forbid(
      'diff-and-plan-know-no-topology',
      'diff and plan work on graphs of resources, whatever they stand for. Carry what you need in the resource or in its origin.',
      folder('diff|plan'),
      folder('topology|features|resolve|compile|cli|render|observe|apply|hosts|lab|verify|watch|gc'),
    ),
    forbid(
      'compile-knows-no-machine-and-no-reader',
      'compile is a function of the topology and of the numbers that stand. Hand its result on; do not call what comes after it.',
      folder('resolve|compile'),
      folder('diff|plan|observe|apply|hosts|lab|verify|watch|cli|render|gc'),
    ),
    forbid(
      'resolve-comes-before-the-features',
      'resolve fills in what a topology leaves open, for features to read. Return what you derive in the resolved topology; what it is made into ' +
        'belongs into a feature or a kind.',
      folder('resolve'),
      folder('features|compile|kinds|kernel'),
    ),
    forbid(
      'topology-comes-first',
      'src/topology reads and checks the file before anything else is known. It may use src/model and src/net alone; let a later stage read its ' +
        'result.',
      folder('topology'),
      { path: '^src/', pathNot: '^src/(topology|model|net)/' },
    ),
    forbid(
      'shells-are-for-those-who-touch-nodes',
      'Only apply, observe, lab, verify, watch and cli open a shell. Take what was read as an argument, or return a Command.',
      {
        path: '^src/',
        pathNot: '^src/(apply|observe|hosts|lab|verify|watch|cli|doctor)(/|\\.ts$)|^src/(main|pipeline)\\.ts$',
      },
      folder('hosts'),
    ),
    forbid(
      'gc-only-looks',
      'src/gc finds which topologies a node has something of, and removes nothing. Let cli hand the name to the pipeline, which plans and applies as ' +
        'for destroy; what of a kind is needed to read a mark belongs into src/kernel.',
      folder('gc'),
      {
        path: folder('topology|features|resolve|compile|kinds|diff|plan|apply|hosts|lab|verify|watch|doctor|render')
          .path,
      },
    ),
    forbid(
      'render-is-pure',
      'A renderer makes text of a value it is given. Let cli fetch the value; only their types it may import.',
      folder('render'),
      { path: folder('apply|observe|hosts|lab|watch|cli|features|gc').path, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'cli-is-the-top',
      'Nothing but main.ts and program.ts call the command line. Move what you need out of src/cli to where it belongs.',
      { path: '^src/', pathNot: '^src/(cli/|(?:main|program)\\.ts$)' },
      folder('cli|main'),
    ),
    forbid(
      'no-test-in-src',
      'Nothing that is shipped may need the tests. Move the helper to src, or the import to test.',
      { path: '^src/' },
      { path: '^(test|scripts)/' },
    ),
    forbid(
      'no-dev-dependency-in-src',
      'Users install netloom without devDependencies. Move the package to "dependencies", or do without it.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'no-cycles',
      'Modules that need each other are one module, or lack a third that both use. Types alone may meet in src/model.',
      {},
      { circular: true },
    ),
    forbid('resolvable', 'This import leads nowhere: fix the path, or add the package.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
