/**
 * Outside src/net nobody looks into the text of an address: these rules of ESLint find the ways in which that was done,
 * a colon that tells the family and a host's prefix length put behind an address or taken from it.
 */

const SAY =
  'What the text of an address says, src/net knows: `familyOfText`, `withHostLength`, `withoutHostLength` ' +
  '(src/net/address-text.ts).';

/** For no-restricted-syntax. */
export const ADDRESS_TEXT_SYNTAX = [
  "CallExpression[callee.property.name='includes'] > Literal.arguments[value=':']",
  'TemplateElement[value.raw=/^\\u002F(32|128)$/]',
  'Literal[value=/^\\u002F(32|128)$/]',
  'Literal[regex.pattern=/^\\\\\\u002F(32|128)\\$$/]',
].map((selector) => ({ selector, message: SAY }));
