import type { NftFilter } from './foreign-filters.ts';
import { entryOf, isList, memberOf, wordOf, type Json } from '../netfilter/nft-json.ts';
import { ruleWords } from './nft-words.ts';
import { addressIn, any, both, nameIs, not, portIn, truthOf, type Packet, type Truth } from './packet.ts';
import type { Action, Step, Steps } from './walk.ts';

const NEXT: Action = { does: 'next' };
const UNKNOWN: Action = { does: 'queue' };

/** Statements that do not decide whether a packet passes. In a chain of nat, a translation ends that chain alone. */
const ACTIONS: Readonly<Record<string, Action>> = {
  accept: { does: 'accept' },
  drop: { does: 'drop' },
  reject: { does: 'drop' },
  synproxy: { does: 'drop' },
  return: { does: 'return' },
  queue: UNKNOWN,
  notrack: { does: 'track' },
  dnat: { does: 'accept' },
  snat: { does: 'accept' },
  masquerade: { does: 'accept' },
  redirect: { does: 'accept' },
};

/** Statements that let every packet go on. */
const PASSING = new Set(['counter', 'log', 'mangle', 'set', 'map', 'comment', 'flow', 'ct helper', 'dup', 'tproxy']);

/** Returns the rules of a table of nft for one class of packets. */
export function nftSteps({ family, table, chains }: NftFilter, packet: Packet): Steps {
  const seen: Packet = family === 'bridge' ? { ...packet, from: packet.portFrom, to: packet.portTo } : packet;
  return (name) =>
    chains.get(name)?.rules.flatMap(({ handle, expressions }) => {
      const rule = `nft table ${family} ${table}, chain ${name}: ${ruleWords(expressions)} # handle ${String(handle)}`;
      return stepsOf(expressions, seen).map(([matches, action]): Step => ({ matches, action, rule }));
    });
}

/** A rule with a verdict map is a step for each of the map's elements. */
function stepsOf(expressions: readonly Json[], packet: Packet): readonly (readonly [Truth, Action])[] {
  let matches: Truth = 'yes';
  for (const expression of expressions) {
    const [word, inner] = entryOf(expression);
    if (word === 'match') matches = both(matches, matchHolds(inner, packet));
    else if (word === 'vmap') return verdictsOf(inner, packet).map(([one, action]) => [both(matches, one), action]);
    else if (word === 'xt' && memberOf(inner, 'type') === 'target') return [[matches, UNKNOWN]];
    else if (word !== '' && !PASSING.has(word)) {
      const action = actionOf(word, inner);
      if (action) return [[matches, action]];
      // A limit, a quota, or an expression that is not known here.
      matches = both(matches, 'maybe');
    }
    if (matches === 'no') return [];
  }
  return [[matches, expressions.some((one) => entryOf(one)[0] === 'xt') ? UNKNOWN : NEXT]];
}

function actionOf(word: string, inner: Json): Action | undefined {
  if (word === 'jump' || word === 'goto') return { does: word, chain: wordOf(memberOf(inner, 'target')) };
  return ACTIONS[word];
}

/** Returns the verdicts of a map, each with whether its key is the packet's. */
function verdictsOf(vmap: Json, packet: Packet): readonly (readonly [Truth, Action])[] {
  const [word, elements] = entryOf(memberOf(vmap, 'data'));
  if (word !== 'set' || !isList(elements)) return [['maybe', UNKNOWN]];
  return elements.map((element) => {
    const [key, verdict] = isList(element) ? element : [];
    const [what, inner] = entryOf(verdict);
    const action = actionOf(what, inner ?? null) ?? (what === 'continue' ? NEXT : UNKNOWN);
    return [key === '*' ? 'maybe' : holds(memberOf(vmap, 'key'), key, packet), action];
  });
}

/** Returns whether a match holds. A match about another protocol than the packet's never does, not even negated. */
function matchHolds(match: Json, packet: Packet): Truth {
  const [left, right, op] = ['left', 'right', 'op'].map((key) => memberOf(match, key));
  const about = isAbout(left, packet);
  if (about === 'no') return 'no';
  if (op !== '==' && op !== 'in' && op !== '!=') return 'maybe';
  const truth = holds(left, right, packet);
  return both(about, op === '!=' ? not(truth) : truth);
}

/** Returns whether the packet has the protocol that an operand reads. */
function isAbout(left: Json | undefined, packet: Packet): Truth {
  const [word, inner] = entryOf(left);
  if (word === 'concat' && isList(inner)) return inner.map((one) => isAbout(one, packet)).reduce(both, 'yes');
  if (isList(inner) && ['&', '|', '^'].includes(word)) return isAbout(inner[0], packet);
  const protocol = word === 'payload' ? memberOf(inner, 'protocol') : undefined;
  if (protocol === 'ip' || protocol === 'ip6') return truthOf((protocol === 'ip') === (packet.family === 4));
  if (protocol === 'arp' || protocol === 'vlan') return 'no';
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    if ((protocol === 'icmp') !== (packet.family === 4)) return 'no';
    return protocolIs(packet, 'icmp');
  }
  if (typeof protocol === 'string' && !['ether', 'th'].includes(protocol)) return protocolIs(packet, protocol);
  return 'yes';
}

