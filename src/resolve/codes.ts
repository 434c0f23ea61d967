/**
 * What can be wrong with a valid topology only once everything that is derived stands beside everything that is given.
 * Codes are never reused.
 */
export const CODES = {
  NLC01: 'no free address is left for a port or floating IP',
  NLC02: 'two devices of one namespace have the same name once cut to the length Neutron cuts it to',
  NLC03: 'a device of ours would have the name of a declared NIC',
  NLC04: 'no router connects a floating IP with the address its target was given',
  NLC05:
    'two port forwardings of one router have the same chain once their ids are cut to the length Neutron cuts them to',
  NLC06:
    'the port forwardings of one floating IP lead through several routers, by the addresses their targets were given',
  NLC07: 'two networks would have the same VLAN in one bridge of Open vSwitch',
  NLC08:
    'two ports would have the same chains, or two security groups the same set, once their ids are cut to the length Neutron cuts them to',
} as const;

export type CompileCode = keyof typeof CODES;
