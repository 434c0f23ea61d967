import { plain } from '../../../support/snapshot.ts';
import { touching, type Damage } from './damage.ts';
import { ROUTE_READ_ONLY } from './fields.ts';
import type { Place } from './place.ts';

/** The damages to the static routes of a namespace. */
export function* routeDamages(place: Place): Iterable<Damage> {
  const { ip, name } = place;
  const here = touching(`${name}/route/`);
  for (const raw of place.routes) {
    if (raw['protocol'] !== 'static') continue;
    const dst = plain(raw['dst']);
    const base: Record<string, string> = { via: plain(raw['gateway']), dev: plain(raw['dev']), proto: 'static' };
    const words = (change: Record<string, string>): string =>
      `${dst} ${Object.entries({ ...base, ...change })
        .map(([k, v]) => `${k} ${v}`)
        .join(' ')}`;
    const gateway = `${plain(raw['gateway']).replace(/\d+$/, '')}99`;
    const alter: Record<string, string> = {
      gateway: `${ip} route replace ${words({ via: gateway })}`,
      protocol: `${ip} route replace ${words({ proto: 'boot' })}`,
      scope:
        `${ip} route del ${dst} proto static; ${ip} route add ${dst} dev ${plain(raw['dev'])} proto static ` +
        'scope link',
      flags: `${ip} route replace ${words({})} onlink`,
    };
    for (const field of Object.keys(raw)) {
      if (field in ROUTE_READ_ONLY) continue;
      const script = alter[field];
      if (script === undefined) throw new Error(`route ${dst} in ${name}: nobody has thought of the field ${field}`);
      yield { title: `route ${dst} in ${name}: ${field}`, class: `route ${field}`, script, touches: here };
    }
    // Default values, which are not shown.
    const source = place.links
      .flatMap((l) => l.addr_info ?? [])
      .find((a) => a['family'] === 'inet' && a['scope'] === 'global')?.['local'];
    const unusual: Record<string, string> = {
      prefsrc: `${ip} route replace ${words({})} src ${plain(source)}`,
      metric: `${ip} route del ${dst} proto static; ${ip} route add ${words({})} metric 50`,
      'metric mtu': `${ip} route replace ${words({})} mtu 1300`,
      'type of service': `${ip} route del ${dst} proto static; ${ip} route add ${words({})} tos 0x10`,
      type: `${ip} route replace unreachable ${dst} proto static`,
      table: `${ip} route del ${dst} proto static; ${ip} route add ${words({})} table 100`,
      nexthops:
        `${ip} route replace ${dst} proto static nexthop via ${plain(raw['gateway'])} dev ` +
        `${plain(raw['dev'])} weight 3 nexthop via ${gateway} dev ${plain(raw['dev'])}`,
      deleted: `${ip} route del ${dst} proto static`,
      'one more': `${ip} route add ${words({ via: gateway })} metric 9`,
    };
    for (const [field, script] of Object.entries(unusual)) {
      yield { title: `route ${dst} in ${name}: ${field}`, class: `route ${field}`, script, touches: here };
    }
  }
}
