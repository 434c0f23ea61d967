import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** `external_ids`, `options` or `other_config` of a row. */
export type OvsMap = ReadonlyMap<string, string>;

/** A bridge in the database of Open vSwitch. */
export interface OvsBridge {
  readonly name: string;
  /** As it was written; empty: the kernel's. */
  readonly datapath: string;
  readonly failMode: string;
  readonly ids: OvsMap;
  readonly config: OvsMap;
  /** The names of its ports, the local one among them. */
  readonly ports: readonly string[];
}

/** A port with its interfaces: one, or several that are bonded. */
export interface OvsPort {
  readonly name: string;
  /** The bridge it is in; empty for one that is in none. */
  readonly bridge: string;
  readonly tag: number | null;
  readonly ids: OvsMap;
  readonly interfaces: readonly string[];
}

export interface OvsInterface {
  readonly name: string;
  /** `internal`, `patch`, …; empty: a link of the node. */
  readonly type: string;
  /** The link-layer address that was asked for; empty: none. */
  readonly mac: string;
  readonly macInUse: string;
  /** The number the switch gave it; absent where it has none, -1 where it could not be made. */
  readonly ofport: number | undefined;
  /** The number of its link in the node's own namespace, as the switch last saw it; 0: in another namespace. */
  readonly ifindex: number | undefined;
  /** Why it could not be made; empty: it could. */
  readonly error: string;
  readonly mtuRequest: number | undefined;
  readonly ids: OvsMap;
  readonly options: OvsMap;
}

/** What is known of Open vSwitch on a node. */
export interface OvsState {
  /** There is no database; there is one, but nobody answers; it was read. */
  readonly state: 'absent' | 'silent' | 'answers';
  /** What was said instead of an answer. */
  readonly why: string;
  /** ovs-vswitchd runs. The database does not know: what is written stays written when nobody acts upon it. */
  readonly vswitchdRuns: boolean;
  /**
   * ovs-vswitchd may use the kernel's datapath, and its module is loaded: without the module it offers it all the same.
   */
  readonly kernelDatapath: boolean;
  readonly bridges: ReadonlyMap<string, OvsBridge>;
  readonly ports: ReadonlyMap<string, OvsPort>;
  readonly interfaces: ReadonlyMap<string, OvsInterface>;
}

const TABLES: Readonly<Record<string, string>> = {
  Open_vSwitch: 'datapath_types',
  Bridge: 'name,datapath_type,fail_mode,external_ids,other_config,ports',
  Port: '_uuid,name,tag,external_ids,interfaces',
  Interface: '_uuid,name,type,mac,mac_in_use,ofport,ifindex,error,mtu_request,external_ids,options',
};

const LIST = Object.entries(TABLES).flatMap(([table, columns]) => ['--', `--columns=${columns}`, 'list', table]);

/** Lines of their own say what ovs-appctl ended with, and what the database's client said instead of an answer. */
const ANSWER = '@answer ';
const SILENCE = '@silence ';
const MODULE = '@module';

/**
 * All of Open vSwitch in one look; on a node without it, one question to the file system. The list of the kernel's
 * links does not tell which of them are ports. ovs-vswitchd is asked meanwhile whether it lives: killed, it leaves the
 * database as it was.
 */
export const ovsProbe: NodeProbe<OvsState> = {
  id: 'ovs',
  scope: 'node',
  where: { variable: 'OVS_RUNDIR', folder: '/var/run/openvswitch', file: 'db.sock' },
  script: programText(new URL('./database.sh', import.meta.url)),
  arguments: () => LIST,
  parse: parseOvs,
};

type Row = Readonly<Record<string, unknown>>;

/** One document of `ovs-vsctl --format=json list`, as rows by column. */
function rowsOf(line: string): Row[] {
  const { headings, data } = JSON.parse(line) as {
    readonly headings: readonly string[];
    readonly data: readonly (readonly unknown[])[];
  };
  return data.map((row) => Object.fromEntries(row.map((value, i) => [headings[i] ?? '', value])));
}

/** A set of one is written as its member (RFC 7047, section 5.1). */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value) && value[0] === 'set') return value[1] as readonly unknown[];
  return [value];
}

function textOf(value: unknown): string {
  const [first] = listOf(value);
  return typeof first === 'string' ? first : '';
}

function numberOf(value: unknown): number | undefined {
  const [first] = listOf(value);
  return typeof first === 'number' ? first : undefined;
}

function mapOf(value: unknown): OvsMap {
  return new Map(Array.isArray(value) && value[0] === 'map' ? (value[1] as [string, string][]) : []);
}

/** The names of the rows that a column of references means. */
function namesOf(value: unknown, names: ReadonlyMap<string, string>): readonly string[] {
  return listOf(value).flatMap((reference) => names.get((reference as readonly string[])[1] ?? '') ?? []);
}

function namesById(rows: readonly Row[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [(row['_uuid'] as readonly string[])[1] ?? '', textOf(row['name'])]));
}

function byName<T extends { readonly name: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.name, row]));
}

function parseOvs(text: string): OvsState {
  const lines = text.split('\n');
  const after = (mark: string): string | undefined => lines.find((line) => line.startsWith(mark))?.slice(mark.length);
  const [root, bridgeRows = [], portRows = [], interfaceRows = []] = lines
    .filter((line) => line.startsWith('{'))
    .map(rowsOf);
  const silence = after(SILENCE)?.trim();
  const why = silence === '' ? 'it says nothing' : (silence ?? '');
  const vswitchdRuns = after(ANSWER) === '0';
  const portNames = namesById(portRows);
  const interfaceNames = namesById(interfaceRows);
  const bridges = bridgeRows.map((row): OvsBridge => ({
    name: textOf(row['name']),
    datapath: textOf(row['datapath_type']),
    failMode: textOf(row['fail_mode']),
    ids: mapOf(row['external_ids']),
    config: mapOf(row['other_config']),
    ports: namesOf(row['ports'], portNames),
  }));
  const places = new Map(bridges.flatMap(({ name, ports }) => ports.map((port) => [port, name] as const)));
  return {
    state: root ? 'answers' : why === '' ? 'absent' : 'silent',
    why,
    vswitchdRuns,
    kernelDatapath: lines.includes(MODULE) && listOf(root?.[0]?.['datapath_types']).includes('system'),
    bridges: byName(bridges),
    ports: byName(
      portRows.map((row): OvsPort => {
        const name = textOf(row['name']);
        return {
          name,
          bridge: places.get(name) ?? '',
          tag: numberOf(row['tag']) ?? null,
          ids: mapOf(row['external_ids']),
          interfaces: namesOf(row['interfaces'], interfaceNames),
        };
      }),
    ),
    interfaces: byName(
      interfaceRows.map((row): OvsInterface => ({
        name: textOf(row['name']),
        type: textOf(row['type']),
        mac: textOf(row['mac']),
        macInUse: textOf(row['mac_in_use']),
        ofport: numberOf(row['ofport']),
        ifindex: numberOf(row['ifindex']),
        error: textOf(row['error']),
        mtuRequest: numberOf(row['mtu_request']),
        ids: mapOf(row['external_ids']),
        options: mapOf(row['options']),
      })),
    ),
  };
}
