import type { KernelFeature } from './features.ts';
import type { Finding } from './finding.ts';
import type { Machine, Said } from './machine.ts';

/** A throw-away namespace as root, and as anybody; both end with the script. A mount namespace, for the lock file of iptables. */
export const THROW_AWAY = {
  root: ['unshare', '-n', '-m', '--propagation', 'private'],
  user: ['unshare', '-U', '-r', '-n', '-m', '--propagation', 'private'],
} as const;

/** Tries every feature in a throw-away namespace, and says for each what came of it: `id TAB exit code TAB first line`. */
export function trialScript(features: readonly KernelFeature[]): string {
  const tries = features.map(({ id, script }) => `try ${id} <<'EOT'\n${script}\nEOT`);
  return `
mount -t tmpfs -o mode=755 tmpfs /run || exit 99
export LC_ALL=C
try() {
  output=$(sh 2>&1)
  printf '%s\\t%s\\t%s\\n' "$1" "$?" "$(printf '%s\\n' "$output" | head -n 1)"
}
${tries.join('\n')}
`;
}

/** The findings of a trial. A trial that did not take place says so for each feature. */
export async function trialFindings(machine: Machine, features: readonly KernelFeature[]): Promise<readonly Finding[]> {
  const way = machine.isRoot ? THROW_AWAY.root : THROW_AWAY.user;
  const said = await machine.run([...way, 'sh'], trialScript(features));
  const results = parseTrial(said);
  return features.map(({ id, name, area, state, cost, mend }) => {
    const base = { area, id, name };
    const result = results.get(id);
    if (result === undefined)
      return { ...base, state: 'note', detail: 'not tried: a throw-away namespace cannot be made' };
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
