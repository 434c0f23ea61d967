import { isIpv6Like } from './ipv6.ts';
import type { Code } from '../../model/codes/registry.ts';
import { show } from '../show.ts';

/** What is wrong with a string that its pattern refused. */
export interface StringFault {
  readonly code: Code;
  readonly summary: string;
  readonly hint?: string | undefined;
}

/** Explains why a string does not fit a definition of the schema. */
export function describeString(definition: string, text: string): StringFault {
  switch (definition) {
    case 'ipv4':
    case 'ipv4_or_null':
      return address(text);
    case 'cidr':
      return cidr(text);
    case 'target':
      return /^[\d./:]+$/.test(text) || isIpv6Like(text) ? address(text) : name(text);
    case 'mac':
      return mac(text);
    case 'uuid':
      return uuid(text);
    case 'device_name':
      return device(text);
    case 'name':
      return name(text);
    case 'topology_name':
      return {
        code: 'NL106',
        summary: `${show(text)} is no name for a topology`,
        hint: 'lower-case letters, digits and dashes, beginning with a letter or digit, 19 characters at most',
      };
    default:
      return special(definition, text);
  }
}

function address(text: string): StringFault {
  const summary = `${show(text)} is not an IPv4 address`;
  if (isIpv6Like(text)) return ipv6(text);
  if (hasLeadingZeros(text)) return leadingZeros(text);
  if (text.includes('/')) return { code: 'NL108', summary, hint: 'leave the prefix length out' };
  return { code: 'NL108', summary, hint: 'four numbers from 0 to 255 with dots between them' };
}

function cidr(text: string): StringFault {
  if (isIpv6Like(text)) return ipv6(text);
  if (hasLeadingZeros(text)) return leadingZeros(text);
  const summary = `${show(text)} is not an IPv4 address with prefix length`;
  const hint = text.includes('/') ? 'such as 10.0.0.0/24; the prefix length is 0 to 32' : `such as 10.0.0.0/24`;
  return { code: 'NL109', summary, hint };
}

function ipv6(text: string): StringFault {
  return { code: 'NL111', summary: `${show(text)}: IPv6 is not supported yet`, hint: 'use IPv4 addresses' };
}

function hasLeadingZeros(text: string): boolean {
  return /^\d+(?:\.\d+){3}(?:\/\d+)?$/.test(text) && /(?:^|[./])0\d/.test(text);
}

function leadingZeros(text: string): StringFault {
  return {
    code: 'NL110',
    summary: `${show(text)} has leading zeros`,
    hint: 'some programs read such a number as octal; write it without them',
  };
}

function mac(text: string): StringFault {
  const summary = `${show(text)} is not a MAC address`;
  const lower = text.toLowerCase();
  if (/^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/.test(lower)) {
    const plain = lower.replaceAll('-', ':');
    if (plain === '00:00:00:00:00:00') return { code: 'NL112', summary: `${show(text)} cannot be a device's address` };
    if (/^.[13579bdf]/.test(plain)) {
      const hint = 'the lowest bit of its first byte is set; the second digit must be even';
      return { code: 'NL112', summary: `${show(text)} is a multicast address`, hint };
    }
    return { code: 'NL112', summary: `${show(text)} is not in the canonical form`, hint: `write ${plain}` };
  }
  return { code: 'NL112', summary, hint: 'six pairs of hexadecimal digits in lower case, such as fa:16:3e:12:34:56' };
}

function uuid(text: string): StringFault {
  const summary = `${show(text)} is not a UUID`;
  const digits = text.replace(/^urn:uuid:/i, '').replace(/[{}-]/g, '');
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) {
    return { code: 'NL113', summary, hint: 'such as 30acf3ad-b938-49cd-9fb1-81cb35559e23' };
  }
  const canonical = digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { code: 'NL113', summary: `${show(text)} is not in the canonical form`, hint: `write ${canonical}` };
}

function device(text: string): StringFault {
  if (['lo', 'all', 'default', '.', '..'].includes(text)) {
    return { code: 'NL114', summary: `the device name ${show(text)} is reserved`, hint: 'name a network device' };
  }
  const summary = `${show(text)} is not the name of a network device`;
  const hint =
    text.length > 15
      ? 'the kernel takes 15 characters at most'
      : 'letters, digits, `_`, `.` and `-`, not beginning with `-`, and not digits and dots alone';
  return { code: 'NL114', summary, hint };
}

function name(text: string): StringFault {
  const hint =
    text.length > 63
      ? '63 characters at most'
      : 'letters, digits, `_`, `.` and `-`, beginning with a letter or digit, and not digits and dots alone';
  return { code: 'NL106', summary: `${show(text)} is not a usable name`, hint };
}

const SPECIAL: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  hostname: ['a host name', 'labels of letters, digits and `-`, with dots between them'],
  key_name: ['a name for a key', 'letters, digits, spaces and `_ . @ + -`, beginning with a letter or digit'],
  ssh_public_key: ['an SSH public key', 'the one line of a .pub file: type, key and comment, without a line break'],
  ssh_host: ['a host to reach by SSH', 'a host name, an IPv4 address or a Host alias of ssh_config'],
  ssh_user: ['a login name', 'letters, digits, `_`, `.` and `-`, beginning with a letter or `_`'],
  dns_domain: [
    'a DNS domain',
    'lower-case labels of letters, digits and dashes, with dots between them and none at the end',
  ],
  dns_label: [
    'a DNS name for a port',
    'one label: lower-case letters, digits and dashes, not only digits, and not host-10-0-0-1, which is what a port without a name has',
  ],
  dhcp_opt_name: ['a DHCP option', 'a name of `dnsmasq --help dhcp`, or a number from 1 to 254 in quotes'],
  dhcp_opt_value: ['a value of a DHCP option', 'letters, digits and `_ . / : ~ + @ = , ? & -`, not beginning with `-`'],
  port_range: ['a range of ports', 'a first and a last port from 1 to 65535, such as 5000:5010'],
  ssh_identity_file: ['a path netloom accepts', 'letters, digits and `/ . _ ~ + @ = , -`, not beginning with `-`'],
};

function special(definition: string, text: string): StringFault {
  if (definition === 'ssh_host' && isIpv6Like(text)) return ipv6(text);
  const [what, hint] = SPECIAL[definition] ?? ['well-formed', undefined];
  return { code: 'NL107', summary: `${show(text)} is not ${what}`, hint };
}
