import type { Subject } from '../model/subject.ts';
import type { ExternalAddress } from '../resolve/resolved.ts';
import { movedAddress } from './moved-address.ts';

/** Returns a floating IP in the words of people, with what it leads to. */
export function floatingSubject({ name, id, address, origin }: ExternalAddress, target: string): Subject {
  return {
    origin,
    type: 'floating IP',
    name,
    details: `${address} ${target}`,
    ids: [id],
    feels: { 'drops-nat': 'its NAT connections drop', delete: 'its NAT connections drop' },
    becomes: (deleted, created) => movedAddress(deleted, created),
  };
}
