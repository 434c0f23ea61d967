import { programText } from '../programs/text.ts';
import type { KernelFeature } from './features.ts';
import type { Finding } from './finding.ts';
import type { Machine, Said } from './machine.ts';

/**
 * A temporary namespace as root, and as anybody; both end with the script. A mount namespace, for the lock file of
 * iptables.
 */
export const THROW_AWAY = {
  root: ['unshare', '-n', '-m', '--propagation', 'private'],
  user: ['unshare', '-U', '-r', '-n', '-m', '--propagation', 'private'],
} as const;

const TRIAL = programText(new URL('./trial.sh', import.meta.url));

/** The command that tries every feature in a namespace that it is started in, and says of each what came of it. */
export function trialCommand(features: readonly KernelFeature[]): readonly string[] {
  return ['sh', '-c', TRIAL, 'sh', ...features.flatMap(({ id, script, input = '' }) => [id, script, input])];
}

/** Returns the findings of a trial; each feature is reported as not tried if the trial did not take place. */
export async function trialFindings(machine: Machine, features: readonly KernelFeature[]): Promise<readonly Finding[]> {
  const way = machine.isRoot ? THROW_AWAY.root : THROW_AWAY.user;
  const said = await machine.run([...way, ...trialCommand(features)]);
  const results = parseTrial(said);
  return features.map(({ id, name, area, state, cost, mend }) => {
    const base = { area, id, name };
    const result = results.get(id);
    if (result === undefined)
      return { ...base, state: 'note', detail: 'not tried: a temporary namespace cannot be created' };
    if (result.code === 0) return { ...base, state: 'ok', detail: 'works' };
    return { ...base, state, detail: result.message || 'does not work', cost, mend };
  });
}

function parseTrial({ stdout }: Said): ReadonlyMap<string, { readonly code: number; readonly message: string }> {
  return new Map(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [id = '', code = '', ...message] = line.split('\t');
        return [id, { code: Number(code), message: message.join(' ').trim() }] as const;
      }),
  );
}
