import type { Family } from './family.ts';

export const RESOLVE = {
  title: 'Ids, names and addresses that netloom derives',
  codes: {
    NLC01: ['error', 'The allocation pools have no free address left for a port or a floating IP.'],
    NLC02: ['error', 'Two devices of one namespace have the same name after Neutron’s truncation.'],
    NLC03: ['error', 'A derived device name is also the name of a NIC in the file.'],
    NLC04: ['error', 'No router connects a floating IP with the address assigned to its target.'],
    NLC05: ['error', 'Two port forwardings of one router have the same chain name after Neutron’s truncation.'],
    NLC06: ['error', 'The addresses assigned to the targets of one floating IP are behind several routers.'],
    NLC07: ['error', 'Two networks would have the same VLAN in one bridge of Open vSwitch.'],
    NLC08: [
      'error',
      'Two ports have the same chain names, or two security groups the same set name, after Neutron’s truncation.',
    ],
    NLC09: ['error', 'The next hop of a route is a derived address of the router itself.'],
  },
} as const satisfies Family;

export const OBSERVE = {
  title: 'Reading a node',
  codes: {
    NLO01: ['error', 'A program that netloom reads a node with failed.'],
    NLO02: ['error', 'A program that netloom reads a node with printed unexpected output.'],
    NLO03: ['error', 'A node lacks a program that netloom reads or changes it with.'],
    NLO04: ['error', 'The output of reading a node was cut off.'],
    NLO05: ['error', 'A program that netloom reads a node with did not print an object that the kernel has.'],
  },
} as const satisfies Family;

export const PLAN = {
  title: 'Planning',
  about: 'An “error or warning” is a warning, and stops nothing, if the plan changes nothing on the node.',
  codes: {
    NLP01: ['error', 'A node has no NIC of this name.'],
    NLP02: ['error', 'A NIC that the topology borrows is managed by another program, or one of its addresses expires.'],
    NLP03: ['error', 'A NIC is a port of a foreign bridge.'],
    NLP04: ['error or warning', 'A filter of the node’s own (iptables, nft) would drop what a bridge forwards.'],
    NLP05: ['error', 'A NIC has a route that cannot be moved to its bridge unchanged.'],
    NLP06: ['error', 'The plan deletes a bridge that has a foreign port.'],
    NLP07: ['error or warning', 'Open vSwitch does not run or does not answer on a node that needs it.'],
    NLP08: ['error', 'A foreign port or link has the name of a port that netloom is to create.'],
    NLP10: ['error', 'A foreign object has the name of an object that netloom is to create.'],
    NLP11: ['error', 'A node lacks a program that the topology needs there.'],
    NLP12: [
      'error or warning',
      'An iptables table in the node’s own namespace contains foreign chains with Neutron’s names, or foreign sets.',
    ],
    NLP13: ['error or warning', 'A port of a router without a namespace overlaps an address of the node itself.'],
    NLP14: ['error or warning', 'The node itself has a route to the destination of a route without a namespace.'],
    NLP15: ['error or warning', 'The node’s own iptables rules would drop what a router without a namespace forwards.'],
    NLP16: ['error', 'Another program listens on the port that a daemon needs in the node’s own namespace.'],
    NLP21: ['error', 'A set must be recreated, and the kernel keeps it because a rule names it.'],
    NLP22: ['error', 'The plan deletes a set that a foreign rule names.'],
    NLP24: ['error or warning', 'Bridged frames do not pass iptables, so security groups have no effect on a node.'],
    NLP25: ['error or warning', 'A node has no nft, or one that cannot be used.'],
    NLP26: ['warning', 'An agent of Neutron left rules that still filter a tap.'],
    NLP30: ['warning', 'Security groups are off on a node: rules that direct traffic to them are missing.'],
    NLP31: ['warning', 'Anti-spoofing is off for a tap that exists.'],
    NLP33: ['warning', 'A filter of the node’s own may drop some of what a bridge forwards, or cannot be evaluated.'],
    NLP34: ['warning', 'A filter of the node’s own prevents the connection tracking that security groups need.'],
    NLP35: ['error', 'SSH to an address of a NIC would be refused once the NIC is in its bridge.'],
    NLP36: ['warning', 'Foreign rules name a NIC, and match nothing once it is in its bridge.'],
    NLP40: ['warning', 'A foreign object in a namespace of the topology, or on a node, can disturb traffic.'],
    NLP42: ['warning', 'The MTU of a borrowed NIC is smaller than that of a network that it carries.'],
    NLP46: ['warning', 'A fixed entry of a bridge leads frames for a MAC of the topology elsewhere.'],
    NLP47: ['warning', 'The node itself has an address that the topology gives to a namespace.'],
    NLP50: ['warning', 'A derived address that exists on the nodes changes.'],
    NLP51: [
      'warning',
      'Derived addresses are those that exist on the nodes, and others would be derived without them.',
    ],
    NLP52: ['warning', 'The file of derived values on a node is damaged, or another user could have written it.'],
    NLP53: ['error', 'Derived addresses that exist would change, and `--max-impact renumber` is not given.'],
    NLP54: ['warning', 'An entry looks like one that exists under another key: the old one would be deleted.'],
    NLP60: ['error', 'A NIC can’t become a port of a bridge: it is a bridge itself, or another device uses it.'],
    NLP61: ['error or warning', 'A node has or answers for an address that the topology uses on the same network.'],
    NLP62: [
      'error or warning',
      'A node has a permanent neighbour entry with another MAC for an address of the topology.',
    ],
    NLP70: ['error', '`pin` cannot write a value, because an anchor or the form of an entry is in the way.'],
    NLP71: ['error', 'A topology file was changed while `pin` read the nodes.'],
    NLP80: ['error', 'A plan has a worse impact on traffic than `--max-impact` allows.'],
    NLP81: ['error or warning', 'A plan would cut the SSH connection by which a node is reached; `plan` warns of it.'],
    NLP82: [
      'error or warning',
      'A node is reached over SSH and a plan changes what that unknown connection may depend on.',
    ],
  },
} as const satisfies Family;

