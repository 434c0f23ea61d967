/**
 * Outside a kind's folder nobody decides anything by its name. The type KindName keeps it from being compared with a
 * text; these rules of ESLint keep it from being made into one, and from being compared with a name that another module
 * made.
 */

const SAY =
  'What differs from kind to kind a kind says itself, by a member of Kind (src/model/kind.ts). Refer to an object ' +
  'by a builder of its spec.ts.';

const NEED =
  "A kind's name is for its own folder. Get a reference (`netnsRef(…)`) or a need (`insideNetns(…)`) of the other " +
  "kind's spec.ts; what it lacks, add there.";

/** A constant that a kind's spec.ts declares: its name. */
const NAME = '^(?!BUILTIN_CHAINS$)[A-Z][A-Z_]*$';

/** What makes a name. */
const MAKES_ONE = { regex: '/model/resource\\.ts$', importNamePattern: '^kindName$', message: SAY };

/** For no-restricted-imports: the names that a kind's spec.ts declares, and what makes one. */
export const KIND_NAME_IMPORTS = [
  { regex: '/kinds/[^/]+/spec\\.ts$', importNamePattern: NAME, message: SAY },
  MAKES_ONE,
];

/** The same for a kind's spec.ts, which makes its own name. */
export const OTHER_KIND_IMPORTS = [
  { regex: '^(?!\\./spec\\.ts$).*/spec\\.ts$', importNamePattern: NAME, message: NEED },
];

/** The same for the rest of src/kinds, which has its own kind's name of `./spec.ts`. */
export const WITHIN_KINDS_IMPORTS = [...OTHER_KIND_IMPORTS, MAKES_ONE];

const WORD = 'CallExpression[callee.name="kindWord"]';

/** For no-restricted-syntax: a name that is made a word is for a person to read. */
export const KIND_NAME_SYNTAX = [
  `BinaryExpression[operator=/^[!=]=/] > ${WORD}`,
  `SwitchStatement > ${WORD}`,
  `SwitchCase > ${WORD}`,
  `MemberExpression[computed=true] > ${WORD}.property`,
  `MemberExpression[property.name=/^(startsWith|endsWith|includes|match|indexOf)$/] > ${WORD}.object`,
  `CallExpression[callee.property.name=/^(includes|indexOf|has|test|exec)$/] > ${WORD}`,
].map((selector) => ({ selector, message: SAY }));
