import { DHCLIENT_CONF, DHCP_SCRIPT } from './dhcp.ts';
import { GUEST_SCRIPT } from './guest.ts';
import { HOLDER_SCRIPT } from './holder.ts';
import { LISTEN_SCRIPT } from './listen.ts';
import { MEMBER_SCRIPT } from './member.ts';
import { SWITCH_SCRIPT } from './openvswitch.ts';

export { HOLDER_SCRIPT };

/** The files every member of a lab finds in /run/netloom-lab/bin. */
export const LAB_FILES: Readonly<Record<string, string>> = {
  'member.sh': MEMBER_SCRIPT,
  'guest.sh': GUEST_SCRIPT,
  'dhcp.sh': DHCP_SCRIPT,
  'dhclient.conf': DHCLIENT_CONF,
  'listen.pl': LISTEN_SCRIPT,
  'openvswitch.sh': SWITCH_SCRIPT,
};
