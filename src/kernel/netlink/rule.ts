import { attributesOf, ipOf, numberOf, textOf } from './attributes.ts';

/** A policy rule. */
export interface RawRule {
  readonly family: 4 | 6;
  readonly priority: number;
  /** What it matches and does, in the words of `ip rule` after the priority. */
  readonly words: readonly string[];
  /** The number of the program's protocol (rtnetlink.h), such as 2 for the kernel. */
  readonly protocol: number;
}

/** The rules of every new namespace: the tables are looked up in this order. */
export const DEFAULT_RULES: readonly Pick<RawRule, 'family' | 'priority' | 'words'>[] = [
  { family: 4, priority: 0, words: ['from', 'all', 'lookup', 'local'] },
  { family: 4, priority: 32766, words: ['from', 'all', 'lookup', 'main'] },
  { family: 4, priority: 32767, words: ['from', 'all', 'lookup', 'default'] },
  { family: 6, priority: 0, words: ['from', 'all', 'lookup', 'local'] },
  { family: 6, priority: 32766, words: ['from', 'all', 'lookup', 'main'] },
];

const TABLES: Readonly<Record<number, string>> = { 253: 'default', 254: 'main', 255: 'local' };
/** Types of linux/fib_rules.h (FRA_…). */
const DST = 1;
const SRC = 2;
const IIF = 3;
const GOTO = 4;
const PRIORITY = 6;
const FWMARK = 10;
const SUPPRESS_GROUP = 13;
const SUPPRESS_LENGTH = 14;
const TABLE = 15;
const FWMASK = 16;
const OIF = 17;
const L3MDEV = 19;
const UIDS = 20;
const PROTOCOL = 21;
const IP_PROTO = 22;
const SPORTS = 23;
const DPORTS = 24;

/** Decodes struct fib_rule_hdr and its attributes. */
export function ruleOf(message: Buffer): RawRule {
  const [family = 0, toLength = 0, fromLength = 0, tos = 0, oldTable = 0, , , action = 0] = message.subarray(0, 8);
  const inverted = (message.readUInt32LE(8) & 2) !== 0;
  const attributes = attributesOf(message, 12);
  const number = (type: number): number | undefined => numberOf(attributes.get(type));
  const text = (word: string, type: number): readonly string[] => {
    const value = textOf(attributes.get(type));
    return value === undefined ? [] : [word, value];
  };
  const block = (type: number, length: number): string => {
    const value = attributes.get(type);
    return value === undefined ? 'all' : `${ipOf(value)}/${String(length)}`;
  };
  const mark = number(FWMARK);
  const mask = number(FWMASK);
  return {
    family: family === 10 ? 6 : 4,
    priority: number(PRIORITY) ?? 0,
    protocol: attributes.get(PROTOCOL)?.[0] ?? 0,
    words: [
      ...(inverted ? ['not'] : []),
      ...['from', block(SRC, fromLength)],
      ...(attributes.has(DST) ? ['to', block(DST, toLength)] : []),
      ...(tos === 0 ? [] : ['tos', `0x${tos.toString(16)}`]),
      ...(mark === undefined && mask === undefined ? [] : ['fwmark', `${hex(mark ?? 0)}/${hex(mask ?? 0xffffffff)}`]),
      ...text('iif', IIF),
      ...text('oif', OIF),
      ...((attributes.get(L3MDEV)?.[0] ?? 0) === 0 ? [] : ['l3mdev']),
      ...range32('uidrange', attributes.get(UIDS)),
      ...(attributes.has(IP_PROTO) ? ['ipproto', String(attributes.get(IP_PROTO)?.[0] ?? 0)] : []),
      ...range16('sport', attributes.get(SPORTS)),
      ...range16('dport', attributes.get(DPORTS)),
      ...actionWords(action, number(TABLE) ?? oldTable, number(GOTO)),
      ...suppress('suppress_prefixlength', number(SUPPRESS_LENGTH)),
      ...suppress('suppress_ifgroup', number(SUPPRESS_GROUP)),
    ],
  };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** FR_ACT_… of linux/fib_rules.h. A rule of an l3mdev names no table. */
function actionWords(action: number, table: number, target: number | undefined): readonly string[] {
  if (action === 1) return table === 0 ? [] : ['lookup', TABLES[table] ?? String(table)];
  if (action === 2) return ['goto', String(target ?? 0)];
  return [{ 3: 'nop', 6: 'blackhole', 7: 'unreachable', 8: 'prohibit' }[action] ?? `type ${String(action)}`];
}

function range32(word: string, value: Buffer | undefined): readonly string[] {
  return value === undefined ? [] : [word, `${String(value.readUInt32LE(0))}-${String(value.readUInt32LE(4))}`];
}

function range16(word: string, value: Buffer | undefined): readonly string[] {
  return value === undefined ? [] : [word, `${String(value.readUInt16LE(0))}-${String(value.readUInt16LE(2))}`];
}

function suppress(word: string, value: number | undefined): readonly string[] {
  return value === undefined || value === 0xffffffff ? [] : [word, String(value)];
}
