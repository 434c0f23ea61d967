import type { Code } from '../../model/codes/registry.ts';
import { show, showPath } from '../show.ts';
import { USER_DATA_FIELDS } from '../user-data.ts';
import type { Part } from '../valid.ts';
import { isUnsupported, meantMapping, meantProperty, meantValue, templateHint } from './meant.ts';
import { describeString } from './strings.ts';
import { propertiesAt, valueAt } from './path.ts';

/** The fields of an ajv error that are used here. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The invalid key, if the error is about a key. */
  readonly propertyName?: string;
}

/** The message for an error of the schema, and the entry that it is about. */
export interface Described {
  readonly code: Code;
  readonly summary: string;
  readonly hint?: string | undefined;
  readonly path: readonly (string | number)[];
  readonly part: Part;
  /** The property that was probably meant by an unknown one. */
  readonly meant?: string;
  /** The property that is required and missing. */
  readonly missing?: string;
}

type Path = readonly (string | number)[];

/** Returns the message for an error of the validator. `path` is that of the value the error is about. */
export function describe(error: SchemaError, path: Path, document: unknown): Described {
  const { keyword, params } = error;
  switch (keyword) {
    case 'additionalProperties':
      return unknownProperty(String(params['additionalProperty']), path, document);
    case 'required':
      return missing(String(params['missingProperty']), path);
    case 'discriminator':
      return wrongTag(String(params['tag']), path, document);
    case 'type':
      return wrongType(params['type'], path, document);
    case 'enum':
      return notAllowed(params['allowedValues'] as readonly unknown[], path, document);
    case 'minimum':
    case 'maximum':
      return outOfRange(keyword, params['limit'], path, document);
    case 'minItems':
      return { code: 'NL115', summary: `${showPath(path)} must not be an empty list`, path, part: 'value' };
    case 'maxProperties': {
      const summary = `${showPath(path)} has more than ${String(params['limit'])} entries`;
      return { code: 'NL116', summary, path, part: 'key' };
    }
    case 'pattern':
      return pattern(error, path, document);
    default:
      return { code: 'NL107', summary: `${showPath(path)} is malformed (${keyword})`, path, part: 'value' };
  }
}

function unknownProperty(name: string, path: Path, document: unknown): Described {
  const known = propertiesAt(document, path);
  const present = valueAt(document, path) as Readonly<Record<string, unknown>>;
  const free = known.filter((property) => !Object.hasOwn(present, property));
  const { hint, property } = meantProperty(name, present[name], free);
  return {
    code: 'NL101',
    summary: `unknown property ${show(name)} in ${showPath(path)}`,
    hint,
    path: [...path, name],
    part: 'key',
    ...(property !== undefined && { meant: property }),
  };
}

function missing(name: string, path: Path): Described {
  return { code: 'NL102', summary: `${showPath(path)} needs ${show(name)}`, path, part: 'key', missing: name };
}

function wrongTag(tag: string, path: Path, document: unknown): Described {
  const at = [...path, tag];
  const value = valueAt(document, at);
  if (value === undefined) return { ...missing(tag, path), hint: 'write `via: local`, `via: ssh` or `via: lab`' };
  return notAllowed(['local', 'ssh', 'lab'], at, document);
}

function notAllowed(allowed: readonly unknown[], path: Path, document: unknown): Described {
  const value = valueAt(document, path);
  const field = path.findLast((part) => typeof part === 'string');
  const where = showPath(path);
  return {
    code: 'NL104',
    summary: isUnsupported(field, value)
      ? `${where}: ${show(value)} is not supported`
      : `${where} cannot be ${show(value)}`,
    hint: templateHint(value) ?? meantValue(field, value, allowed.map(String)),
    path,
    part: 'value',
  };
}

function outOfRange(keyword: string, limit: unknown, path: Path, document: unknown): Described {
  const bound = keyword === 'minimum' ? `at least ${String(limit)}` : `at most ${String(limit)}`;
  const value = valueAt(document, path);
  const summary = `${showPath(path)} is ${show(value)}, must be ${bound}`;
  return { code: 'NL105', summary, hint: value === -1 ? anyHint(path, document) : undefined, path, part: 'value' };
}

/** In the API and in other tools -1 stands for any protocol, port, type or code. */
function anyHint(path: Path, document: unknown): string | undefined {
  const field = path.at(-1);
  if (field === 'protocol') return 'leave protocol out: without it, the rule is for every protocol';
  if (field !== 'port_range_min' && field !== 'port_range_max') return undefined;
  const protocol = valueAt(document, [...path.slice(0, -1), 'protocol']);
  const isIcmp = /^(?:icmp|icmpv6|ipv6-icmp|1|58)$/i.test(String(protocol));
  const what = isIcmp ? `${field === 'port_range_min' ? 'type' : 'code'} of ICMP` : 'port';
  const both = isIcmp ? field : 'port_range_min and port_range_max';
  return `leave ${both} out: without ${isIcmp ? 'it' : 'them'}, the rule is for every ${what}`;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function wrongType(type: unknown, path: Path, document: unknown): Described {
  const types = (Array.isArray(type) ? type : [type]).map(String);
  const value = valueAt(document, path);
  return {
    code: 'NL103',
    summary:
      `${showPath(path)} must be ${types.map((name) => TYPES[name] ?? name).join(' or ')}, not ` +
      (isUserData(path) && typeof value !== 'object' ? `a ${typeof value}` : typeName(value)),
    hint:
      templateHint(value) ??
      (types.includes('object') ? mappingHint(path, value, document) : undefined) ??
      typeHint(types, value),
    path,
    part: 'value',
  };
}

function mappingHint(path: Path, value: unknown, document: unknown): string | undefined {
  return meantMapping(path.at(-1), value, propertiesAt(document, path)).hint;
}

/** User data is printed nowhere: it can hold passwords. */
function isUserData(path: Path): boolean {
  return USER_DATA_FIELDS.some((field) => field === path.at(-1));
}

function typeHint(types: readonly string[], value: unknown): string | undefined {
  if (value === null && types.includes('object')) return 'write {} for an empty mapping';
  if (value === null && types.includes('array')) return 'write [] for an empty list';
  if (types.includes('array')) return 'put it in square brackets';
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return 'put it in quotes';
  if (typeof value !== 'string') return undefined;
  if (types.includes('integer') && /^\d+$/.test(value)) return 'leave the quotes out';
  if (!types.includes('boolean')) return undefined;
  if (/^(?:yes|on|true)$/i.test(value)) return 'write true';
  return /^(?:no|off|false)$/i.test(value) ? 'write false' : undefined;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the string ${show(value)}` : show(value);
}

function pattern(error: SchemaError, path: Path, document: unknown): Described {
  const definition = /\/\$defs\/([^/]+)\/pattern$/.exec(error.schemaPath)?.[1] ?? '';
  const key = error.propertyName;
  const text = key ?? String(valueAt(document, path));
  const fault = describeString(definition, text);
  if (key !== undefined) {
    const summary = `${fault.summary} as a key of ${showPath(path)}`;
    return { ...fault, summary, path: [...path, key], part: 'key' };
  }
  return { ...fault, summary: `${showPath(path)}: ${fault.summary}`, path, part: 'value' };
}
