import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** `external_ids`, `options` or `other_config` of a row. */
export type OvsMap = ReadonlyMap<string, string>;

/** A bridge in the database of Open vSwitch. */
export interface OvsBridge {
  readonly name: string;
  /** As set; empty: the kernel's datapath. */
  readonly datapath: string;
  readonly failMode: string;
  readonly ids: OvsMap;
  readonly config: OvsMap;
  /** The names of its ports, including the local one. */
  readonly ports: readonly string[];
}

/** A port with its interfaces: one, or several that are bonded. */
export interface OvsPort {
  readonly name: string;
  /** The bridge it is in; empty: none. */
  readonly bridge: string;
  readonly tag: number | null;
  /** `access`, `trunk`, …; empty: not set. */
  readonly vlanMode: string;
  /** The only VLANs that a trunk carries; empty: all. */
  readonly trunks: readonly number[];
  readonly ids: OvsMap;
  readonly interfaces: readonly string[];
}

export interface OvsInterface {
  readonly name: string;
  /** `internal`, `patch`, …; empty: a link of the node. */
  readonly type: string;
  /** The requested MAC; empty: none. */
  readonly mac: string;
  readonly macInUse: string;
  /** The number that the switch gave it; `undefined`: none yet; -1: the switch could not create it. */
  readonly ofport: number | undefined;
  /** The ifindex of its link in the node's own namespace, as the switch last saw it; 0: in another namespace. */
  readonly ifindex: number | undefined;
  /** Why the switch could not create it; empty: it could. */
  readonly error: string;
  readonly mtuRequest: number | undefined;
  readonly ids: OvsMap;
  readonly options: OvsMap;
}

/** Open vSwitch on a node. */
export interface OvsState {
  /** `absent`: there is no database; `silent`: it does not answer; `answers`: it was read. */
  readonly state: 'absent' | 'silent' | 'answers';
  /** The error printed instead of an answer. */
  readonly why: string;
  /** ovs-vswitchd runs. The database does not tell: it accepts writes also if no ovs-vswitchd carries them out. */
  readonly vswitchdRuns: boolean;
  /**
   * ovs-vswitchd lists the kernel's datapath, and its module is loaded. ovs-vswitchd lists the datapath also without
   * the module.
   */
  readonly kernelDatapath: boolean;
  readonly bridges: ReadonlyMap<string, OvsBridge>;
  readonly ports: ReadonlyMap<string, OvsPort>;
  readonly interfaces: ReadonlyMap<string, OvsInterface>;
}

const TABLES: Readonly<Record<string, string>> = {
  Open_vSwitch: 'datapath_types',
  Bridge: 'name,datapath_type,fail_mode,external_ids,other_config,ports',
  Port: '_uuid,name,tag,vlan_mode,trunks,external_ids,interfaces',
  Interface: '_uuid,name,type,mac,mac_in_use,ofport,ifindex,error,mtu_request,external_ids,options',
};

const LIST = Object.entries(TABLES).flatMap(([table, columns]) => ['--', `--columns=${columns}`, 'list', table]);

/**
 * The beginnings of the lines of database.sh that are not JSON: the exit code of ovs-appctl, and the error of
 * ovs-vsctl.
 */
const ANSWER = '@answer ';
const SILENCE = '@silence ';
const MODULE = '@module';

/**
 * Reads all of Open vSwitch with one ovs-vsctl; on a node without it, only the file system is asked. The list of the
 * kernel's links does not tell which of them are ports. ovs-appctl asks at the same time whether ovs-vswitchd runs: if
 * it was killed, the database is unchanged.
 */
export const ovsProbe: NodeProbe<OvsState> = {
  id: 'ovs',
  scope: 'node',
  where: { variable: 'OVS_RUNDIR', folder: '/var/run/openvswitch', file: 'db.sock' },
  script: programText(new URL('./database.sh', import.meta.url)),
  arguments: () => LIST,
  command: 'ovs-vsctl --format=json list',
  parse: parseOvs,
};

type Row = Readonly<Record<string, unknown>>;

/** Reads one document of `ovs-vsctl --format=json list`: its rows, each by column. */
function rowsOf(line: string): Row[] {
  const { headings, data } = JSON.parse(line) as {
    readonly headings: readonly string[];
    readonly data: readonly (readonly unknown[])[];
  };
  return data.map((row) => Object.fromEntries(row.map((value, i) => [headings[i] ?? '', value])));
}

/** Reads a set. A set of one member is written as the member alone (RFC 7047, section 5.1). */
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

/** Returns the names of the rows that a column refers to. */
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
  const documents = lines.filter((line) => line.startsWith('{')).map(rowsOf);
  const [root, bridgeRows = [], portRows = [], interfaceRows = []] = documents;
  const silence = after(SILENCE)?.trim();
  const why = silence === '' ? 'it gives no reason' : (silence ?? '');
  if (text.trim() !== '' && silence === undefined && documents.length !== Object.keys(TABLES).length) {
    throw new Error('the four tables of the database are not in it');
  }
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
  const bridgeOfPort = new Map(bridges.flatMap(({ name, ports }) => ports.map((port) => [port, name] as const)));
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
          bridge: bridgeOfPort.get(name) ?? '',
          tag: numberOf(row['tag']) ?? null,
          vlanMode: textOf(row['vlan_mode']),
          trunks: listOf(row['trunks']).filter((vlan) => typeof vlan === 'number'),
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
