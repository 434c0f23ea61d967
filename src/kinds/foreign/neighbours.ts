import type { RawNeighbour } from '../../kernel/netlink/neighbour.ts';
import { isDaemon } from '../../kernel/netlink/protocols.ts';
import { running, type Found } from './found.ts';

/** Yields permanent neighbours and proxy entries. */
export function* foreignNeighbours(
  neighbours: readonly RawNeighbour[],
  deviceOf: (ifindex: number) => string | undefined,
): Iterable<Found> {
  for (const { address, ifindex, mac, proxy, protocol } of neighbours) {
    const device = deviceOf(ifindex);
    if (device === undefined || isDaemon(protocol)) continue;
    const words = [...(proxy ? ['proxy'] : []), address, 'dev', device];
    const removal = running('ip', 'neigh', 'del', ...words);
    const name = `neighbour ${words.join(' ')}`;
    const fixed = proxy ? [] : [...(mac === undefined ? [] : ['lladdr', mac]), 'nud', 'permanent'];
    const common = { removal, restoration: running('ip', 'neigh', 'add', ...words, ...fixed), device };
    if (proxy) yield { name, why: `answers for ${address}`, ...common };
    else yield { name: `${name} lladdr ${mac ?? 'none'}`, why: `fixes the MAC of ${address}`, ...common };
  }
}
