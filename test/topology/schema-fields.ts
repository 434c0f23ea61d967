import { readFileSync } from 'node:fs';

/** The parts of a schema that these tests read. */
export interface Definition {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly patternProperties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: Definition | false;
  readonly propertyNames?: Definition;
  readonly items?: Definition;
  readonly allOf?: readonly Definition[];
  readonly oneOf?: readonly Definition[];
}

export const SCHEMA = JSON.parse(
  readFileSync(new URL('../../schemas/topology.schema.json', import.meta.url), 'utf8'),
) as Definition & { readonly $id: string; readonly $defs: Readonly<Record<string, Definition>> };

/** The schema itself and each definition, by the pointer to it. */
export const DEFINITIONS: readonly (readonly [pointer: string, definition: Definition])[] = [
  ['#', SCHEMA],
  ...Object.entries(SCHEMA.$defs).map(([name, definition]) => [`#/$defs/${name}`, definition] as const),
];

/** A field of an object, a key of a mapping, or an item of a list. */
export interface Field {
  /** The keys from the top of a file; `[]` is an item of a list. */
  readonly path: readonly string[];
  /** Its schema, merged with the definition that it refers to. */
  readonly schema: Definition;
  /** Whether the schema names it: not a key that the author chooses, nor an item. */
  readonly named: boolean;
}

/** Every field that a file can have. */
export const FIELDS: readonly Field[] = fieldsOf(SCHEMA, []);

/** A schema merged with the definition that it refers to. */
export function resolved(schema: Definition): Definition {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace('#/$defs/', '');
  return name === undefined ? schema : { ...SCHEMA.$defs[name], ...schema };
}

function fieldsOf(schema: Definition, path: readonly string[]): Field[] {
  const { properties = {}, additionalProperties, propertyNames, items, oneOf = [] } = resolved(schema);
  const field = (key: string, inner: Definition, named: boolean): Field[] => [
    { path: [...path, key], schema: resolved(inner), named },
    ...fieldsOf(inner, [...path, key]),
  ];
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => field(key, inner, true)),
    ...(typeof additionalProperties === 'object'
      ? field(propertyNames?.title ?? 'key', additionalProperties, false)
      : []),
    ...(items === undefined ? [] : field('[]', items, false)),
    ...oneOf.flatMap((branch) => fieldsOf(branch, path)),
  ];
}
