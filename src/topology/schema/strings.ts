import type { Code } from '../../model/codes/registry.ts';
import { isIpv4, netmask } from '../../net/ipv4.ts';
import { isIpv6 } from '../../net/ipv6.ts';
import { protocolNames } from '../../net/protocols.ts';
import { show } from '../show.ts';
import { suggestion } from '../suggest.ts';
import { patternMessages, patterns } from '../validate.gen.ts';
import { isIpv6Like } from './ipv6.ts';
import { templateHint } from './meant.ts';

/** Why a string does not match its pattern. */
export interface StringFault {
  readonly code: Code;
  readonly summary: string;
  readonly hint?: string | undefined;
}

/** Returns why a string does not match a definition of the schema. */
export function describeString(definition: string, text: string): StringFault {
  const fault = faultOf(definition, text);
  const hint = templateHint(text);
  return hint === undefined ? fault : { ...fault, hint };
}

function faultOf(definition: string, text: string): StringFault {
  switch (definition) {
    case 'ipv4':
    case 'ipv4_or_null':
      return address(definition, text);
    case 'cidr':
      return cidr(text);
    case 'ip_prefix':
      return { ...sentence(definition, text, 'NL107'), ...prefixHint(text, true) };
    case 'ip_protocol': {
      const fault = sentence(definition, text, 'NL107');
      return { ...fault, hint: nearProtocol(text) ?? fault.hint };
    }
    case 'target':
      return /^[\d./:]+$/.test(text) || isIpv6Like(text) ? address('ipv4', text) : name(text);
    case 'mac':
      return mac(text);
    case 'uuid':
      return uuid(text);
    case 'device_name':
      return device(text);
    case 'name':
      return name(text);
    case 'relative_path':
      return relativePath(definition, text);
    case 'topology_name':
      return sentence(definition, text, 'NL106');
    case 'ssh_host':
      return isIpv6Like(text) ? ipv6(text) : sentence(definition, text, 'NL107');
    default:
      return sentence(definition, text, 'NL107');
  }
}

function relativePath(definition: string, text: string): StringFault {
  if (!text.startsWith('/')) return sentence(definition, text, 'NL107');
  const hint = 'write it relative to the file that names it';
  return { code: 'NL006', summary: `${show(text)} is an absolute path`, hint };
}

function address(definition: string, text: string): StringFault {
  if (isIpv6Like(text)) return ipv6(text);
  if (hasLeadingZeros(text)) return leadingZeros(text);
  const fault = sentence(definition, text, 'NL108');
  return text.includes('/') ? { ...fault, hint: 'leave the prefix length out' } : fault;
}

function cidr(text: string): StringFault {
  if (isIpv6Like(text)) return ipv6(text);
  if (hasLeadingZeros(text)) return leadingZeros(text);
  return { ...sentence('cidr', text, 'NL109'), ...prefixHint(text, false) };
}

/** What to write for a network without a prefix length, or with a netmask. */
function prefixHint(text: string, isPeer: boolean): { readonly hint?: string } {
  const [address = '', mask] = text.split('/');
  if (isIpv4(address) && mask !== undefined && isIpv4(mask)) {
    const length = Array.from({ length: 33 }, (_, bits) => bits).find((bits) => netmask(bits) === mask);
    return length === undefined ? {} : { hint: `write ${address}/${String(length)}` };
  }
  if (mask !== undefined || !(isIpv4(address) || isIpv6(address))) return {};
  const alone = `${address}/${isIpv4(address) ? '32' : '128'}`;
  if (isPeer) return { hint: `write ${alone} for this address alone, or add the prefix length of its network` };
  const such = `add its prefix length, such as ${address}/24`;
  return { hint: address.endsWith('.0') ? such : `${such}; ${alone} is this address alone` };
}

function nearProtocol(text: string): string | undefined {
  const near = suggestion(text, protocolNames());
  return near?.startsWith('choose') === true ? undefined : near;
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
  return sentence('mac', text, 'NL112');
}

function uuid(text: string): StringFault {
  const digits = text.replace(/^urn:uuid:/i, '').replace(/[{}-]/g, '');
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) return sentence('uuid', text, 'NL113');
  const canonical = digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { code: 'NL113', summary: `${show(text)} is not in the canonical form`, hint: `write ${canonical}` };
}

function device(text: string): StringFault {
  if (['lo', 'all', 'default', '.', '..'].includes(text)) {
    return { code: 'NL114', summary: `the device name ${show(text)} is reserved`, hint: 'name a network device' };
  }
  const fault = sentence('device_name', text, 'NL114');
  return text.length > 15 ? { ...fault, hint: 'use 15 characters at most, the limit of the kernel' } : fault;
}

function name(text: string): StringFault {
  const fault = sentence('name', text, 'NL106');
  return text.length > 63 ? { ...fault, hint: 'use 63 characters at most' } : fault;
}

/** Returns the sentence that editors show: "Not a WHAT: HINT." in the schema's `patternErrorMessage`. */
function sentence(definition: string, text: string, code: Code): StringFault {
  const message = patternMessages[definition as keyof typeof patternMessages];
  const [what = '', ...hint] = message.replace(/^N/, 'n').replace(/\.$/, '').split(': ');
  const plain = text.trim().toLowerCase();
  const fits =
    plain !== text && plain.length < 300 && new RegExp(patterns[definition as keyof typeof patterns]).test(plain);
  return { code, summary: `${show(text)} is ${what}`, hint: fits ? `write ${plain}` : hint.join(': ') };
}
