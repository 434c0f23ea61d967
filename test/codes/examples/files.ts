import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { findVlanCollisions } from '../../../src/resolve/collisions.ts';
import { resolveTopology } from '../../../src/resolve/resolve.ts';
import { loadTopology } from '../../../src/topology/load.ts';
import { readTopology } from '../../../src/topology/read.ts';
import { netloom } from '../../support/fake-world.ts';
import { validTopology } from '../../support/compiled.ts';
import { printed, printedError, type Example, type Examples } from '../example.ts';

const FOLDER = new URL('../files/', import.meta.url);

/** The output of `netloom validate` for a file. */
async function validated(file: string, text: string): Promise<string> {
  return (await netloom(['validate', file], { files: { [file]: text } })).err;
}

/** The output of `netloom validate main.yaml` in a folder with these files. */
async function validatedOnDisk(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-test-codes-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { text, file, folder: own } = await readTopology(join(folder, 'main.yaml'));
    const { diagnostics, included } = loadTopology(text, file, own);
    return printed(diagnostics, new Map([[file, text], ...included])).replaceAll(`${folder}/`, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An example whose main file is this text, with other files beside it. */
function inFolder(text: string, others: Readonly<Record<string, string>>, given?: string): Example {
  const print = (): Promise<string> => validatedOnDisk({ 'main.yaml': text, ...others });
  return { input: { language: 'yaml', text }, print, ...(given !== undefined && { given }) };
}

/** Each file in test/codes/files is a topology with one error: the one in the name of the file. */
export const SHORT_FILES: Examples = Object.fromEntries(
  readdirSync(FOLDER).map((file): [string, Example] => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    return [file.replace('.yaml', ''), { input: { language: 'yaml', text }, print: () => validated(file, text) }];
  }),
);

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `  ${line(index)}\n`).join('');
}

/** The numbers from one to another. */
function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const MANY_SCOPES = `name: example
address_scopes:
${numbered(1024, (index) => `s${String(index)}: {}`)}`;

const MANY_PORTS = `name: example
physical_networks: { wire: {} }
nodes: { n1: { nics: { eth0: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/16 } } } }
instances:
${numbered(1024, (index) => `vm${String(index)}: { node: n1, ports: { eth0: { network: lan } } }`)}`;

const MUCH_USER_DATA = `name: example
physical_networks: { wire: {} }
nodes: { n1: { nics: { eth0: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24 } } } }
instances:
  vm1:
    node: n1
    ports: { eth0: { network: lan } }
    metadata:
      user_data: ${'x'.repeat(64 * 1024 + 1)}
`;

const TWO_VLANS = `name: example
physical_networks: { wire: {} }
nodes: { n1: { mechanism: openvswitch, nics: { eth0: { physical_network: wire } } } }
networks:
  lan1: { physical_network: wire, network_type: vlan, segmentation_id: 1, subnets: { lan1: { cidr: 10.0.1.0/24 } } }
  lan2: { physical_network: wire, network_type: vlan, segmentation_id: 2, subnets: { lan2: { cidr: 10.0.2.0/24 } } }
instances:
  vm1: { node: n1, ports: { eth0: { network: lan1 } } }
  vm2: { node: n1, ports: { eth0: { network: lan2 } } }
`;

/**
 * Two networks get the same tag only if there are more networks than 802.1Q has tags. Compiling so many takes a second,
 * so the tag is set here.
 */
function inOneVlan(file: string, text: string): string {
  const { resolved } = resolveTopology(validTopology(text, file));
  if (!resolved) throw new Error(`${file} does not resolve`);
  const instances = new Map(
    [...resolved.instances].map(([name, instance]) => {
      return [name, { ...instance, ports: instance.ports.map((port) => ({ ...port, tag: 7 })) }];
    }),
  );
  const networks = new Map<string, never>();
  return printed(findVlanCollisions({ ...resolved, networks, instances }), new Map([[file, text]]));
}

/** Errors that need more than a short text. */
export const OTHER_FILES: Examples = {
  NL001: { print: () => printedError(() => readTopology('missing.yaml')) },
  NL002: { print: () => printedError(() => readTopology('/')) },
  NL003: {
    given: 'Standard input is 9 MiB long.',
    print: () => printedError(() => readTopology('-', Readable.from([Buffer.alloc(9 * 1024 * 1024, 'x')]))),
  },
  NL004: {
    given: 'Standard input has the byte 0xFC: an ü in ISO 8859-1.',
    print: () => printedError(() => readTopology('-', Readable.from([Buffer.from('name: zürich\n', 'latin1')]))),
  },
  NL005: inFolder('name: example\ninclude: [floating-ips.yaml]\n', {}, 'There is no file `floating-ips.yaml`.'),
  NL006: inFolder('name: example\ninclude: [../floating-ips.yaml]\n', {}),
  NL007: inFolder('name: example\ninclude: [hosts]\n', { 'hosts/one.yaml': '{}' }, '`hosts` is a directory.'),
  NL008: inFolder(
    'name: example\ninclude: [1.yaml]\n',
    Object.fromEntries(numbers(1, 8).map((i) => [`${String(i)}.yaml`, `include: [${String(i + 1)}.yaml]\n`])),
    'The file `1.yaml` includes `2.yaml`, that includes `3.yaml`, and so on to `8.yaml`.',
  ),
  NL009: inFolder(
    'name: example\ninclude: [floating-ips.yaml]\n',
    { 'floating-ips.yaml': 'include: [main.yaml]\n' },
    'The file `floating-ips.yaml` includes `main.yaml`.',
  ),
  NL022: inFolder(
    'name: example\nphysical_networks: { wire: {} }\ninclude: [wires.yaml]\n',
    { 'wires.yaml': 'physical_networks: { wire: {} }\n' },
    'The file `wires.yaml` has the physical network `wire` as well.',
  ),
  NL023: inFolder(
    'name: example\ninclude: [.env]\n',
    { '.env': 'PASSWORD=hunter2\n' },
    'The file `.env` holds a password.',
  ),
  NL024: {
    given: 'The file has 750,001 lines.',
    print: () => validated('NL024.yaml', `name: example${'\n'.repeat(750_000)}`),
  },
  NL025: {
    given: 'The file has 21 keys that netloom does not know. This note follows the first 20 errors.',
    print: () => {
      const text = `name: example\n${numbers(1, 21)
        .map((i) => `key${String(i)}: 1\n`)
        .join('')}`;
      return Promise.resolve(printed(loadTopology(text, 'NL025.yaml').diagnostics.slice(-1)));
    },
  },
  NL116: {
    given: 'The file has 1024 address scopes.',
    print: () => validated('NL116.yaml', MANY_SCOPES),
  },
  NL309: {
    given: 'The file has 1024 instances on one node, each with a port on one network.',
    print: () => validated('NL309.yaml', MANY_PORTS),
  },
  NL703: {
    given: 'The user data in the file is 64 KiB and one byte.',
    print: () => validated('NL703.yaml', MUCH_USER_DATA),
  },
  NLC07: {
    input: { language: 'yaml', text: TWO_VLANS },
    given: 'Beside these the file has more networks than 802.1Q has VLANs.',
    print: () => Promise.resolve(inOneVlan('NLC07.yaml', TWO_VLANS)),
  },
};
