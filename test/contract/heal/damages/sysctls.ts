import { touching, type Damage } from './damage.ts';

/** The damages to sysctls; the text has `namespace key value` in each line. */
export function* sysctlDamages(text: string): Iterable<Damage> {
  for (const line of text.split('\n').filter((l) => l !== '')) {
    const [place = '', key = '', value = ''] = line.split(' ');
    const enter = place === '-' ? '' : `nsenter --net=/run/netns/${place} `;
    yield {
      title: `${place} ${key}`,
      class: /\/(?:all|default)\//.test(key)
        ? 'sysctl of all'
        : key.includes('/conf/')
          ? `sysctl of ${place === '-' ? 'a tap' : 'a device'}`
          : 'sysctl',
      script: `${enter}sh -c 'echo ${value === '0' ? '1' : '0'} >/proc/sys/${key}'`,
      // The kernel copies a value of `all` or `default`, and forwarding, to the other devices; turning IPv6 off deletes
      // its addresses.
      touches: touching(`${place}/sysctl/`, ...(key.endsWith('/disable_ipv6') ? [`${place}/address/fe80:`] : [])),
    };
  }
}
