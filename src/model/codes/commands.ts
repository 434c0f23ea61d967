import type { Family } from './family.ts';

export const COMMANDS = {
  title: 'Commands',
  codes: {
    NLX00: ['error', 'netloom itself has a fault.'],
    NLX01: ['error', 'This Node.js is too old.'],
    NLX02: ['error', 'The command cannot take the topology from standard input.'],
    NLX10: ['error', 'The command needs consent, and there is no terminal to ask at.'],
    NLX11: ['error', 'The plan was not approved.'],
    NLX12: ['error', '`--yes` is given, and the command line does not name the topologies to delete.'],
    NLX20: ['error', 'An instance is to run in the lab, and its node is not in the lab.'],
    NLX21: ['error', 'The command works only where every node is in the lab.'],
    NLX22: ['error', 'The file has no such node.'],
    NLX23: ['error', 'The file has no such port, or several, and the command line does not select one.'],
    NLX24: ['error', 'No JSON Schema of this name comes with netloom, or it is not installed as a file.'],
    NLX25: ['error', 'The file to create exists already.'],
    NLX26: ['error', 'A file cannot be written.'],
    NLX27: ['error', 'The command line does not say which lab.'],
    NLX30: ['warning', 'A mark on a node names no topology.'],
    NLX31: [
      'warning',
      'An object names the topology and is not deleted, because nothing proves that netloom created it.',
    ],
    NLX32: ['info', 'An address may belong to a topology whose name is unknown.'],
    NLX33: ['warning', 'The database of Open vSwitch on a node does not answer, so its contents are unknown.'],
    NLX41: ['warning', 'An expectation cannot be checked.'],
    NLX50: ['error', 'A process that holds the lock of a node cannot be killed.'],
    NLX51: ['error', '`unlock` needs the node whose lock it frees.'],
    NLX55: ['error', 'The command line leaves out every node.'],
    NLX56: ['error', 'A part of the file would move from or to a node that is left out.'],
  },
} as const satisfies Family;
