import type { Diagnostic } from '../model/diagnostic.ts';
import type { Origin } from '../model/resource.ts';
import { diagnose } from './diagnose.ts';
import { ID_IN_CHAIN } from './names.ts';
import type { ResolvedTopology } from './resolved.ts';

/** Number of characters of a group's id in the names of its sets, as in Neutron. */
const ID_IN_SET = 24;

const ANOTHER_ID = 'give one of the two another id';

/** Finds filtered ports of one node that would share chains, and security groups that would share a set. */
export function findFilterCollisions({ instances, securityGroups }: ResolvedTopology): readonly Diagnostic[] {
  const ports = [...instances.values()].flatMap((instance) => instance.ports);
  return [
    ...collisions(
      ports.flatMap(({ node, security, origin }) =>
        security === undefined ? [] : [{ key: `${node}/${security.chain}`, origin }],
      ),
      'chains',
      `Neutron keeps ${String(ID_IN_CHAIN)} characters of the port's id in the names of its chains; ${ANOTHER_ID}`,
    ),
    ...collisions(
      [...securityGroups.values()].map(({ id, origin }) => ({ key: id.slice(0, ID_IN_SET), origin })),
      'sets of members',
      `Neutron keeps ${String(ID_IN_SET)} characters of the group's id in the name of its set; ${ANOTHER_ID}`,
    ),
  ];
}

function collisions(
  claims: readonly { readonly key: string; readonly origin: Origin }[],
  what: string,
  hint: string,
): Diagnostic[] {
  const first = new Map<string, Origin>();
  return claims.flatMap(({ key, origin }) => {
    const rival = first.get(key);
    if (rival === undefined) {
      first.set(key, origin);
      return [];
    }
    const other = { message: 'the other is here', origin: rival };
    return [diagnose('NLC08', `${origin.path} and ${rival.path} would have the same ${what}`, { origin, other, hint })];
  });
}
