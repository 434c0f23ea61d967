import { formatPorts } from '../../net/ports.ts';
import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { joinMarks, type Mark, type Marks } from '../live/mark.ts';

/** A floating IP as it is drawn at its target: `203.0.113.20`, `203.0.113.20 tcp 2222→22`. */
export interface Translated {
  readonly text: string;
  /** The path of its entry in the file. */
  readonly path: string;
  /** Name of the router that has it. */
  readonly router: string;
  /** The fixed address it leads to. */
  readonly target: string;
  /** Absent if the target is no instance. */
  readonly instance?: string;
}

/** Returns the floating IPs and their port forwardings, in the order of the file. */
export function translatedOf({ floatingIps, forwardedIps }: ResolvedTopology): readonly Translated[] {
  const whole = floatingIps.map(({ address, origin, router, fixedAddress, instance }) => ({
    text: address,
    path: origin.path,
    router,
    target: fixedAddress,
    ...(instance !== undefined && { instance }),
  }));
  const parts = forwardedIps.flatMap(({ address, origin, router, forwardings }) =>
    forwardings.map(({ protocol, external, internal, fixedAddress, instance }) => ({
      text: `${address} ${protocol} ${formatPorts(external, '-')}→${formatPorts(internal, '-')}`,
      path: origin.path,
      router,
      target: fixedAddress,
      ...(instance !== undefined && { instance }),
    })),
  );
  return [...whole, ...parts];
}

/** Returns the marks of floating IPs that are not ok, joined with that of what they belong to. */
export function withTranslated(
  own: Mark | undefined,
  translated: readonly Translated[],
  marks: Marks,
): Mark | undefined {
  const unwell = [...new Set(translated.map(({ path }) => path))]
    .map((path) => marks.get(path))
    .filter((mark) => mark !== undefined && mark.health !== 'ok');
  return joinMarks([own, ...unwell]);
}
