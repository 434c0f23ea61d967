import type { Family } from './family.ts';

export const COMMANDS = {
  title: 'Commands',
  codes: {
    NLX00: ['error', 'netloom itself has a fault.'],
    NLX01: ['error', 'This Node.js is too old.'],
    NLX02: ['error', 'The command cannot take the topology from standard input.'],
    NLX10: ['error', 'The command needs consent, and nobody can be asked.'],
    NLX11: ['error', 'The plan was not approved.'],
    NLX12: ['error', 'Consent is given beforehand, and the command line does not say to what.'],
    NLX20: ['error', 'An instance is attached to the lab, and its node is not in the lab.'],
    NLX21: ['error', 'The command works only where every node is in the lab.'],
    NLX22: ['error', 'The file has no such node.'],
    NLX23: ['error', 'The file has no such port, or several, and the command line does not say which.'],
    NLX24: ['error', 'No JSON Schema of this name comes with netloom.'],
    NLX25: ['error', 'The file to create exists already.'],
    NLX26: ['error', 'A file cannot be written.'],
    NLX30: ['warning', 'A mark on a node names no topology.'],
    NLX31: ['warning', 'Something names the topology and is left, because netloom cannot know it for its own.'],
    NLX32: ['info', 'An address may belong to a topology whose name is not known.'],
    NLX33: ['warning', 'The database of Open vSwitch on a node does not answer, so it was not read.'],
    NLX41: ['warning', 'An expectation cannot be tried.'],
  },
} as const satisfies Family;
