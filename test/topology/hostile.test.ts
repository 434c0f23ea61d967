import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { renderDiagnostics } from '../../src/render/diagnostics/text.ts';
import { renderGithub } from '../../src/render/diagnostics/github.ts';
import { loadTopology, type Loaded } from '../../src/topology/load.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { edited } from './support.ts';

/** A valid document with every property of the schema that is a string. */
const DOCUMENT = parse(
  edited(
    ['name: base', 'name: base\nrelease: zed\ndns_domain: example.org'],
    [
      'nodes:',
      `nodes:
  far: { reach: { via: ssh, host: far, user: root, identity_file: ~/.ssh/id }, state: absent }`,
    ],
    [
      '    roles: [compute]\n',
      '    roles: [compute]\n    mechanism: openvswitch\n    bridge_mappings: { inner: br-inner }\n',
    ],
    ['    physical_network: inner\n', '    physical_network: inner\n    network_type: flat\n'],
    [
      'dhcp: { node: net1,',
      `dhcp: { node: net1, port_id: 33333333-0000-0000-0000-000000000001, mac_address: '00:00:5e:00:53:11',`,
    ],
    [
      'fixed_ip_address: 192.0.2.10 }',
      'fixed_ip_address: 192.0.2.10, snat_ip_address: 192.0.2.10, default_route_subnet: ext-subnet }',
    ],
    ['networks:\n  lan', 'address_scopes: { blue: { renamed_from: azure } }\nnetworks:\n  lan'],
    [
      'cidr: 10.0.0.0/24',
      'cidr: 10.0.0.0/24\n        id: 44444444-0000-0000-0000-000000000001\n        address_scope: blue',
    ],
    [
      'instance: vm1',
      'instance: vm1, port: eth0, router: r1, fixed_ip_address: 10.0.0.11, id: 55555555-0000-0000-0000-000000000001',
    ],
    [
      'routers:',
      `security_groups:
  web:
    default_rules: false
    rules:
      - { direction: ingress, ethertype: IPv4, protocol: tcp, remote_ip_prefix: 192.0.2.0/24 }
      - { direction: egress, remote_group: web }
routers:`,
    ],
    [
      'hosts:',
      `  fip2:
    floating_network: ext
    port_forwardings:
      - { protocol: tcp, external_port_range: 1:2, internal_port_range: 3:4, instance: vm1, port: eth0 }
      - { protocol: udp, external_port: 1, internal_port: 1, network: lan, internal_ip_address: 10.0.0.77 }
hosts:`,
    ],
    ['protocol: tcp, port: 22 }\n', 'protocol: tcp, port: 22, succeeds: refused }\n'],
    ['name: base\n', 'name: base\ninclude: [more.yaml]\n'],
    ['    mtu: 1450\n', '    mtu: 1450\n    dns_domain: lan.example.org\n'],
    [
      'eth0: { network: lan, fixed_ip_address: 10.0.0.11,',
      'eth0: { network: lan, fixed_ip_address: 10.0.0.11, dns_name: vm1, allowed_address_pairs: [{ ip_address: ' +
        '10.0.0.88 }], extra_dhcp_opts: [{ opt_name: bootfile-name, opt_value: x }],',
    ],
    [
      'listen: [22]',
      `listen: [22]
    attach: lab
    metadata: { hostname: vm1, public_keys: { ops: ssh-rsa AAAA }, user_data: text }`,
    ],
    [
      'floating_ips:',
      `  vm2: { node: com1, ports: { eth0: { network: lan } }, metadata: { user_data_base64: YQ== } }
  vm3: { node: com1, ports: { eth0: { network: lan } }, metadata: { user_data_file: seed } }
floating_ips:`,
    ],
  ),
) as object;

interface Property {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
}

interface Schema extends Property {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly $defs: Readonly<Record<string, Property & { readonly properties?: Readonly<Record<string, Property>> }>>;
}

type Path = readonly (string | number)[];

/** The path of every string of the document: values and keys. */
function* strings(value: unknown, path: Path = []): Generator<{ path: Path; key: boolean }> {
  if (typeof value === 'string') yield { path, key: false };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (!Array.isArray(value)) yield { path: here, key: true };
    yield* strings(inner, here);
  }
}

/** The document with one string replaced. */
function replaced(value: unknown, [head, ...rest]: Path, key: boolean, hostile: string): unknown {
  if (head === undefined) return hostile;
  const here = key && rest.length === 0;
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (i === head ? replaced(item, rest, key, hostile) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => {
      if (name !== head) return [name, inner as unknown];
      return here ? [hostile, inner as unknown] : [name, replaced(inner, rest, key, hostile)];
    }),
  );
}

