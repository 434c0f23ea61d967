import type { Family } from './family.ts';

export const HOSTS = {
  title: 'Shells on nodes',
  codes: {
    NLH001: ['error', 'A value with a NUL character cannot be passed to a shell.'],
    NLH002: ['error', 'The program that connects to a node cannot be started.'],
    NLH003: ['error', 'A node cannot be reached.'],
    NLH004: ['error', 'The shell of a node is not permitted to change the network.'],
    NLH005: ['error', 'The connection to a node ended.'],
    NLH006: ['error', 'A script failed on a node.'],
    NLH007: ['error', 'The shell of a node is already closed.'],
    NLH008: ['error', 'Nodes of a topology cannot be reached.'],
    NLH010: ['error', 'A command that reads a node hangs; it was ended.'],
    NLH011: ['error', 'A command that reads a node hangs and cannot be killed.'],
    NLH012: ['error', 'Nothing was heard of a node for a while.'],
    NLH013: ['error', 'A node lacks the program in which netloom runs its scripts.'],
  },
} as const satisfies Family;

export const LAB = {
  title: 'The lab',
  codes: {
    NLL001: ['error', 'Other users can write to a folder of the lab.'],
    NLL002: ['error', 'The folder of all labs cannot be locked.'],
    NLL003: ['error', 'The lab is not up.'],
    NLL004: ['error', 'A name cannot be passed to a command of the lab.'],
    NLL005: ['error', 'A node, an instance or a host of the lab did not start.'],
    NLL006: ['error', 'The lab did not start.'],
    NLL007: ['error', 'This machine lacks a program that the lab needs.'],
    NLL008: ['error', 'The lab was brought up without a node, an instance or a host that the file now has.'],
    NLL009: ['error', 'The lab is up and cannot be entered.'],
    NLL010: ['error', 'The lab did not stop in time.'],
    NLL011: ['error', 'The lab has no node, instance, outside host, router or DHCP server of this name.'],
    NLL012: ['error', 'A text is not the name of a topology.'],
    NLL013: ['error', 'Open vSwitch in the lab cannot create ports, because `/dev/net/tun` cannot be opened.'],
    NLL014: ['error', 'Open vSwitch did not start on a node of the lab.'],
    NLL015: ['error', 'Several parts of the lab have the name.'],
    NLL016: ['error', 'A router or DHCP server has no namespace in the lab.'],
    NLL017: ['error', 'Packets cannot be captured at a place of the lab.'],
    NLL018: ['error', 'The lab has no place of this name at which packets can be captured.'],
    NLL019: ['error', 'Several places of the lab at which packets can be captured have the name.'],
  },
} as const satisfies Family;
