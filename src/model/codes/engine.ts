import type { Family } from './family.ts';

export const RESOLVE = {
  title: 'Ids, names and addresses that netloom derives',
  codes: {
    NLC01: ['error', 'The allocation pools have no free address left for a port or a floating IP.'],
    NLC02: ['error', 'Two devices of one namespace have the same name once cut to the length Neutron cuts it to.'],
    NLC03: ['error', 'A device of netloom would have the name of a NIC that the file declares.'],
    NLC04: ['error', 'No router connects a floating IP with the address that its target was given.'],
    NLC05: ['error', 'Two port forwardings of one router have the same chain once Neutron has cut their ids.'],
    NLC06: ['error', 'The targets of one floating IP were given addresses behind several routers.'],
    NLC07: ['error', 'Two networks would have the same VLAN in one bridge of Open vSwitch.'],
    NLC08: [
      'error',
      'Two ports have the same chains, or two security groups the same set, once Neutron has cut their ids.',
    ],
  },
} as const satisfies Family;

export const OBSERVE = {
  title: 'Reading a node',
  codes: {
    NLO01: ['error', 'A program that netloom reads a node with failed.'],
    NLO02: ['error', 'A program that netloom reads a node with printed something else than was expected.'],
    NLO03: ['error', 'A node lacks a program that netloom reads or writes it with.'],
    NLO04: ['error', 'What was read of a node was cut off.'],
  },
} as const satisfies Family;

export const PLAN = {
  title: 'Planning',
  about:
    'What is an error or a warning is a warning where the plan changes nothing on the node: it is told, but stops nothing.',
  codes: {
    NLP01: ['error', 'A node has no NIC of this name.'],
    NLP02: ['error', 'A program looks after a NIC that is to be put into a bridge, or one of its addresses expires.'],
    NLP03: ['error', 'A NIC is a port of a bridge that is not netloom’s.'],
    NLP04: ['error or warning', 'The node’s own iptables rules would drop what a bridge forwards.'],
    NLP05: ['error', 'A NIC has a route that cannot be carried to its bridge as it is.'],
    NLP06: ['error', 'A bridge is to be removed, and holds a port that is not netloom’s.'],
    NLP07: ['error or warning', 'Open vSwitch does not run or does not answer on a node that needs it.'],
    NLP08: ['error', 'A port or link that is not netloom’s has the name of a port that netloom is to make.'],
    NLP10: ['error', 'An object that is not this topology’s stands where one of its own should.'],
    NLP11: ['error', 'A node lacks a program that the topology needs there.'],
    NLP12: [
      'error or warning',
      'A table of iptables in the node’s own namespace holds chains or sets of somebody else.',
    ],
    NLP13: ['error or warning', 'A port of a router without a namespace overlaps an address that the node itself has.'],
    NLP14: ['error or warning', 'The node itself has a route to the destination of a route without a namespace.'],
    NLP15: ['error or warning', 'The node’s own iptables rules would drop what a router without a namespace forwards.'],
    NLP16: ['error', 'Somebody else listens on the port that a daemon needs in the node’s own namespace.'],
    NLP21: ['error', 'A set must be made anew, and a rule that names it keeps it in the kernel.'],
    NLP22: ['error', 'A set is to be removed, and a rule that is not netloom’s names it.'],
    NLP24: [
      'error or warning',
      'Bridged frames do not pass iptables, so nothing would filter the instances of a node.',
    ],
    NLP25: ['error or warning', 'A node has no nft, or one that cannot be used.'],
    NLP26: ['warning', 'An agent of Neutron left rules that still filter a tap.'],
  },
} as const satisfies Family;

export const GUARD = {
  title: 'The deletion guard',
  codes: {
    NLG01: ['error', 'A plan would delete an unusually large part of what stands.'],
    NLG02: ['error', 'The topology is empty, so a plan would delete all that stands.'],
  },
} as const satisfies Family;

export const APPLY = {
  title: 'Applying',
  codes: {
    NLA01: ['error', 'A command failed on a node.'],
    NLA02: ['error', 'Objects still differ after the last round of an apply.'],
    NLA03: ['error', 'A name cannot be given to a program as data.'],
    NLA04: ['error', 'Another netloom is changing the node.'],
    NLA05: ['error', 'The network has changed since the plan was shown.'],
  },
} as const satisfies Family;
