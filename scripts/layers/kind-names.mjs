/**
 * Code outside a kind's folder makes no decision by the kind's name. The type KindName prevents a comparison with a
 * string. These rules of ESLint prevent its conversion to a string for that purpose, and a comparison with a name from
 * another module.
 */

const SAY =
  'Express a difference between kinds by a member of Kind (src/model/kind.ts). Refer to an object by a function of ' +
  "its kind's spec.ts.";

const NEED =
  "Only a kind's own folder uses its name. Get a reference (`netnsRef(…)`) or a need (`insideNetns(…)`) from the " +
  "other kind's spec.ts, and add there what is missing.";

/** A constant that a kind's spec.ts declares: its name. */
const NAME = '^(?!BUILTIN_CHAINS$)[A-Z][A-Z_]*$';

/** The function that creates a name. */
const MAKES_ONE = { regex: '/model/resource\\.ts$', importNamePattern: '^kindName$', message: SAY };

/** For no-restricted-imports: the names that a kind's spec.ts declares, and the function that creates one. */
export const KIND_NAME_IMPORTS = [
  { regex: '/kinds/[^/]+/spec\\.ts$', importNamePattern: NAME, message: SAY },
  MAKES_ONE,
];

/** The same for a kind's spec.ts, which creates its own name. */
export const OTHER_KIND_IMPORTS = [
  { regex: '^(?!\\./spec\\.ts$).*/spec\\.ts$', importNamePattern: NAME, message: NEED },
];

/** The same for the rest of src/kinds, which imports its own kind's name from `./spec.ts`. */
export const WITHIN_KINDS_IMPORTS = [...OTHER_KIND_IMPORTS, MAKES_ONE];

const WORD = 'CallExpression[callee.name="kindWord"]';

/** For no-restricted-syntax: a name converted by kindWord is only for display. */
export const KIND_NAME_SYNTAX = [
  `BinaryExpression[operator=/^[!=]=/] > ${WORD}`,
  `SwitchStatement > ${WORD}`,
  `SwitchCase > ${WORD}`,
  `MemberExpression[computed=true] > ${WORD}.property`,
  `MemberExpression[property.name=/^(startsWith|endsWith|includes|match|indexOf)$/] > ${WORD}.object`,
  `CallExpression[callee.property.name=/^(includes|indexOf|has|test|exec)$/] > ${WORD}`,
].map((selector) => ({ selector, message: SAY }));
