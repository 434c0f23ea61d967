import { addressRef } from '../../kinds/address/spec.ts';
import type { ResolvedFloatingIp, ResolvedForwardedIp, ResolvedTopology } from '../../resolve/resolved.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import { addressOf, type Netns } from '../../model/resource.ts';
import { withHostLength } from '../../net/address-text.ts';
import { formatPorts } from '../../net/ports.ts';
import type { Health } from './services.ts';
import { shownChanges, shownOf, type ShownChange } from './shown.ts';

/** A port forwarding of a floating IP, with its health. */
export interface ForwardingState {
  readonly protocol: 'tcp' | 'udp';
  readonly external_ports: string;
  readonly internal_ports: string;
  readonly fixed_address: string;
  readonly instance: string | null;
  readonly health: Health;
}

/** A floating IP with a target or with port forwardings. Its differences are also part of its router's health. */
export interface FloatingIpState {
  readonly name: string;
  readonly address: string;
  readonly node: string;
  readonly router: string;
  /** `null` if it has only port forwardings. */
  readonly fixed_address: string | null;
  readonly instance: string | null;
  readonly health: Health;
  readonly port_forwardings: readonly ForwardingState[];
}

/**
 * Returns every floating IP in the order of the file, with the health of its address and rules, and of its router’s
 * namespace as far as foreign objects are concerned.
 */
export function floatingIpsOf(
  { floatingIps, forwardedIps }: ResolvedTopology,
  { changes, foreign, leftOut }: Pick<Plan, 'changes' | 'foreign' | 'leftOut'>,
  diagnostics: readonly Diagnostic[],
): readonly FloatingIpState[] {
  const shown = shownChanges(changes);
  const whole = floatingIps.map((ip) => ({
    ...base(ip, shown, diagnostics),
    fixed_address: ip.fixedAddress,
    instance: ip.instance ?? null,
    port_forwardings: [],
  }));
  const forwarded = forwardedIps.map((ip) => ({
    ...base(ip, shown, diagnostics),
    fixed_address: null,
    instance: null,
    port_forwardings: forwardingsOf(ip, shown, diagnostics),
  }));
  const netnsOf = new Map([...floatingIps, ...forwardedIps].map(({ name, netns }) => [name, netns]));
  return [...whole, ...forwarded].map((state) => {
    if (leftOut.includes(state.node)) return withHealth(state, () => 'unknown');
    const netns = netnsOf.get(state.name) ?? null;
    const isDisturbed =
      netns !== null && foreign.some((object) => object.node === state.node && object.netns === netns);
    // Nothing is ok where a foreign object can disturb the traffic.
    return isDisturbed ? withHealth(state, (health) => (health === 'ok' ? 'degraded' : health)) : state;
  });
}

/** Returns a floating IP with other health, and so its port forwardings. */
function withHealth(state: FloatingIpState, of: (health: Health) => Health): FloatingIpState {
  return {
    ...state,
    health: of(state.health),
    port_forwardings: state.port_forwardings.map((one) => ({ ...one, health: of(one.health) })),
  };
}

function base(
  ip: ResolvedFloatingIp | ResolvedForwardedIp,
  changes: readonly ShownChange[],
  diagnostics: readonly Diagnostic[],
) {
  const { name, address, node, router, netns, device } = ip;
  const own = inside(ip, changes);
  const ownAddress = addressOf(addressRef({ node, netns, device }, withHostLength(address)));
  const isEssential = ({ change }: ShownChange) => change.address === ownAddress;
  const health = healthOf({ own, isEssential, word: address, isForeign: isForeign(node, netns, diagnostics) });
  return { name, address, node, router, health };
}

function forwardingsOf(
  ip: ResolvedForwardedIp,
  changes: readonly ShownChange[],
  diagnostics: readonly Diagnostic[],
): readonly ForwardingState[] {
  const own = inside(ip, changes);
  return ip.forwardings.map(({ protocol, external, internal, fixedAddress, instance, chain }) => ({
    protocol,
    external_ports: formatPorts(external),
    internal_ports: formatPorts(internal),
    fixed_address: fixedAddress,
    instance: instance ?? null,
    health: healthOf({
      own,
      isEssential: ({ change, rules }) => rules !== undefined && change.name.endsWith(`-${chain}`),
      word: chain,
      isForeign: isForeign(ip.node, ip.netns, diagnostics),
    }),
  }));
}

function inside(
  { node, netns }: ResolvedForwardedIp | ResolvedFloatingIp,
  changes: readonly ShownChange[],
): readonly ShownChange[] {
  return changes.filter(({ change }) => change.node === node && change.netns === netns);
}

function isForeign(node: string, netns: Netns, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(
    (d) => d.severity === 'error' && d.place?.node === node && d.place.netns === (netns ?? undefined),
  );
}

/** Missing without its essential object; degraded if a differing rule contains its address or chain. */
function healthOf({
  own,
  isEssential,
  word,
  isForeign: foreign,
}: {
  readonly own: readonly ShownChange[];
  readonly isEssential: (shown: ShownChange) => boolean;
  readonly word: string;
  readonly isForeign: boolean;
}): Health {
  if (foreign) return 'foreign';
  const essentials = own.filter(isEssential);
  if (essentials.some(({ change }) => change.action === 'create')) return 'missing';
  return essentials.length > 0 || own.some(({ change }) => differingRules(change).some((rule) => mentions(rule, word)))
    ? 'degraded'
    : 'ok';
}

/** Returns the rules that are only desired or only observed. */
function differingRules({ desired, observed }: Change): readonly string[] {
  const [desiredRules, observedRules] = [desired, observed].map(
    (object) => (object && shownOf(object).rules?.rules) ?? [],
  );
  if (!desiredRules || !observedRules) return [];
  return [
    ...desiredRules.filter((rule) => !observedRules.includes(rule)),
    ...observedRules.filter((rule) => !desiredRules.includes(rule)),
  ];
}

/** Returns true if an address or chain is a word of a rule: `11.0.0.1` does not match `11.0.0.11`. */
function mentions(rule: string, word: string): boolean {
  const host = withHostLength(word);
  return rule.split(' ').some((part) => part === word || part === host || part.endsWith(`-${word}`));
}
