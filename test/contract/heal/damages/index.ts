import type { TestNode } from '../../../support/node.ts';
import { addressDamages } from './addresses.ts';
import { daemonDamages } from './daemons.ts';
import type { Damage } from './damage.ts';
import { fileDamages, folderDamages } from './files.ts';
import { linkDamages } from './links.ts';
import { loopbackDamages, namespaceDamages } from './namespaces.ts';
import { nicDamages } from './nics.ts';
import { isOurs, placesOf } from './place.ts';
import { routeDamages } from './routes.ts';
import { ruleDamages } from './rules.ts';
import { sysctlDamages } from './sysctls.ts';

/** All damages, generated from the observed network. */
export async function damagesOf(
  node: TestNode,
  sysctls: readonly { readonly netns: string | null; readonly name: string; readonly value: string }[],
): Promise<Damage[]> {
  const places = await placesOf(node);
  const damages: Damage[] = [];
  for (const place of places) {
    for (const link of place.links) {
      if (isOurs(link) && link.ifname === 'lo') damages.push(...loopbackDamages(place));
      if (isOurs(link) && link.ifname !== 'lo')
        damages.push(...linkDamages(place, places, link), ...addressDamages(place, link));
      if (place.name === '-' && /^eth/.test(link.ifname)) damages.push(...nicDamages(link));
    }
    if (place.name === '-') continue;
    damages.push(...routeDamages(place), ...ruleDamages(place), ...namespaceDamages(place));
  }
  const paths = async (type: 'd' | 'f'): Promise<readonly string[]> =>
    (await node.sh(`find /run/netloom -type ${type}`)).split('\n').filter((path) => path !== '');
  damages.push(...fileDamages(await paths('f')));
  damages.push(
    ...sysctlDamages(sysctls.map(({ netns, name, value }) => `${netns ?? '-'} ${name} ${value}`).join('\n')),
  );
  damages.push(...daemonDamages(), ...folderDamages(await paths('d')));
  return damages;
}
