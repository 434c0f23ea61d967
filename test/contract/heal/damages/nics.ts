import { touching, type Damage } from './damage.ts';
import { READ_ONLY, SETTABLE } from './fields.ts';
import { leaves, type Link } from './place.ts';

/** The damages to a NIC. It is not ours, but its membership in our bridge is. */
export function* nicDamages(link: Link): Iterable<Damage> {
  if (link.linkinfo?.['info_slave_kind'] === 'bridge')
    yield {
      title: `${link.ifname}: out of its bridge`,
      class: 'NIC out',
      script: `ip link set dev ${link.ifname} nomaster`,
      touches: touching(`-/nic/${link.ifname}$`),
    };
  yield {
    title: `${link.ifname}: down`,
    class: 'NIC down',
    script: `ip link set dev ${link.ifname} down`,
    touches: touching(`-/nic/${link.ifname}$`),
  };
  for (const [path, value] of leaves(link.linkinfo?.['info_slave_data'] ?? {}, 'info_slave_data')) {
    if (path in READ_ONLY || path === 'info_slave_data.cost') continue;
    yield {
      title: `${link.ifname}: ${path}`,
      class: 'NIC port option',
      script: `ip link set dev ${link.ifname} ${SETTABLE[path]?.(value, link.ifname) ?? 'nobody has thought of it'}`,
      touches: touching(`-/nic/${link.ifname}$`),
    };
  }
}
