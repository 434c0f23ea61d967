import type { ResolvedRouter, RouterPort } from '../../resolve/resolved.ts';
import type { Contribution, Existing } from '../../model/feature.ts';
import { MARKER, valuesInRules } from '../existing/rules.ts';
import type { ReleaseBook } from '../releases/release-book.ts';
import { scopeMark } from '../rules/scope-mark.ts';

/** Returns every chain of a router with its fixed rules, and the rules of its interfaces and its gateway. */
export function routerRules(router: ResolvedRouter, { router: books }: ReleaseBook): readonly Contribution[] {
  const { node, netns, origin, interfaces, gateway } = router;
  const found: Contribution[] = [];
  for (const book of books) {
    found.push(...book.skeleton({ node, netns, origin }));
    for (const { device, fixedIp, origin } of interfaces) {
      const mark = scopeMark(fixedIp.subnet.scope);
      found.push(...book.fill('interface', { device, mark }, { node, netns, origin }));
    }
    if (gateway === undefined) continue;
    const { device, snatIp, enableSnat } = gateway;
    const place = { node, netns, origin: gateway.origin };
    const { scope, isScoped } = snatIp.subnet;
    const variables = { device, address: snatIp.address, mark: scopeMark(scope) };
    found.push(...book.fill('gateway', variables, place));
    found.push(...book.fill(enableSnat ? 'snat' : 'no-snat', variables, place));
    if (!enableSnat) continue;
    if (isScoped) found.push(...book.fill('same-scope', variables, place));
    for (const { fixedIp: inside } of interfaces) {
      found.push(...book.fill('interface-snat', { ...variables, cidr: inside.subnet.cidr }, place));
    }
  }
  return found;
}

/** Returns the marks that existing rules give to packets from an interface. */
export function* marksOf(
  { node, netns, origin }: ResolvedRouter,
  { device }: RouterPort,
  { router: books }: ReleaseBook,
  existing: Existing,
): Generator<{ readonly node: string; readonly mark: string }> {
  for (const book of books) {
    const rules = book.fill('interface', { device, mark: MARKER }, { node, netns, origin });
    for (const found of valuesInRules(rules, MARKER, existing)) yield { node: found.node, mark: found.value };
  }
}
