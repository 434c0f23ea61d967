// @ts-check
import { forbid, LAYER_RULES, PURE } from './scripts/layers/rules.mjs';

/**
 * What the modules of src may import. scripts/layers/folders.mjs is the table of what each folder may import; all other
 * rules are here. Each rule's comment says what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    ...LAYER_RULES,
    forbid(
      'pure-folders-touch-no-machine',
      'These folders are functions of their arguments. Let apply, observe, hosts, lab or cli read the file or run ' +
        'the program, and pass in the content or output. To run something, return a Command.',
      { path: PURE },
      { path: '^(node:)?(fs|fs/promises|child_process)$|node_modules/execa/' },
    ),
    forbid(
      'addresses-are-opaque',
      'Only src/net knows that an address is a number or a bigint inside, so all other code works for both ' +
        'families. Calculate with the functions of src/net, or add one there, named by what it computes.',
      { path: '^src/', pathNot: '^src/net/' },
      { path: '^src/net/raw/' },
    ),
    forbid(
      'kinds-know-no-other-kind',
      'A kind can be read, and deleted, without the other kinds. State the order by `needs`, with a reference from ' +
        "the other kind's spec.ts; move what two kinds share to src/kernel or src/net.",
      { path: '^src/kinds/([^/]+)/' },
      {
        path: '^src/kinds/',
        pathNot: ['^src/kinds/$1/', '^src/kinds/fields/', '^src/kinds/[^/]+\\.ts$', '^src/kinds/[^/]+/spec\\.ts$'],
      },
    ),
    forbid(
      'features-know-no-other-feature',
      'Two features meet in compile: both contribute to a named slot. Move what both need to ' +
        'src/features/backends, existing, releases or rules, or to a module beside these folders.',
      { path: '^src/features/([^/]+)/' },
      {
        path: '^src/features/',
        pathNot: [
          '^src/features/$1/',
          '^src/features/(backends|existing|releases|rules)/',
          '^src/features/[^/]+\\.ts$',
        ],
      },
    ),
    forbid(
      'plans-are-applied-in-one-place',
      'src/session/apply.ts asks the guard and takes the locks before a plan is applied. Call it (or ' +
        'approveAndApply), so that neither is skipped.',
      { path: '^src/session/', pathNot: '/(apply|settle)\\.ts$' },
      // A script is text: nothing is run.
      { path: '^src/apply/', pathNot: '^src/apply/(standalone|way-back)/' },
    ),
    forbid(
      'session-knows-no-terminal',
      'A client of a session may have no terminal. Take input as an argument or a callback, report by events, and ' +
        'let src/cli ask and print.',
      { path: '^src/session/' },
      { path: '^(node:)?(process|readline|readline/promises|tty)$|node_modules/commander/' },
    ),
    forbid(
      'browser-knows-the-wire',
      'The page in the browser is a program of its own, and nobody else loads it. What both sides need is a type in ' +
        'src/page/wire.',
      { path: '^src/page/browser/' },
      { pathNot: ['^src/page/browser/', '^src/page/wire/'] },
    ),
    forbid(
      'server-knows-no-browser',
      'The server sends the page as text: scripts/generated/page.mjs makes src/page/files.gen.ts of it.',
      { path: '^src/', pathNot: '^src/page/browser/' },
      { path: '^src/page/browser/' },
    ),
    forbid(
      'no-test-in-src',
      'Code that is shipped does not import the tests. Move the helper to src, or the import to test.',
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
      'Join modules that import each other, or move what both use to a third one. Types can move to src/model.',
      {},
      { circular: true },
    ),
    forbid(
      'resolvable',
      'This import cannot be resolved: fix the path, or add the package.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
