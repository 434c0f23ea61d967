import { ANYTHING, touching, type Damage } from './damage.ts';
import type { Place } from './place.ts';

/** The damages to the `lo` of a namespace, which carries its mark. */
export function* loopbackDamages(place: Place): Iterable<Damage> {
  yield {
    title: `${place.name}: alias of lo`,
    class: 'mark of a namespace',
    script: `${place.ip} link set dev lo alias ""`,
    touches: touching(`-/netns/${place.name}`),
    meets: ANYTHING,
  };
  yield {
    title: `${place.name}: lo down`,
    class: 'lo down',
    script: `${place.ip} link set dev lo down`,
    touches: touching(`-/netns/${place.name}`),
  };
}

/** The damages to a namespace as a whole. */
export function* namespaceDamages(place: Place): Iterable<Damage> {
  yield {
    title: `${place.name}: deleted`,
    class: 'namespace deleted',
    script: `ip netns del ${place.name}`,
    touches: touching(`${place.name}/`, `-/netns/${place.name}`, '-/sysctl/', '-/veth/', '-/process/'),
    remade: /./,
  };
}
