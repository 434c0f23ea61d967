import type { Diagnostic } from '../../model/diagnostic.ts';
import { compareIps, formatIp, parseIp } from '../../net/ip.ts';
import { endsBeforeItStarts, isWithin, rangesOverlap } from '../../net/range.ts';
import type { IpRange } from '../../net/range.ts';
import { subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { CheckContext } from './context.ts';
import { subnetPath } from './facts/subnets.ts';

interface Pool extends IpRange {
  readonly index: number;
  readonly start: string;
  readonly end: string;
}

/** Checks that allocation pools are within the hosts of their subnet, and overlap no other pool and no gateway. */
export function checkPools(t: CheckContext): Diagnostic[] {
  return subnetsOf(t.doc).flatMap((place) => {
    const { allocation_pools: given } = place.subnet;
    if (given === undefined) return [];
    const pools = given.map((pool, index): Pool => ({
      ...pool,
      index,
      first: parseIp(pool.start),
      last: parseIp(pool.end),
    }));
    return pools.flatMap((pool) => checkPool(t, place, pool, pools));
  });
}

function checkPool(t: CheckContext, place: LocatedSubnet, pool: Pool, all: readonly Pool[]): Diagnostic[] {
  const path = [...subnetPath(place), 'allocation_pools'];
  const text = `${pool.start} to ${pool.end}`;
  if (endsBeforeItStarts(pool)) {
    return [t.report('NL409', { path: [...path, pool.index] }, `the pool ${text} ends before it starts`)];
  }
  const { firstHost, lastHost } = place.block;
  const { gateway } = place;
  const found: Diagnostic[] = [];
  const isEarly = compareIps(pool.first, firstHost) < 0;
  const end = isEarly ? 'start' : compareIps(pool.last, lastHost) > 0 ? 'end' : undefined;
  if (end !== undefined) {
    const hint = `hosts of ${place.subnet.cidr} are ${formatIp(firstHost)} to ${formatIp(lastHost)}`;
    const at = { path: [...path, pool.index, end] };
    found.push(t.report('NL410', at, `the pool ${text} reaches outside its subnet`, { hint }));
  }
  const other = all.slice(0, pool.index).find((before) => rangesOverlap(before, pool));
  if (other !== undefined) {
    const related = [{ message: 'the other pool', at: { path: [...path, other.index] } }];
    const summary = `the pool ${text} overlaps ${other.start} to ${other.end}`;
    found.push(t.report('NL411', { path: [...path, pool.index] }, summary, { related }));
  }
  if (gateway !== undefined && isWithin(pool, parseIp(gateway)) && end === undefined) {
    const related = [{ message: 'the gateway', at: { path: [...subnetPath(place), 'gateway_ip'] } }];
    const summary = `the pool ${text} holds the gateway ${gateway}`;
    found.push(t.report('NL412', { path: [...path, pool.index] }, summary, { related }));
  }
  return found;
}