function protocolIs({ protocol }: Packet, name: string): Truth {
  return protocol === undefined ? 'maybe' : truthOf(protocol === name);
}

/** Returns whether the value that an operand reads is one that the right side states: a value, range, block or set. */
function holds(left: Json | undefined, right: Json | undefined, packet: Packet): Truth {
  const [word, inner] = entryOf(right);
  if (word === 'set' && isList(inner)) return any(inner.map((one) => holds(left, one, packet)));
  if (word === 'elem') return holds(left, memberOf(inner, 'val'), packet);
  if (isList(right)) return any(right.map((one) => holds(left, one, packet)));
  const [sort, operand] = entryOf(left);
  if (sort === 'concat' && isList(operand)) {
    if (word !== 'concat' || !isList(inner)) return 'maybe';
    return operand.map((one, i) => holds(one, inner[i], packet)).reduce(both, 'yes');
  }
  if (typeof right === 'string' && right.startsWith('@')) return 'maybe';
  const text = word === 'prefix' ? `${wordOf(memberOf(inner, 'addr'))}/${wordOf(memberOf(inner, 'len'))}` : right;
  if (sort === 'meta') return metaIs(wordOf(memberOf(operand, 'key')), text, packet);
  if (sort === 'ct') return connectionIs(wordOf(memberOf(operand, 'key')), wordOf(text), packet);
  if (sort === 'fib') {
    return memberOf(operand, 'result') === 'type' && isDestination(operand) ? localIs(packet, text) : 'maybe';
  }
  if (sort !== 'payload') return 'maybe';
  const range = word === 'range' && isList(inner) ? inner : undefined;
  return payloadIs(wordOf(memberOf(operand, 'field')), range ?? [text ?? '', text ?? ''], packet);
}

function isDestination(fib: Json): boolean {
  const flags = memberOf(fib, 'flags');
  return (isList(flags) ? flags : [flags]).includes('daddr');
}

function localIs({ isLocal }: Packet, type: Json | undefined): Truth {
  if (isLocal === true) return truthOf(type === 'local');
  return isLocal === false && type === 'local' ? 'no' : 'maybe';
}

function metaIs(key: string, value: Json | undefined, packet: Packet): Truth {
  const name = wordOf(value);
  switch (key) {
    case 'iif':
    case 'iifname':
      return nameIs(packet.from, name, '*');
    case 'oif':
    case 'oifname':
      return nameIs(packet.to, name, '*');
    case 'nfproto':
      return truthOf(name === (packet.family === 4 ? 'ipv4' : 'ipv6'));
    case 'protocol':
      return etherTypeIs(packet, name);
    case 'l4proto':
      return transportIs(packet, name);
    default:
      return 'maybe';
  }
}

function etherTypeIs({ family }: Packet, name: string): Truth {
  return truthOf(name === (family === 4 ? 'ip' : 'ip6'));
}

function transportIs({ protocol, family }: Packet, name: string): Truth {
  if (protocol === undefined) return 'maybe';
  const icmp = family === 6 ? ['ipv6-icmp', 'icmpv6', '58'] : ['icmp', '1'];
  return truthOf({ tcp: ['tcp', '6'], udp: ['udp', '17'], icmp }[protocol].includes(name));
}

/** The connection is new or established, and no rule has translated it. */
function connectionIs(key: string, value: string, { state }: Packet): Truth {
  if (key === 'state') return truthOf(value === state);
  if (key === 'status') return value === 'dnat' || value === 'snat' ? 'no' : 'maybe';
  if (key === 'direction') return state === 'new' ? truthOf(value === 'original') : 'maybe';
  return 'maybe';
}

function payloadIs(field: string, [first = '', last = first]: readonly Json[], packet: Packet): Truth {
  const isOne = first === last;
  switch (field) {
    case 'saddr':
      // An Ethernet or ARP address is no IP address, so it decides nothing.
      return isOne ? addressIn(packet.sources, wordOf(first)) : 'maybe';
    case 'daddr':
      return isOne ? addressIn(packet.destinations, wordOf(first)) : 'maybe';
    case 'sport':
      return portIs(packet.sourcePort, first, last);
    case 'dport':
      return portIs(packet.destinationPort, first, last);
    case 'protocol':
    case 'nexthdr':
      return isOne ? transportIs(packet, wordOf(first)) : 'maybe';
    case 'type':
      return isOne ? typeIs(packet, wordOf(first)) : 'maybe';
    default:
      return 'maybe';
  }
}

function portIs(port: number | undefined, first: Json, last: Json): Truth {
  return typeof first === 'number' && typeof last === 'number' ? portIn(port, first, last) : 'maybe';
}

/** The type of an ICMP message (an echo request), or of an Ethernet frame. */
function typeIs(packet: Packet, name: string): Truth {
  if (['ip', 'ip6', 'arp', '8021q', '8021ad', 'vlan'].includes(name)) return etherTypeIs(packet, name);
  if (packet.protocol !== 'icmp') return 'maybe';
  return truthOf(['echo-request', '8', '128'].includes(name));
}
