import type { NftChain, NftSet, NftTable } from '../shared/nft.ts';
import {
  CHECKS,
  deviceOfObject,
  GUARDED,
  portObjects,
  portRules,
  SHARED_CHAINS,
  SHARED_SETS,
} from '../shared/spoof-table.ts';

const SHARED = new Map([...SHARED_SETS].map(([object, declared]) => [object.slice(object.indexOf(' ') + 1), declared]));

/** Whether all that the taps of a node share stands, and nothing in the table but that and what some tap can have. */
export function isIntact({ flags, sets, chains, others }: NftTable): boolean {
  return (
    flags === '' &&
    others.length === 0 &&
    [...SHARED].every(([name, declared]) => sets.get(name)?.declared === declared) &&
    [...SHARED_CHAINS].every(([name, chain]) => isSame(chains.get(name), chain)) &&
    [...sets].every(([name, set]) =>
      SHARED.has(name) ? hasTapsOnly(name, set) : deviceOfObject(name) !== undefined,
    ) &&
    [...chains].every(([name, chain]) => SHARED_CHAINS.has(name) || isTaps(name, chain))
  );
}

function isSame(one: NftChain | undefined, other: NftChain): boolean {
  return one?.declared === other.declared && one.rules.join('\n') === other.rules.join('\n');
}

function hasTapsOnly(name: string, { elements }: NftSet): boolean {
  return elements.every((element) => {
    const [device = ''] = element.split(' ');
    const { chain, check } = portObjects(device);
    return (
      deviceOfObject(chain) === device && (name === GUARDED ? element === device : name === CHECKS && element === check)
    );
  });
}

/** Whether a chain is a tap's, with no rule but such as a tap's chain has: one that leads elsewhere would keep what it leads to. */
function isTaps(name: string, { declared, rules }: NftChain): boolean {
  const device = deviceOfObject(name);
  if (device === undefined || declared !== '' || name !== portObjects(device).chain) return false;
  const known = new Set([...portRules(device, 'listed'), ...portRules(device, 'any')]);
  return rules.every((rule) => known.has(rule));
}
