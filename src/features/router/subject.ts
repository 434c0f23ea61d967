import type { Subject } from '../../model/subject.ts';
import type { ResolvedRouter } from '../../resolve/resolved.ts';
import { movedAddress } from '../moved-address.ts';

/** Returns a router in the words of people: `2 interfaces, gateway 203.0.113.10`. */
export function routerSubject({ name, id, node, interfaces, gateway, origin }: ResolvedRouter): Subject {
  const own = gateway?.fixedIps.map(({ address }) => address) ?? [];
  const interfacesText = interfaces.length === 1 ? '1 interface' : `${String(interfaces.length)} interfaces`;
  const details = [interfacesText, ...(own.length === 0 ? [] : [`gateway ${own.join(', ')}`])].join(', ');
  const ports = gateway ? [...interfaces, gateway] : interfaces;
  return {
    origin,
    type: 'router',
    name,
    node,
    details,
    ids: [id, ...ports.map((port) => port.id)],
    feels: { 'drops-nat': 'NAT connections through it drop' },
    becomes: (deleted, created) => {
      const moved = gateway && movedAddress(deleted, created, gateway.device);
      return moved === undefined ? undefined : `gateway ${moved}`;
    },
  };
}
