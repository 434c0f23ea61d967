import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import { filesProbe } from '../probes/files.ts';
import type { Daemon, DaemonLocation } from './daemon.ts';
import { programText } from '../../programs/text.ts';

/** Returns the leases in a dnsmasq's lease file, each `address mac`; none without a file. */
function leasesIn(view: NodeView, state: string): readonly string[] {
  const text = view.get(filesProbe)?.files.find((file) => file.path === leaseFile(state))?.content ?? '';
  return text.split('\n').flatMap((line) => {
    const [, mac, address] = /^\d+ ([0-9a-f:]{17}) ([0-9.]+) /.exec(line) ?? [];
    return mac === undefined || address === undefined ? [] : [`${address} ${mac}`];
  });
}

function leaseFile(state: string): string {
  return `${state}/leases`;
}

const RELEASE = programText(new URL('./dhcp-release.pl', import.meta.url));

/** Returns the command that makes a running dnsmasq release these leases. */
function release({ netns, state }: DaemonLocation, device: string, leases: readonly string[]): Command {
  return { tool: 'exec', netns, argv: ['perl', '-e', RELEASE, device, leaseFile(state), ...leases] };
}

/** The DHCP server. It holds a lease until it expires, and no other client gets its address. */
export const dnsmasq: Daemon = {
  program: 'dnsmasq',
  debianPackage: 'dnsmasq-base',
  users: ['nobody', 'dnsmasq'],
  holds: leasesIn,
  release,
};