export const GUARD = {
  title: 'The deletion guard',
  codes: {
    NLG01: ['error', 'A plan would delete an unusually large share of the existing objects.'],
    NLG02: ['error', 'The topology is empty, so a plan would delete every existing object.'],
  },
} as const satisfies Family;

export const APPLY = {
  title: 'Applying',
  codes: {
    NLA01: ['error', 'A command failed on a node.'],
    NLA02: ['error', 'Objects still differ after the last round of an apply.'],
    NLA03: ['error', 'A name cannot be passed to a program as data.'],
    NLA04: ['error', 'Another netloom process is changing the node.'],
    NLA05: ['error', 'The network has changed since the plan was shown.'],
    NLA06: ['error', 'A command of an apply hangs; it was ended.'],
    NLA07: ['error', 'A command of an apply hangs and cannot be killed; the node stays locked.'],
    NLA08: ['error', 'A command of an apply was ended, because netloom was stopped.'],
    NLA09: ['error', 'The lock of a node cannot be taken.'],
    NLA10: ['error', 'A file system of a node is full.'],
    NLA11: ['error', 'A file system of a node is read-only.'],
    NLA12: ['error', 'What a failed apply did could not be rolled back completely.'],
    NLA13: ['warning', 'A failed apply was rolled back, but for objects that netloom cannot restore.'],
    NLA14: ['error', 'A node was not rolled back, because the connection to it ended.'],
    NLA15: ['error', 'An expectation that was met before an apply to be confirmed is not met after it.'],
    NLA16: ['error', 'An apply cannot be kept yet, because it still runs.'],
    NLA20: ['error', 'A plan cannot be rendered as scripts: two nodes wait for each other.'],
    NLA21: ['error', 'A saved plan is stale: what it reads or writes has changed since.'],
    NLA30: ['error', 'An apply on the node waits to be confirmed.'],
    NLA31: ['error', 'An apply that is to be confirmed would delete what a revert cannot create again.'],
    NLA32: ['error', 'A node cannot be given the way back from an apply.'],
    NLA33: ['error', 'An apply was reverted.'],
    NLA34: ['error', 'A revert has not led back to the state before.'],
    NLA35: ['error', 'An apply was not kept or reverted on all nodes alike.'],
    NLA36: ['error', 'No apply of the topology waits to be confirmed.'],
    NLA37: ['warning', 'An earlier apply was reverted on a node.'],
    NLA39: ['error', 'A node was not told whether an apply is kept.'],
    NLA38: ['warning', 'A revert on a node has not led back to the state before.'],
  },
} as const satisfies Family;
