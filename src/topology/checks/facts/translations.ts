import type { NamedRouter } from '../../carriers.ts';
import { routerOf, targetPortOf, translationsOf } from '../../floating-ips.ts';
import type { Target, Translation } from '../../floating-ips.ts';
import { perDocument } from '../../per-document.ts';
import { show } from '../../show.ts';

/** A floating IP of the file or one of its port forwardings, with its target and its router. */
export interface Case extends Translation {
  /** How messages call it. */
  readonly what: string;
  readonly target: Target | undefined;
  readonly router: NamedRouter | undefined;
}

/** The translations of all floating IPs, in the order of the file, with their targets and routers. */
export const casesOf = perDocument((doc): readonly Case[] =>
  translationsOf(doc).map((translation) => {
    const target = targetPortOf(doc, translation.floatingIp);
    const own = `floating IP ${show(translation.name)}`;
    const what = translation.forwarding === undefined ? own : `a port forwarding of ${own}`;
    return { ...translation, what, target, router: target && routerOf(doc, translation.floatingIp, target) };
  }),
);
