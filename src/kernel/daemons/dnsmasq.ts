import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import { filesProbe } from '../probes/files.ts';
import type { Daemon, DaemonLocation } from './daemon.ts';
import { programText } from '../../programs/text.ts';

/** The leases a dnsmasq holds, each `address mac`, as its own lease file tells. Nothing where there is no such file. */
function leasesIn(view: NodeView, state: string): readonly string[] {
  const text = view.get(filesProbe)?.find((file) => file.path === leaseFile(state))?.content ?? '';
  return text.split('\n').flatMap((line) => {
    const [, mac, address] = /^\d+ ([0-9a-f:]{17}) ([0-9.]+) /.exec(line) ?? [];
    return mac === undefined || address === undefined ? [] : [`${address} ${mac}`];
  });
}

function leaseFile(state: string): string {
  return `${state}/leases`;
}

const RELEASE = programText(new URL('./dhcp-release.pl', import.meta.url));

/** The command that makes a running dnsmasq forget these leases. */
function release({ netns, state }: DaemonLocation, device: string, leases: readonly string[]): Command {
  return { tool: 'exec', netns, argv: ['perl', '-e', RELEASE, device, leaseFile(state), ...leases] };
}

/** The DHCP server. It holds leases against whoever comes next, until their time is over. */
export const dnsmasq: Daemon = { program: 'dnsmasq', debianPackage: 'dnsmasq-base', holds: leasesIn, release };
