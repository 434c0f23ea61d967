import type { Command } from '../../model/command.ts';
import { contentOf } from '../probes/files.ts';
import type { Daemon, DaemonLocation } from './daemon.ts';
import { programText } from '../../programs/text.ts';

/** Returns the leases in the text of a dnsmasq's lease file, each `address mac`. */
function leasesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, mac, address] = /^\d+ ([0-9a-f:]{17}) ([0-9.]+) /.exec(line) ?? [];
    return mac === undefined || address === undefined ? [] : [`${address} ${mac}`];
  });
}

/** The name of the lease file in the state folder. */
const LEASES = 'leases';

function leaseFile(state: string): string {
  return `${state}/${LEASES}`;
}

const RELEASE = programText(new URL('./dhcp-release.pl', import.meta.url));

/** Returns the command that makes a running dnsmasq release these leases. */
function release({ netns, state }: DaemonLocation, device: string, leases: readonly string[]): Command {
  return { tool: 'exec', netns, argv: ['perl', '-e', RELEASE, device, leaseFile(state), ...leases] };
}

const WRITE_LEASES = programText(new URL('./dhcp-leases.pl', import.meta.url));

/** Returns the command that writes the lease file for a start as before an apply. */
function resume({ state }: DaemonLocation, seeds: Readonly<Record<string, string>>, held: readonly string[]): Command {
  const argv = ['perl', '-e', WRITE_LEASES, leaseFile(state), seeds[LEASES] ?? '', ...held];
  return { tool: 'exec', netns: null, argv };
}

/** The DHCP server. It holds a lease until it expires, and no other client gets its address. */
export const dnsmasq: Daemon = {
  program: 'dnsmasq',
  debianPackage: 'dnsmasq-base',
  users: ['nobody', 'dnsmasq'],
  holds: (view, state) => leasesOf(contentOf(view, leaseFile(state)) ?? ''),
  holdsAtStart: (seeds) => leasesOf(seeds[LEASES] ?? ''),
  release,
  resume,
};
