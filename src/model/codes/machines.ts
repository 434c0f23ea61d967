import type { Family } from './family.ts';

export const HOSTS = {
  title: 'Shells on nodes',
  codes: {
    NLH001: ['error', 'A value with a NUL character cannot be handed to a shell.'],
    NLH002: ['error', 'The program that leads to a node cannot be started.'],
    NLH003: ['error', 'A node cannot be reached.'],
    NLH004: ['error', 'The shell of a node has no right to change the network.'],
    NLH005: ['error', 'The connection to a node ended.'],
    NLH006: ['error', 'A script failed on a node.'],
    NLH007: ['error', 'The shell of a node is closed already.'],
  },
} as const satisfies Family;

export const LAB = {
  title: 'The lab',
  codes: {
    NLL001: ['error', 'A folder of the lab is not the user’s alone.'],
    NLL002: ['error', 'The folder of all labs cannot be locked.'],
    NLL003: ['error', 'The lab is not up.'],
    NLL004: ['error', 'A name cannot be given to a command of the lab.'],
    NLL005: ['error', 'A node, an instance or a host of the lab did not start.'],
    NLL006: ['error', 'The lab did not start.'],
    NLL007: ['error', 'This machine lacks a program that the lab needs.'],
    NLL008: ['error', 'The lab was brought up without a machine that the file now has.'],
    NLL009: ['error', 'The lab is up and cannot be entered.'],
    NLL010: ['error', 'The lab did not end in time.'],
    NLL011: ['error', 'The lab has no machine of this name.'],
    NLL012: ['error', 'A text is not the name of a topology.'],
    NLL013: ['error', 'Open vSwitch in the lab cannot make ports, because `/dev/net/tun` cannot be opened.'],
    NLL014: ['error', 'Open vSwitch did not start in a node of the lab.'],
  },
} as const satisfies Family;
