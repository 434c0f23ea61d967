import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { port } from './edits.ts';

/** Names of ports, and options of DHCP. */
export const DHCP_OPTIONS: readonly FaultCase[] = [
  ['NL107', 'a domain that ends with a dot', edited(['name: base\n', 'name: base\ndns_domain: «example.org.\n'])],
  ['NL107', 'a DNS name of two labels', port('dns_name: «web.example')],
  ['NL107', 'a DNS name that is another port’s default', port('dns_name: «host-10-0-0-12')],
  ['NL107', 'an option dnsmasq does not know', port('extra_dhcp_opts: [{ opt_name: «bootfile, opt_value: x }]')],
  ['NL107', 'a tag that is never set', port("extra_dhcp_opts: [{ opt_name: «'tag:x,bootfile-name', opt_value: x }]")],
  ['NL107', 'an option on two lines', port('extra_dhcp_opts: [{ opt_name: bootfile-name, opt_value: «"x\\ny" }]')],
  ['NL721', 'a router without an address', port('extra_dhcp_opts: [{ opt_name: router, opt_value: «gw }]')],
  [
    'NL721',
    'a router by its number, with a name among its addresses',
    port("extra_dhcp_opts: [{ opt_name: '3', opt_value: «'10.0.0.1,gw' }]"),
  ],
  ['NL722', 'an identifier with a comma', port("extra_dhcp_opts: [{ opt_name: client-id, opt_value: «'a,b' }]")],
  [
    'NL723',
    'an option twice',
    port("extra_dhcp_opts: [{ opt_name: '26', opt_value: '1' }, { opt_name: «'26', opt_value: '2' }]"),
  ],
  ['NL670', 'a DNS name under the default domain', port('dns_name: «web')],
  [
    'NL724',
    'a DNS name twice',
    port('dns_name: web }\n  vm2:\n    node: com1\n    ports:\n      eth0: { network: lan, dns_name: «web').replace(
      'name: base\n',
      'name: base\ndns_domain: example.org\n',
    ),
  ],
];