const HOSTILE = [
  '"',
  "'",
  '`id`',
  '$(reboot)',
  'a;b',
  'a b',
  'a\nb',
  'a\r\nb',
  'x\u001b[31m',
  'x\u0000',
  '\u202eevil',
  '-rf',
  '--',
  '../../etc',
  '/etc/passwd',
  '.',
  '..',
  '#',
  '@node',
  '%n',
  '',
  ' ',
  '\u00a0',
  'ünïcode',
  '\ud800',
  '💥',
  '10.0.0.1\n',
  'fa:16:3e:00:00:01 up',
  '30acf3ad-b938-49cd-9fb1-81cb35559e23\n',
  'x'.repeat(10_000),
  '-'.repeat(10_000),
  '1.'.repeat(5_000),
  '::'.repeat(5_000),
];

/** The union of the alphabets that the schema allows. */
const HARMLESS = /^[A-Za-z0-9_./:~+@=,?&-]*$/;

/** True for a place where any text is allowed, because it is data. The name of an SSH key may have blanks. */
function isFree({ path, key }: { path: Path; key: boolean }, hostile: string): boolean {
  if (path.at(-2) === 'public_keys')
    return key && /^[A-Za-z0-9]/.test(hostile) && HARMLESS.test(hostile.replaceAll(' ', ''));
  return !key && /^user_data(?:_base64)?$/.test(String(path.at(-1)));
}

/** Loads a text with the files that the document names beside it. */
function load(text: string): Loaded {
  return loadTopology(text, 'hostile.yaml', memoryFolder('hostile.yaml', { 'more.yaml': '{}', seed: '' }));
}

function judge(document: unknown, hostile: string, free: boolean): void {
  const text = stringify(document, { lineWidth: 0 });
  const { topology, diagnostics } = load(text);
  if (!free && (!HARMLESS.test(hostile) || hostile === '' || hostile.length > 1024 || hostile.startsWith('-'))) {
    expect(topology).toBeUndefined();
  }
  if (topology === undefined) expect(diagnostics.length).toBeGreaterThan(0);
  // Every diagnostic has a location.
  for (const diagnostic of diagnostics) expect(diagnostic.range, diagnostic.summary).toBeDefined();
  printable(diagnostics, text);
}

function printable(diagnostics: readonly Diagnostic[], source: string): void {
  const few = diagnostics.slice(0, 3);
  const text = renderDiagnostics(few, { sources: new Map([['hostile.yaml', source]]) });
  const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  expect(text).not.toMatch(controls);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(600);
  expect(renderGithub(few).split('\n')).toHaveLength(few.length + 1);
}

/** One place for each kind of string: the first of the names and instances of one kind. */
const PLACES = [
  ...new Map(
    [...strings(DOCUMENT)]
      .reverse()
      .map((place) => [
        `${String(place.path[0])} ${String(place.path[2])} ${String(place.path.at(-1))} ${String(place.key)}`,
        place,
      ]),
  ).values(),
];

describe('hostile strings in every place', () => {
  test('the document itself is accepted', () => {
    expect(load(stringify(DOCUMENT)).diagnostics).toEqual([]);
  });

  test('the document has every string of the schema', () => {
    const url = new URL('../../schemas/topology.schema.json', import.meta.url);
    const schema = JSON.parse(readFileSync(url, 'utf8')) as Schema;
    const isString = (property: Property): boolean => {
      const type = property.type ?? schema.$defs[property.$ref?.replace('#/$defs/', '') ?? '']?.type;
      return type === 'string' || (Array.isArray(type) && type.includes('string'));
    };
    const wanted = [schema, ...Object.values(schema.$defs)].flatMap(({ properties = {} }) =>
      Object.keys(properties).filter((name) => isString(properties[name]!)),
    );
    const present = new Set(PLACES.map(({ path }) => path.at(-1)));
    expect(wanted.filter((name) => !present.has(name))).toEqual([]);
  });

  test.each(HOSTILE.map((hostile) => [JSON.stringify(hostile).slice(0, 40), hostile]))('%s', (_, hostile) => {
    // Each string is tried in every fourth place, the next string in the places after those: a mixture in all places,
    // and a fast suite.
    const offset = HOSTILE.indexOf(hostile) % 4;
    for (const place of PLACES.filter((_, index) => index % 4 === offset)) {
      judge(replaced(DOCUMENT, place.path, place.key, hostile), hostile, isFree(place, hostile));
    }
  });

  test('any string in any place', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLACES),
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.ipV6(), fc.ipV4Extended()),
        (place, hostile) => {
          judge(replaced(DOCUMENT, place.path, place.key, hostile), hostile, isFree(place, hostile));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('any text at all', () => {
  test('never throws', () => {
    const word = fc.constantFrom(
      'name: x',
      '\n',
      '  ',
      '\t',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '<<',
      '!!x',
      '"',
      '|',
      '?',
      '#',
      '---',
      '...',
      '%',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((all) => all.join('')),
        ),
        (text) => {
          const { topology, diagnostics } = load(text);
          expect(topology === undefined).toBe(diagnostics.some((found) => found.severity === 'error'));
          printable(diagnostics, text);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('any value in any place is refused or accepted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES.filter(({ key }) => !key)), fc.jsonValue(), ({ path }, value) => {
        load(stringify(replaced(DOCUMENT, path, false, value as string)));
      }),
      { numRuns: 100 },
    );
  });
});
