import { present, Refusal, require } from './refusal.ts';

/** Sets of ipset(8), with the semantics of `ipset -exist restore`. */
export class ModelSets {
  readonly sets = new Map<string, { readonly type: string; readonly members: Set<string> }>();

  /** `isMatched`: whether a rule matches the set. */
  run(words: readonly string[], isMatched: (set: string) => boolean): void {
    const [action, name = '', ...rest] = words;
    const set = (each: string): { readonly type: string; readonly members: Set<string> } =>
      present(this.sets.get(each), `the set ${each}`);
    if (action === 'create') {
      if (!this.sets.has(name)) this.sets.set(name, { type: rest.join(' '), members: new Set() });
    } else if (action === 'add') set(name).members.add(rest[0] ?? '');
    else if (action === 'del') require(set(name).members.delete(rest[0] ?? ''), `${name} has no ${String(rest[0])}`);
    else if (action === 'swap') {
      const [first, second] = [set(name), set(rest[0] ?? '')];
      this.sets.set(name, second).set(rest[0] ?? '', first);
    } else if (action === 'destroy') {
      require(!isMatched(name), `a rule matches the set ${name}`);
      this.sets.delete(name);
    } else throw new Refusal(`the model does not know \`ipset ${words.join(' ')}\``);
  }
}
