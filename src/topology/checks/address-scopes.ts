import type { Diagnostic } from '../../model/diagnostic.ts';
import { overlapping } from '../../net/block-map.ts';
import { overlaps } from '../../net/block.ts';
import { show } from '../show.ts';
import { subnetsIn, subnetsOf } from '../subnets.ts';
import type { LocatedSubnet } from '../subnets.ts';
import type { At, CheckContext } from './context.ts';
import { subnetPath } from './facts/subnets.ts';

/** Checks address scopes as Neutron does: one for all subnets of a network, and no address twice in one. */
export function checkAddressScopes(t: CheckContext): Diagnostic[] {
  const places = subnetsOf(t.doc);
  const scoped = places.filter(({ subnet }) => subnet.address_scope !== undefined);
  if (scoped.length === 0) return [];
  return [...checkRelease(t, scoped), ...checkNetworks(t), ...checkOverlaps(t, scoped)];
}

/** A release without rules for address scopes would not separate them. */
function checkRelease(t: CheckContext, [first]: readonly LocatedSubnet[]): Diagnostic[] {
  if (t.doc.release !== 'grizzly' || first === undefined) return [];
  const summary = `release grizzly has no address scopes`;
  return [t.report('NL331', scopeAt(first), summary, { hint: 'set `release: mitaka` or `release: zed`' })];
}

function checkNetworks(t: CheckContext): Diagnostic[] {
  return Object.keys(t.doc.networks ?? {}).flatMap((network) => {
    const [first, ...others] = subnetsIn(t.doc, network).places;
    if (first === undefined) return [];
    return others
      .filter(({ subnet }) => subnet.address_scope !== first.subnet.address_scope)
      .map((place) => {
        const summary =
          `subnet ${show(place.name)} is ${scopeOf(place)}, ` +
          `${show(first.name)} of the same network ${scopeOf(first)}`;
        const related = [{ message: 'the other subnet', at: scopeAt(first) }];
        return t.report('NL330', scopeAt(place), summary, { related });
      });
  });
}

function checkOverlaps(t: CheckContext, scoped: readonly LocatedSubnet[]): Diagnostic[] {
  const byScope = new Map<string, LocatedSubnet[]>();
  for (const place of scoped) {
    const scope = place.subnet.address_scope ?? '';
    const members = byScope.get(scope);
    if (members) members.push(place);
    else byScope.set(scope, [place]);
  }
  return [...byScope].flatMap(([scope, members]) => {
    const suspects = overlapping(members.map(({ block }) => block));
    return members.flatMap((place, index) => {
      if (!suspects.has(place.block)) return [];
      // An overlap within a network is reported by the check of its subnets.
      const meets = ({ block, networkName }: LocatedSubnet): boolean =>
        networkName !== place.networkName && overlaps(block, place.block);
      const other = members.slice(0, index).find(meets);
      if (other === undefined) return [];
      const overlap = `${place.subnet.cidr} overlaps ${other.subnet.cidr} of subnet ${show(other.name)}`;
      const summary = `${overlap} in address scope ${show(scope)}`;
      const related = [{ message: 'the other subnet', at: { path: [...subnetPath(other), 'cidr'] } }];
      return [t.report('NL431', { path: [...subnetPath(place), 'cidr'] }, summary, { related })];
    });
  });
}

function scopeOf({ subnet }: LocatedSubnet): string {
  return subnet.address_scope === undefined ? 'in no address scope' : `in address scope ${show(subnet.address_scope)}`;
}

function scopeAt(place: LocatedSubnet): At {
  const path = subnetPath(place);
  return place.subnet.address_scope === undefined ? { path, part: 'key' } : { path: [...path, 'address_scope'] };
}
