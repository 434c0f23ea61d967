import type { Diagnostic } from '../../model/diagnostic.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { show } from '../show.ts';
import type { ExtraDhcpOpt } from '../types.gen.ts';
import type { Path } from '../valid.ts';
import type { CheckContext } from './context.ts';

/** Options that take addresses only, and their numbers. dnsmasq ignores such an option with any other value. */
const OF_ADDRESSES: Readonly<Record<string, string>> = {
  netmask: '1',
  router: '3',
  'dns-server': '6',
  'log-server': '7',
  'lpr-server': '9',
  'swap-server': '16',
  'policy-filter': '21',
  'router-solicitation': '32',
  'static-route': '33',
  'nis-server': '41',
  'ntp-server': '42',
  'netbios-ns': '44',
  'netbios-dd': '45',
  'x-windows-fs': '48',
  'x-windows-dm': '49',
  'nis+-server': '65',
  'mobile-ip-home': '68',
  'smtp-server': '69',
  'pop3-server': '70',
  'nntp-server': '71',
  'irc-server': '74',
  'tftp-server-address': '150',
  'server-ip-address': '255',
};
const NUMBERS = new Set(Object.values(OF_ADDRESSES));

/** Checks the DHCP options of ports for values that dnsmasq would ignore with a line in its log only. */
export function checkExtraDhcpOpts(t: CheckContext): Diagnostic[] {
  return Object.entries(t.doc.instances ?? {}).flatMap(([instance, { ports }]) =>
    Object.entries(ports ?? {}).flatMap(([device, { extra_dhcp_opts: options }]) =>
      ofPort(t, ['instances', instance, 'ports', device, 'extra_dhcp_opts'], options ?? []),
    ),
  );
}

function ofPort(t: CheckContext, path: Path, options: readonly ExtraDhcpOpt[]): Diagnostic[] {
  const first = new Map<string, number>();
  return options.flatMap(({ opt_name: name, opt_value: value }, index) => {
    const found = ofValue(t, [...path, index, 'opt_value'], name, value);
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, index);
      return found;
    }
    const related = [{ message: 'first given here', at: { path: [...path, other, 'opt_name'] } }];
    const at = { path: [...path, index, 'opt_name'] };
    return [...found, t.report('NL723', at, `option ${show(name)} is given twice for one port`, { related })];
  });
}

function ofValue(t: CheckContext, path: Path, name: string, value: string): Diagnostic[] {
  const option = name.replace(/^tag:[^,]+,/, '');
  if ((option === 'client-id' || option === '61') && (value.includes(',') || option !== name)) {
    const hint = 'a port has one client identifier, without a comma: hexadecimal bytes with colons, or text';
    return [t.report('NL722', { path }, `${show(value)} cannot be a client identifier here`, { hint })];
  }
  if (!Object.hasOwn(OF_ADDRESSES, option) && !NUMBERS.has(option)) return [];
  if (value.split(',').every(isIpv4)) return [];
  const hint = 'list IPv4 addresses, separated by commas';
  return [t.report('NL721', { path }, `${show(value)} is not a valid value of option ${show(option)}`, { hint })];
}
