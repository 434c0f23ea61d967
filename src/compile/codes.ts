/**
 * What can be wrong with a valid topology only once everything that is derived stands beside everything that is given.
 * Codes are never reused.
 */
export const CODES = {
  NLC01: 'no free address is left for a port or floating IP',
  NLC02: 'two devices of one namespace have the same name once cut to the length Neutron cuts it to',
  NLC03: 'a device of ours would have the name of a declared NIC',
  NLC04: 'no router connects a floating IP with the address its target was given',
} as const;

export type CompileCode = keyof typeof CODES;
