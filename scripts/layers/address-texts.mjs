/**
 * Only src/net examines the text of an address. These rules of ESLint find code elsewhere that tests for a colon to get
 * the family, or that adds a host's prefix length to an address or removes it.
 */

const SAY =
  'Use `familyOfText`, `withHostLength` or `withoutHostLength` (src/net/address-text.ts): only src/net examines the ' +
  'text of an address.';

/** For no-restricted-syntax. */
export const ADDRESS_TEXT_SYNTAX = [
  "CallExpression[callee.property.name='includes'] > Literal.arguments[value=':']",
  'TemplateElement[value.raw=/^\\u002F(32|128)$/]',
  'Literal[value=/^\\u002F(32|128)$/]',
  'Literal[regex.pattern=/^\\\\\\u002F(32|128)\\$$/]',
].map((selector) => ({ selector, message: SAY }));
