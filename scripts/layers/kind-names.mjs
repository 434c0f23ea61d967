/**
 * Outside src/kinds nobody decides anything by a kind's name. The type KindName keeps it from being compared with a text; these rules of ESLint keep it
 * from being made into one, and from being compared with a name that another module made.
 */

const SAY =
  'What differs from kind to kind a kind says itself, by a member of Kind (src/model/kind.ts). Refer to an object by a builder of its spec.ts.';

/** For no-restricted-imports: the names that a kind's spec.ts declares, and what makes one. */
export const KIND_NAME_IMPORTS = [
  { regex: '/kinds/[^/]+/spec\\.ts$', importNamePattern: '^(?!BUILTIN_CHAINS$)[A-Z][A-Z_]*$', message: SAY },
  { regex: '/model/resource\\.ts$', importNamePattern: '^kindName$', message: SAY },
];

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
