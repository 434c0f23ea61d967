import type { SavedChain, SavedChains } from '../netfilter/saved-tables.ts';
import { wordsOf } from '../netfilter/rule-words.ts';
import { addressIn, any, both, nameIs, not, portIn, truthOf, type Packet, type Truth } from './packet.ts';
import type { Action, Step, Steps } from './walk.ts';

/** One option of a rule: `! -s 10.0.0.0/8`. */
interface Option {
  readonly name: string;
  readonly values: readonly string[];
  readonly negated: boolean;
}

interface Rule {
  readonly options: readonly Option[];
  readonly action: Action;
}

/** Matches without options that decide nothing by themselves, or whose options are all evaluated below. */
const MODULES = new Set([
  ...['addrtype', 'comment', 'conntrack', 'icmp', 'icmp6', 'limit', 'mac', 'mark', 'multiport', 'physdev', 'set'],
  ...['state', 'tcp', 'udp'],
]);

const NEXT: Action = { does: 'next' };
/** Targets that end the walk, or set connection tracking. All others that are no chains let the packet go on. */
const TARGETS: Readonly<Record<string, Action>> = {
  ACCEPT: { does: 'accept' },
  DROP: { does: 'drop' },
  REJECT: { does: 'drop' },
  TARPIT: { does: 'drop' },
  STEAL: { does: 'drop' },
  RETURN: { does: 'return' },
  QUEUE: { does: 'queue' },
  NFQUEUE: { does: 'queue' },
  NOTRACK: { does: 'track' },
  CT: { does: 'track' },
  // In the table nat they end the walk of their table, and the packet goes on.
  DNAT: { does: 'accept' },
  SNAT: { does: 'accept' },
  MASQUERADE: { does: 'accept' },
  REDIRECT: { does: 'accept' },
  NETMAP: { does: 'accept' },
};

/** Rules are read once, however many packets they are evaluated for. */
const READ = new WeakMap<SavedChain, readonly Rule[]>();

/** Returns the rules of a table for one class of packets. */
export function iptablesSteps(chains: SavedChains, packet: Packet): Steps {
  return (name) => {
    const chain = chains.get(name);
    if (chain === undefined) return undefined;
    let rules = READ.get(chain);
    if (rules === undefined) READ.set(chain, (rules = chain.rules.map(ruleOf)));
    return rules.map(({ options, action }, i): Step => ({
      matches: matchesAll(options, packet),
      action: 'chain' in action && !chains.has(action.chain) ? NEXT : action,
      rule: `-A ${name} ${chain.rules[i] ?? ''}`,
    }));
  };
}

function ruleOf(text: string): Rule {
  const words = wordsOf(text);
  const at = words.findIndex((word) => word === '-j' || word === '-g');
  const options: Option[] = [];
  let negated = false;
  for (const word of at < 0 ? words : words.slice(0, at)) {
    if (word === '!') negated = true;
    else if (/^--?[a-z]/.test(word)) {
      options.push({ name: word, values: [], negated });
      negated = false;
    } else (options.at(-1)?.values as string[] | undefined)?.push(word);
  }
  if (at < 0) return { options, action: NEXT };
  const target = words[at + 1] ?? '';
  const known = TARGETS[target];
  return { options, action: known ?? { does: words[at] === '-g' ? 'goto' : 'jump', chain: target } };
}

function matchesAll(options: readonly Option[], packet: Packet): Truth {
  let all: Truth = 'yes';
  for (const option of options) {
    const one = matches(option, packet);
    all = both(all, option.negated ? not(one) : one);
    if (all === 'no') return 'no';
  }
  return all;
}

function matches({ name, values }: Option, packet: Packet): Truth {
  const [value = ''] = values;
  switch (name) {
    case '-m':
      return MODULES.has(value) ? 'yes' : 'maybe';
    case '--comment':
      return 'yes';
    case '-i':
      return nameIs(packet.from, value, '+');
    case '-o':
      return nameIs(packet.to, value, '+');
    case '-s':
      return addressIn(packet.sources, value);
    case '-d':
      return addressIn(packet.destinations, value);
    case '-p':
      return protocolIs(packet, value);
    case '--physdev-in':
      return packet.portFrom === undefined && !packet.bridged ? 'no' : nameIs(packet.portFrom, value, '+');
    case '--physdev-out':
      return packet.portTo === undefined && !packet.bridged ? 'no' : nameIs(packet.portTo, value, '+');
    case '--physdev-is-bridged':
      return truthOf(packet.bridged);
    case '--physdev-is-in':
      return truthOf(packet.bridged || packet.portFrom !== undefined);
    case '--physdev-is-out':
      return truthOf(packet.bridged);
    case '--ctstate':
    case '--state':
      return any(value.split(',').map((one) => stateIs(packet, one)));
    case '--sport':
    case '--sports':
      return portsHold(packet.sourcePort, value);
    case '--dport':
    case '--dports':
      return portsHold(packet.destinationPort, value);
    case '--ports':
      return any([portsHold(packet.sourcePort, value), portsHold(packet.destinationPort, value)]);
    case '--tcp-flags':
      return packet.state === 'new' && values.join(' ') === 'FIN,SYN,RST,ACK SYN' ? 'yes' : 'maybe';
    case '--icmp-type':
    case '--icmpv6-type':
      return packet.protocol === undefined ? 'maybe' : truthOf(['8', '8/0', '128', '255', 'any'].includes(value));
    case '--dst-type':
      return typeIs(packet, value.split(','));
    case '-f':
      return 'no';
    default:
      return 'maybe';
  }
}

function protocolIs({ protocol, family }: Packet, value: string): Truth {
  if (protocol === undefined) return 'maybe';
  const icmp = family === 6 ? ['ipv6-icmp', 'icmpv6', 'icmp6', '58'] : ['icmp', '1'];
  const own = { tcp: ['tcp', '6'], udp: ['udp', '17'], icmp }[protocol];
  return truthOf(own.includes(value));
}

/** The state of a packet that no rule has translated or left untracked. */
function stateIs({ state }: Packet, word: string): Truth {
  if (word === 'NEW') return truthOf(state === 'new');
  if (word === 'INVALID') return truthOf(state === 'invalid');
  return truthOf(word === 'ESTABLISHED' && state === 'established');
}

function portsHold(port: number | undefined, list: string): Truth {
  return any(
    list.split(',').map((range) => {
      const [first = '', last = first] = range.split(':');
      return portIn(port, Number(first), Number(last));
    }),
  );
}

function typeIs({ isLocal }: Packet, types: readonly string[]): Truth {
  if (isLocal === true) return truthOf(types.includes('LOCAL'));
  return isLocal === false && types.join() === 'LOCAL' ? 'no' : 'maybe';
}
