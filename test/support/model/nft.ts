import { present, Refusal, require } from './refusal.ts';

interface Table {
  readonly sets: Map<string, Set<string>>;
  /** Chains with their rules. */
  readonly chains: Map<string, string[]>;
}

/** Tables of nft's bridge family. */
export class ModelTables {
  readonly tables = new Map<string, Table>();

  run(words: readonly string[]): void {
    const [action, object, , name = '', part = '', ...rest] = words;
    const what = `${String(action)} ${String(object)}`;
    if (what === 'add table') {
      if (!this.tables.has(name)) this.tables.set(name, { sets: new Map(), chains: new Map() });
      return;
    }
    const table = present(this.tables.get(name), `the table ${name}`);
    const elements = (): string[] => rest.slice(1, -1).join(' ').split(' , ');
    const set = (): Set<string> => present(table.sets.get(part), `the set ${part} of ${name}`);
    if (what === 'delete table') this.tables.delete(name);
    else if (what === 'add set') table.sets.set(part, table.sets.get(part) ?? new Set());
    else if (what === 'add chain') table.chains.set(part, table.chains.get(part) ?? []);
    else if (what === 'add rule') {
      const rule = rest.join(' ');
      for (const [, referenced = ''] of rule.matchAll(/@(\w+)(?![\w,])/g))
        present(table.sets.get(referenced), `the set ${referenced}`);
      for (const [, referenced = ''] of rule.matchAll(/goto (\w+)/g))
        present(table.chains.get(referenced), `the chain ${referenced}`);
      present(table.chains.get(part), `the chain ${part} of ${name}`).push(rule);
    } else if (what === 'add element') for (const element of elements()) set().add(element);
    else if (what === 'delete element')
      for (const element of elements()) require(set().delete(element), `${part} of ${name} has no ${element}`);
    else throw new Refusal(`the model does not know \`nft ${words.join(' ')}\``);
  }
}
