import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js';
import { describeCommands } from '../../src/cli/describe.ts';

const FOLDER = new URL('../../schemas/', import.meta.url);
const SUFFIX = '.schema.json';

/** The schemas of JSON outputs, by name: all but that of the topology. */
export const SCHEMAS: ReadonlyMap<string, AnySchemaObject> = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(SUFFIX) && !file.startsWith('topology.'))
    .map((file) => [
      file.slice(0, -SUFFIX.length),
      JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as AnySchemaObject,
    ]),
);

let ajv: Ajv2020 | undefined;

/** Returns the errors in a value of an output; a field that its schema does not name is an error too. */
export function mismatches(name: string, value: unknown): readonly string[] {
  ajv ??= new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    schemas: [...SCHEMAS.values()].map((schema) => closed(schema) as AnySchemaObject),
  });
  const validate = ajv.getSchema(String(SCHEMAS.get(name)?.$id));
  if (validate === undefined) throw new Error(`schemas/${name}${SUFFIX} does not exist`);
  return validate(value) === true ? [] : (validate.errors ?? []).map(errorText);
}

function errorText({ instancePath, message = '', params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** A schema whose objects have the properties that it names, and no others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'type' in inner && 'properties' in inner ? { additionalProperties: false, ...inner } : inner;
}

/** Names of the schemas by command, such as `lab up`. */
const NAMES: ReadonlyMap<string, string> = new Map(
  describeCommands().flatMap(({ path, schema }) =>
    schema === undefined ? [] : [[path.join(' '), schema.slice('schemas/'.length, -SUFFIX.length)]],
  ),
);

/** Throws if the JSON that a command line printed does not match its schema. Other output is ignored. */
export function checkOutput(argv: readonly string[], stdout: string): void {
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = NAMES.get(words.slice(0, 2).join(' ')) ?? NAMES.get(words[0] ?? '');
  if (name === undefined || !stdout.startsWith('{')) return;
  // A document is printed over several lines. The last line of a stream is incomplete if its command was killed.
  const texts = stdout.startsWith('{\n') ? [stdout] : stdout.split('\n').slice(0, -1);
  for (const text of texts) {
    const wrong = mismatches(name, JSON.parse(text));
    if (wrong.length > 0) {
      throw new Error(`netloom ${argv.join(' ')}: not as schemas/${name}${SUFFIX} says:\n${wrong.join('\n')}\n${text}`);
    }
  }
}
