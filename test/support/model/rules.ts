import type { Command } from '../../../src/model/command.ts';
import type { ModelNamespace } from './namespace.ts';
import { present, require } from './refusal.ts';

type Edit = Extract<Command, { tool: 'iptables' }>;

function isBuiltin(chain: string): boolean {
  return /^[A-Z]+$/.test(chain);
}

/** Runs a line of iptables-restore. `hasSet` tells whether an ipset exists. */
export function iptables(
  namespace: ModelNamespace,
  { family, table, chain, edit }: Edit,
  hasSet: (set: string) => boolean,
): void {
  const keyOf = (name: string): string => `${String(family)}/${table}/${name}`;
  const key = keyOf(chain);
  if (isBuiltin(chain) && !namespace.chains.has(key)) namespace.chains.set(key, []);
  if (edit.op === 'new') {
    require(!namespace.chains.has(key), `the chain ${key} exists in ${namespace.name}`);
    namespace.chains.set(key, []);
    return;
  }
  const rules = present(namespace.chains.get(key), `the chain ${key} in ${namespace.name}`);
  if ('rule' in edit && edit.op !== 'delete-rule' && edit.op !== 'delete-foreign') {
    const target = / ?-[jg] (\S+)/.exec(edit.rule)?.[1] ?? '';
    if (target.includes('-'))
      present(namespace.chains.get(keyOf(target)), `the chain ${target}, which ${key} jumps to,`);
    for (const [, set = ''] of edit.rule.matchAll(/--match-set (\S+)/g))
      require(hasSet(set), `the set ${set} does not exist`);
  }
  switch (edit.op) {
    case 'append':
      rules.push(edit.rule);
      return;
    case 'insert':
      require(edit.position <= rules.length + 1, `${key} has no position ${String(edit.position)}`);
      rules.splice(edit.position - 1, 0, edit.rule);
      return;
    case 'delete':
      require(edit.position <= rules.length, `${key} has no rule ${String(edit.position)}`);
      rules.splice(edit.position - 1, 1);
      return;
    case 'delete-rule':
    case 'delete-foreign':
      require(rules.includes(edit.rule), `${key} has no rule ${edit.rule}`);
      rules.splice(rules.indexOf(edit.rule), 1);
      return;
    case 'flush':
      rules.length = 0;
      return;
    case 'policy':
      require(isBuiltin(chain), `only built-in chains have a policy, not ${key}`);
      return;
    case 'drop': {
      require(rules.length === 0, `the chain ${key} is not empty`);
      const jumps = [...namespace.chains].filter(
        ([other, list]) => other.startsWith(keyOf('')) && list.some((rule) => `${rule} `.includes(` ${chain} `)),
      );
      require(jumps.length === 0, `${jumps.map(([other]) => other).join()} jumps to ${key}`);
      namespace.chains.delete(key);
    }
  }
}
