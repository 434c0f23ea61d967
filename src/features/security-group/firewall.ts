import { Rulebook } from '../rules/rulebook.ts';
import { firewallText, exemptFromNatText } from './text.ts';

const books = new Map<string, readonly Rulebook[]>();

/** The rules of a node's firewall for IPv4 and IPv6, with the prefix of the agent. */
export function firewallBooks(agent: string): readonly Rulebook[] {
  let known = books.get(agent);
  if (known === undefined) {
    const text = firewallText(agent, `${agent.slice(0, agent.indexOf('-'))}-filter-top`);
    books.set(agent, (known = ([4, 6] as const).map((family) => new Rulebook(family, text[family]))));
  }
  return known;
}

/** Additional rules of a node that routes itself. */
export function exemptFromNatBook(agent: string): Rulebook {
  return new Rulebook(4, exemptFromNatText(agent));
}
