import type { RawXfrmPolicy, RawXfrmState } from '../../kernel/netlink/xfrm.ts';
import { running, type Found } from './found.ts';

/**
 * Yields IPsec policies and states that block or transform traffic and that no IPsec daemon added: a daemon numbers
 * what belongs together (reqid), and would add it again.
 */
export function* foreignIpsec(policies: readonly RawXfrmPolicy[], states: readonly RawXfrmState[]): Iterable<Found> {
  for (const { direction, index, action, source, destination, reqid } of policies) {
    // One without a template lets packets pass as they are.
    if (action === 'allow' && reqid !== 0) continue;
    const words = ['dir', direction, 'index', String(index)];
    const what = `src ${source} dst ${destination}`;
    yield {
      name: `xfrm policy ${what} ${words.join(' ')} action ${action}`,
      why:
        action === 'block' ? `drops the traffic from ${source} to ${destination}` : 'encrypts traffic, or requires it',
      // Unlike `delete`, it finds one with a mark or an interface.
      removal: running('ip', 'xfrm', 'policy', 'deleteall', ...words),
    };
  }
  for (const { source, destination, protocol, spi, reqid } of states) {
    if (reqid !== 0) continue;
    const words = ['src', source, 'dst', destination, 'proto', PROTOCOLS[protocol] ?? String(protocol), 'spi', spi];
    const removal = running('ip', 'xfrm', 'state', 'deleteall', ...words);
    yield {
      name: `xfrm state ${words.join(' ')}`,
      why: `takes IPsec traffic from ${source} to ${destination}`,
      removal,
    };
  }
}

const PROTOCOLS: Readonly<Record<number, string>> = { 50: 'esp', 51: 'ah', 108: 'comp', 43: 'route2', 60: 'hao' };
