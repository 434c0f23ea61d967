import type { Drop, Gate } from '../../kernel/filters/filters.ts';
import type { SshSession } from '../../kernel/probes/ssh-session.ts';
import { familyOfText, withHostLength } from '../../net/address-text.ts';

/** The port that is asked about where no connection of our own is known. */
export const SSH_PORT = 22;

/** A NIC that is to become a port of a bridge. */
export interface Moving {
  readonly nic: string;
  readonly bridge: string;
  readonly isOpenvswitch: boolean;
}

/**
 * Returns the line that allows by the bridge what is allowed by the NIC: the rule that accepts it there, with the other
 * device, or else one for SSH, from our own client if it is known. `before` are the gates by the NIC.
 */
export function openingLine(
  { gate }: Drop,
  before: readonly Gate[],
  { nic, bridge }: Moving,
  own: SshSession | undefined,
): string {
  const { program, family, table, chain, hook } = gate;
  const isOut = hook === 'output' || hook === 'postrouting';
  const port = String(own?.serverPort ?? SSH_PORT);
  const accepting = before
    .filter((one) => one.program === program && one.table === table && one.chain === chain)
    .flatMap(({ endings }) => endings.filter(({ verdict }) => verdict === 'accept').map(({ rule }) => rule));
  if (program === 'nft') {
    const device = isOut ? 'oifname' : 'iifname';
    const version = own !== undefined && familyOfText(own.client) === 6 ? 'ip6' : 'ip';
    const client = own === undefined ? '' : ` ${version} ${isOut ? 'daddr' : 'saddr'} ${own.client}`;
    const plain = `${device} ${bridge}${client} tcp ${isOut ? 'sport' : 'dport'} ${port} accept`;
    return `nft insert rule ${family} ${table} ${chain} ${nftRule(accepting, nic, `${device} ${bridge}`) ?? plain}`;
  }
  const option = isOut ? '-o' : '-i';
  const copied = accepting.find((rule) => rule.includes(` ${option} ${nic} `));
  const [, target = chain, rest] = /-A (\S+) (.*)$/.exec(copied ?? '') ?? [];
  const client = own === undefined ? '' : ` ${isOut ? '-d' : '-s'} ${withHostLength(own.client)}`;
  const match =
    rest === undefined
      ? `${option} ${bridge}${client} -p tcp ${isOut ? '--sport' : '--dport'} ${port} -j ACCEPT`
      : ` ${rest}`.replace(` ${option} ${nic} `, ` ${option} ${bridge} `).trim();
  return `${program}${table === 'filter' ? '' : ` -t ${table}`} -I ${target} ${match}`;
}

/** Returns an accepting rule of nft with this device in place of the NIC, if its words can be typed as they are. */
function nftRule(rules: readonly string[], nic: string, device: string): string | undefined {
  const named = new Set(['iif', 'iifname', 'oif', 'oifname'].map((word) => `${word} ${nic}`));
  for (const rule of rules) {
    const words = rule.replace(/^[^:]*: /, '').replace(/ # handle \d+$/, '');
    const name = [...named].find((one) => words.startsWith(`${one} `));
    if (name !== undefined && !/["{@]/.test(words)) return device + words.slice(name.length);
  }
  return undefined;
}
