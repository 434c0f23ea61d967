import { programText } from '../programs/text.ts';
import type { KernelFeature } from './features.ts';
import type { Finding } from './finding.ts';
import type { Machine, CommandResult } from './machine.ts';

/**
 * The commands that create a temporary namespace, as root and as an ordinary user. It ends with the script. A mount
 * namespace is included for the lock file of iptables.
 */
export const TEMPORARY_NAMESPACE = {
  root: ['unshare', '-n', '-m', '--propagation', 'private'],
  user: ['unshare', '-U', '-r', '-n', '-m', '--propagation', 'private'],
} as const;

/** The exit code of a program that was ended, as of timeout(1). */
const HUNG = 124;

const TRIAL = programText(new URL('./trial.sh', import.meta.url));

/** Returns the command that tries every feature in its own namespace and prints the result of each. */
export function trialCommand(features: readonly KernelFeature[]): readonly string[] {
  return ['sh', '-c', TRIAL, 'sh', ...features.flatMap(({ id, script, input = '' }) => [id, script, input])];
}

/** Returns the findings of a trial; each feature is reported as not tried if the trial did not take place. */
export async function trialFindings(machine: Machine, features: readonly KernelFeature[]): Promise<readonly Finding[]> {
  const prefix = machine.isRoot ? TEMPORARY_NAMESPACE.root : TEMPORARY_NAMESPACE.user;
  const result = await machine.run([...prefix, ...trialCommand(features)]);
  const results = parseTrial(result);
  const why = result.code === HUNG ? result.stderr.trim() : 'a temporary namespace cannot be created';
  return features.map(({ id, name, area, state, cost, fix }) => {
    const base = { area, id, name };
    const result = results.get(id);
    if (result === undefined) return { ...base, state: 'note', detail: `not tried: ${why}` };
    if (result.code === 0) return { ...base, state: 'ok', detail: 'works' };
    return { ...base, state, detail: result.message || 'does not work', cost, fix };
  });
}

function parseTrial({
  stdout,
}: CommandResult): ReadonlyMap<string, { readonly code: number; readonly message: string }> {
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
