import { programText } from '../../programs/text.ts';

const RUNS = programText(new URL('./runs.sh', import.meta.url));

/** Pid 1 of a lab. */
export const HOLDER_SCRIPT = programText(new URL('./holder.sh', import.meta.url));

/** Functions that change a running lab, for a shell in its switches' namespace. */
export const FABRIC_FUNCTIONS = programText(new URL('./fabric.sh', import.meta.url));

/** Prints the state of a lab, its devices first. */
export const OBSERVE_SCRIPT = RUNS + programText(new URL('./observe.sh', import.meta.url));

/** Prints the state of each member. */
export const STATUS_SCRIPT = RUNS + programText(new URL('./status.sh', import.meta.url));

/** Prints the addresses in the named namespaces of every node. */
export const NAMESPACES_SCRIPT = programText(new URL('./namespaces.sh', import.meta.url));

/** Renews the leases of the instance in which it runs. */
export const RENEW_SCRIPT = programText(new URL('./renew.sh', import.meta.url));

/** The files in /run/netloom-lab/bin of every member. */
export const LAB_FILES: Readonly<Record<string, string>> = {
  'member.sh': programText(new URL('./member.sh', import.meta.url)),
  'guest.sh': programText(new URL('./guest.sh', import.meta.url)),
  'dhcp.sh':
    programText(new URL('./dhclient-words.sh', import.meta.url)) + programText(new URL('./dhcp.sh', import.meta.url)),
  'dhclient.conf': programText(new URL('./dhclient.conf', import.meta.url)),
  'listen.pl': programText(new URL('./listen.pl', import.meta.url)),
  'openvswitch.sh': RUNS + programText(new URL('./openvswitch.sh', import.meta.url)),
};
