// @ts-check
import { forbid, LAYER_RULES, PURE } from './scripts/layers/rules.mjs';

/**
 * What the modules of src may import. Which folder may know which is a table, scripts/layers/folders.mjs; the rules
 * that are no row of it stand here. Each rule's comment says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...LAYER_RULES,
    forbid(
      'pure-folders-touch-no-machine',
      'These folders are functions of their arguments. Let apply, observe, hosts, lab or cli read the file or run ' +
        'the program, and ' +
        'pass in what it said; what is to be run is returned as a Command.',
      { path: PURE },
      { path: '^(node:)?(fs|fs/promises|child_process)$|node_modules/execa/' },
    ),
    forbid(
      'addresses-are-opaque',
      'What an address is inside, a number or a bigint, is for src/net to know: so it can be of either family. ' +
        'Calculate with the functions of src/net, ' +
        'or add one there that says in the words of the field what you need.',
      { path: '^src/', pathNot: '^src/net/' },
      { path: '^src/net/raw/' },
    ),
    forbid(
      'kinds-know-no-other-kind',
      "A kind must be readable, and removable, without its neighbours. Say what comes first through the kind's " +
        "needs, with the name in the other's " +
        'spec.ts; move what two kinds share to src/kernel or src/net.',
      { path: '^src/kinds/([^/]+)/' },
      {
        path: '^src/kinds/',
        pathNot: ['^src/kinds/$1/', '^src/kinds/fields/', '^src/kinds/[^/]+\\.ts$', '^src/kinds/[^/]+/spec\\.ts$'],
      },
    ),
    forbid(
      'features-know-no-other-feature',
      'Two features meet in compile: both contribute to a named slot. Move what both need to ' +
        'src/features/backends, releases or rules, or to a module ' +
        'beside those folders.',
      { path: '^src/features/([^/]+)/' },
      {
        path: '^src/features/',
        pathNot: ['^src/features/$1/', '^src/features/(backends|releases|rules)/', '^src/features/[^/]+\\.ts$'],
      },
    ),
    forbid(
      'plans-are-carried-out-in-one-place',
      'src/session/apply.ts asks the guard and takes the locks before a plan is carried out. Call it (or ' +
        'approveAndApply), so that neither can be forgotten.',
      { path: '^src/session/', pathNot: '/apply\\.ts$' },
      { path: '^src/apply/' },
    ),
    forbid(
      'session-knows-no-terminal',
      'A session has clients with a terminal and without. Take what it should know as an argument or a callback, ' +
        'tell what happens as an event, and let ' +
        'src/cli ask and print.',
      { path: '^src/session/' },
      { path: '^(node:)?(process|readline|readline/promises|tty)$|node_modules/commander/' },
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
