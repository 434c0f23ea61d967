import { plain } from '../../../support/snapshot.ts';
import { touching, type Damage } from './damage.ts';
import { ADDRESS_READ_ONLY } from './fields.ts';
import type { Link, Place } from './place.ts';

/** The damages to the addresses of a link, and one address more. */
export function* addressDamages(place: Place, link: Link): Iterable<Damage> {
  for (const raw of link.addr_info ?? []) {
    if (raw['family'] !== 'inet' || (place.name === '-' && !plain(raw['label']).includes(':'))) continue;
    const cidr = `${plain(raw['local'])}/${plain(raw['prefixlen'])}`;
    const device = link.ifname;
    const at = `${cidr} on ${device}`;
    const ip = place.ip;
    const here = place.name === '-' ? '-/address/' : `${place.name}/(?:address|route)/`;
    const again = (change: Record<string, string>): string => {
      const fields: Record<string, string> = {
        broadcast: plain(raw['broadcast']),
        scope: plain(raw['scope']),
        label: plain(raw['label']),
        ...change,
      };
      const { cidr: other = cidr, ...rest } = fields;
      return `${ip} addr del ${cidr} dev ${device}; ${ip} addr add ${other} ${Object.entries(rest)
        .map(([k, v]) => `${k} ${v}`)
        .join(' ')} dev ${device}`;
    };
    const alter: Record<string, string> = {
      local: again({ cidr: `10.254.254.254/${plain(raw['prefixlen'])}` }),
      prefixlen: again({ cidr: `${plain(raw['local'])}/${String(Number(raw['prefixlen']) - 1)}` }),
      broadcast: again({ broadcast: '10.254.254.255' }),
      scope: again({ scope: 'link' }),
      label: again({ label: `${device.slice(0, 11)}:x` }),
      valid_life_time: `${ip} addr change ${cidr} dev ${device} valid_lft 3000 preferred_lft 3000`,
      preferred_life_time: `${ip} addr change ${cidr} dev ${device} valid_lft 3000 preferred_lft 1000`,
    };
    for (const field of Object.keys(raw)) {
      if (field in ADDRESS_READ_ONLY) continue;
      const script = alter[field];
      if (script === undefined) throw new Error(`${at}: nobody has thought of the field ${field}`);
      // A label must begin with the device's name and has at most 15 characters; an address of the node's own is
      // recognised by it.
      if (field === 'label' && (device.length > 11 || place.name === '-')) continue;
      if (place.name === '-' && (field === 'local' || field === 'prefixlen')) continue;
      yield { title: `${at}: ${field}`, class: `address ${field}`, script, touches: touching(here) };
    }
    yield {
      title: `${at}: peer`,
      class: 'address peer',
      script: again({ cidr: `${plain(raw['local'])} peer 10.254.254.1/${plain(raw['prefixlen'])}` }),
      touches: touching(here),
    };
    yield {
      title: `${at}: no route of its own`,
      class: 'address noprefixroute',
      script: `${again({})} noprefixroute`,
      touches: touching(here),
    };
    yield {
      title: `${at}: deleted`,
      class: 'address deleted',
      script: `${ip} addr del ${cidr} dev ${device}`,
      touches: touching(here),
    };
  }
  if (place.name === '-') return;
  yield {
    title: `${link.ifname}: another address`,
    class: 'address added',
    script: ['10.253.0.1/24', '2001:db8::1/64 nodad']
      .map((address) => `${place.ip} addr add ${address} dev ${link.ifname}`)
      .join('; '),
    touches: touching(`${place.name}/address/`),
  };
}
