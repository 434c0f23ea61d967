import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Survey } from '../../../src/gc/found.ts';
import { warnOfAddress } from '../../../src/cli/page/open.ts';
import { warnOfReaders } from '../../../src/cli/service/as-service.ts';
import { parseHolder } from '../../../src/hosts/holder.ts';
import { netloom, ONE_CREATE, TOPOLOGY, type FakeOptions } from '../../support/fake-world.ts';
import { encodeState } from '../../../src/snapshot/encode.ts';
import { encodePlan } from '../../../src/session/plan-file.ts';
import { recordSource } from '../../../src/session/recorded-source.ts';
import { fileRef } from '../../../src/kinds/file/spec.ts';
import { withoutSecret } from '../../../src/session/undo.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { placed } from '../../../src/picture/elk.ts';
import { fakeShell, ip, link } from '../fake-node.ts';
import { FILE, graphOf, PLAIN } from '../topologies.ts';
import { printed, printedError, type Example, type Examples } from '../example.ts';

/** A recorded state of no node. */
const EMPTY_STATE = encodeState(
  { topology: 'demo', nodes: new Map() },
  { version: '1.0.0', time: new Date(0) },
  new Set(),
);

/** A saved plan that does nothing. */
const EMPTY_PLAN = encodePlan({
  netloom: '1.0.0',
  time: '1970-01-01T00:00:00.000Z',
  topology: 'demo',
  options: {},
  source: recordSource({ file: 't.yaml', text: TOPOLOGY }),
  machines: new Map(),
  read: [],
  plan: {},
  planChecksum: '',
});

/** Finds no module. */
function notFound(): never {
  throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
}

/** Two nodes on one network, with an instance on the first. */
const TWO_NODES = PLAIN.replace(
  '\nnetworks:',
  '\n  n2: { reach: { via: ssh, host: n2 }, nics: { eth0: { physical_network: wire } } }\nnetworks:',
);

/** The standard error of a command line. */
function command(line: string, given?: string, options: FakeOptions = {}): Example {
  return {
    input: { language: 'console', text: `netloom ${line}\n` },
    ...(given !== undefined && { given }),
    print: async () => (await netloom(line.split(' '), options)).err,
  };
}

/** The same with a folder of netloom's state. In the output it has the same name on every machine. */
function inState(line: string, given: string, fill: (folder: string) => void, options: FakeOptions = {}): Example {
  return {
    ...command(line, given),
    print: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'netloom-codes-'));
      fill(folder);
      try {
        const { err } = await netloom(line.split(' '), { ...options, state: folder });
        return err.replaceAll(folder, '/var/lib/netloom');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** The node of the file is this machine: a service keeps no lab. */
const LOCAL = { 't.yaml': TOPOLOGY.replace('reach: { via: lab }', 'reach: { via: local }') };

/** The standard error of `service install` in a folder of units, which has the usual name in the output. */
function inUnits(
  given: string,
  prepare: (install: () => Promise<unknown>, folder: string) => void | Promise<void>,
  systemd: (words: string) => string | undefined = () => undefined,
): Example {
  const words = ['service', 'install', 't.yaml'];
  return {
    input: { language: 'console', text: `netloom ${words.join(' ')}\n` },
    given,
    print: async () => {
      const unitFolder = mkdtempSync(join(tmpdir(), 'netloom-codes-'));
      const install = (answer: (words: string) => string | undefined) =>
        netloom(words, { files: LOCAL, systemd: answer, unitFolder });
      try {
        await prepare(() => install(() => undefined), unitFolder);
        return (await install(systemd)).err.replaceAll(unitFolder, '/etc/systemd/system');
      } finally {
        rmSync(unitFolder, { recursive: true });
      }
    },
  };
}

/** The same in a folder of its own, where only `demo.yaml` is. */
function inFolder(line: string, given: string): Example {
  const example = command(line, given);
  return {
    ...example,
    print: async () => {
      const before = process.cwd();
      const folder = mkdtempSync(join(tmpdir(), 'netloom-codes-'));
      writeFileSync(join(folder, 'demo.yaml'), TOPOLOGY);
      process.chdir(folder);
      try {
        return await example.print();
      } finally {
        process.chdir(before);
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function finding(found: Partial<Survey>): NonNullable<FakeOptions['engine']> {
  const survey = { topologies: [], illegible: [], unnamed: [], silent: [], ...found };
  return () => ({ survey: () => Promise.resolve(survey) });
}

function tap(says: string): Survey['illegible'][number] {
  return { node: 'n1', netns: null, sort: 'link', name: 'tap1', says };
}

/** The file with one piece replaced. */
function files(from: string, to: string): Readonly<Record<string, string>> {
  if (!TOPOLOGY.includes(from)) throw new Error(`the topology has no ${from}`);
  return { 't.yaml': TOPOLOGY.replace(from, to) };
}

/** A lab in which `vm2` has this address by DHCP. */
function leased(address: string): NonNullable<FakeOptions['engine']> {
  const port = { device: 'eth0', mac: null, address, dhcp: 'bound', lease: {} } as const;
  const instances = [{ name: 'vm2', node: 'n1', up: true, ports: [port] }];
  return ({ lab }) => ({
    lab: {
      ...lab,
      status: ({ doc: { name } }) => Promise.resolve({ name, up: true, nodes: [], instances, hosts: [] }),
    },
  });
}

/** A lab in which a renewal prints this. */
function renewed(stdout: string): NonNullable<FakeOptions['engine']> {
  return ({ lab }) => ({ lab: { ...lab, run: () => Promise.resolve({ code: 0, stdout, stderr: '' }) } });
}

/** The output of main.ts if an older Node.js starts it. */
async function inOldNode(): Promise<string> {
  const { versions, stderr, exitCode } = process;
  const said: string[] = [];
  const write = stderr.write.bind(stderr);
  Object.defineProperty(process, 'versions', { ...VERSIONS, value: { ...versions, node: '18.19.0' } });
  stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
  try {
    await import('../../../src/main.ts');
  } finally {
    stderr.write = write;
    Object.defineProperty(process, 'versions', { ...VERSIONS, value: versions });
    process.exitCode = exitCode;
  }
  return said.join('');
}

const VERSIONS = { configurable: true, enumerable: true, writable: false };

export const COMMAND_EXAMPLES: Examples = {
  NLX00: command('plan t.yaml', 'A function of netloom throws something else than a diagnostic.', {
    engine: () => ({ open: () => Promise.reject(new TypeError('x is not a function')) }),
  }),
  NLX01: { given: 'Node.js is 18.19.0.', print: inOldNode },
  NLX02: command('watch --yes -'),
  NLX10: command('apply t.yaml', 'There is no terminal.', { first: ONE_CREATE }),
  NLX11: command('apply t.yaml', 'The answer is `no`.', { first: ONE_CREATE, answer: 'no' }),
  NLX12: command('gc --yes'),
  NLX20: command('plan t.yaml', '`n1` is reached by SSH.', {
    files: {
      't.yaml': TOPOLOGY.replace('reach: { via: lab }', 'reach: { via: ssh, host: n1 }')
        .replace(/ {2}vm2:.*\n/, '')
        .replace(/expect:[^]*/, ''),
    },
  }),
  NLX21: command('verify t.yaml', '`n1` is reached by SSH.', {
    files: files('reach: { via: lab }', 'reach: { via: ssh, host: n1 }'),
  }),
  NLX22: command('plan --node n2 t.yaml'),
  NLX23: command('explain port vm3 t.yaml'),
  NLX24: command('schema topologies'),
  NLX25: inFolder('init demo.yaml', 'There is a file `demo.yaml`.'),
  NLX26: inFolder('init nowhere/demo.yaml', 'There is no folder `nowhere`.'),
  NLX27: command('lab down'),
  NLX28: command('diff old.yaml new.yaml', undefined, {
    files: { 'old.yaml': TOPOLOGY, 'new.yaml': TOPOLOGY.replace('demo', 'trial') },
  }),
  NLX29: command('diff before.json t.yaml', 'The end of `before.json` is missing.', {
    files: { 'before.json': '{"type": "state", "checksum": "', 't.yaml': TOPOLOGY },
  }),
  NLX30: command('gc --dry-run', undefined, { engine: finding({ illegible: [tap('../x')] }) }),
  NLX31: command('gc --yes --topology demo', 'A tap carries the mark, but no kind knows it for its own.', {
    first: ONE_CREATE,
    engine: finding({ topologies: [{ topology: 'demo', traces: [tap('demo')] }] }),
  }),
  NLX32: command('gc --dry-run', undefined, {
    engine: finding({ unnamed: [{ node: 'n1', device: 'eth0', cidr: '10.0.0.1/24', label: 'eth0:beef' }] }),
  }),
  NLX33: command('gc --dry-run', undefined, {
    engine: finding({ silent: [{ node: 'n1', why: 'connection refused' }] }),
  }),
  NLX34: command('diff t.yaml before.json', '`before.json` is a state that `snapshot` recorded.', {
    files: { 't.yaml': TOPOLOGY, 'before.json': EMPTY_STATE },
  }),
  NLX36: command('plan --script - t.yaml', 'The file has two nodes.', {
    engine: () => ({ open: () => Promise.resolve(new Map(['n1', 'n2'].map((node) => [node, fakeShell(node, {})]))) }),
  }),
  NLX37: command('apply plan.json', 'The end of `plan.json` is missing.', {
    files: { 'plan.json': '{"type": "plan", "checksum": "' },
  }),
  NLX38: command('apply --lab plan.json', '`plan.json` was made without `--lab`.', {
    files: { 'plan.json': EMPTY_PLAN },
  }),
  NLX39: command('apply --checksum 0123 t.yaml', 'The plan has another checksum.', { first: ONE_CREATE }),
  NLX42: command('undo t.yaml', 'No run of the topology is archived.'),
  NLX43: inState('history show t.yaml 1', 'The details of the run are damaged.', (folder) => {
    mkdirSync(join(folder, 'runs', 'demo'), { recursive: true });
    writeFileSync(join(folder, 'runs', 'demo', '1.json'), '{ "number": 1 }');
    writeFileSync(join(folder, 'runs', 'demo', '1.details.gz'), gzipSync('{}'));
  }),
  NLX44: {
    given: 'A secret file was changed by hand before run 2 replaced it, and `undo` is to lead back to that.',
    print: () =>
      Promise.resolve(
        printed([
          withoutSecret(
            { ...fileRef('n1', '/run/netloom/demo/x'), spec: {}, origin: { path: 'state' } },
            { number: 2 },
          ),
        ]),
      ),
  },
  NLX45: inState(
    'apply --yes t.yaml',
    'The folder for the archive is a file.',
    (folder) => {
      writeFileSync(join(folder, 'runs'), '');
    },
    { first: ONE_CREATE },
  ),
  NLX46: command('lab capture t.yaml vm1', 'Standard output is a terminal.', { isTTY: true }),
  NLX47: inUnits('The unit was edited since netloom wrote it.', async (install, folder) => {
    await install();
    appendFileSync(join(folder, 'netloom-demo.service'), '# mine\n');
  }),
  NLX48: inUnits(
    'systemd cannot be asked.',
    () => undefined,
    () => 'Failed to connect to bus',
  ),
  NLX49: command('service print t.yaml -- --no-such-flag', undefined, { files: LOCAL }),
  NLX65: {
    input: { language: 'console', text: 'netloom watch --metrics 0.0.0.0:9464 t.yaml\n' },
    print: () => Promise.resolve(printed([warnOfReaders('http://0.0.0.0:9464')])),
  },
  NLX66: command('watch --yes --metrics 192.0.2.1:9464 t.yaml', 'The machine does not have the address.'),
  NLX41: command('verify t.yaml', undefined, { files: files('to: vm2 }', 'to: vm2, seen_as: 10.0.0.2 }') }),
  NLX57: {
    given: 'The single executable is in `/usr/local/bin`, and no package of npm is installed for it.',
    print: () => printedError(() => placed({ id: 'root' }, { load: notFound, root: '/usr/local/share/netloom' })),
  },
  NLX58: command('graph --live t.yaml'),
  NLX62: command('verify t.yaml', '`vm2` holds a lease with another address.', { engine: leased('10.0.0.99/24') }),
  NLX63: command('lab renew t.yaml vm1', 'No DHCP server answers `vm1`.', { engine: renewed('eth0 10.0.0.2 - 1500') }),
  NLX64: command('lab renew t.yaml vm3'),
  NLX50: command('unlock --yes t.yaml n1', 'A command of the holder waits in the kernel.', {
    engine: () => ({
      lockHolders: () =>
        Promise.resolve({
          holder: parseHolder(''),
          session: '4711 1',
          processes: [{ pid: 815, state: 'D', command: 'ip -batch -' }],
        }),
    }),
  }),
  NLX51: command('unlock t.yaml'),
  NLX52: command(
    'unlock --yes t.yaml n1',
    'An apply with `--confirm` was not confirmed, and its revert takes a while.',
    {
      engine: () => ({
        open: () => Promise.resolve(new Map([['n1', fakeShell('n1', {})]])),
        lockHolders: () =>
          Promise.resolve({
            holder: parseHolder('command=the revert of an apply that was not confirmed\nsince=1\nnow=4\n'),
            session: '815 1',
            processes: [{ pid: 815, state: 'S', command: 'netloom: timer of a revert' }],
          }),
      }),
    },
  ),
  NLX70: command('serve --listen 192.0.2.1 t.yaml', 'The machine does not have the address.'),
  NLX71: {
    input: { language: 'console', text: 'netloom serve --listen 192.0.2.1 t.yaml\n' },
    given: 'The machine has the address.',
    print: () => Promise.resolve(printed([warnOfAddress('192.0.2.1')])),
  },
  NLX55: command('plan --except n1 t.yaml', 'The file has no node but `n1`.'),
  NLX56: {
    input: { language: 'yaml', text: TWO_NODES },
    given: '`n2` cannot be reached, and `n1` is new. The command line is `netloom apply --except n2 topology.yaml`.',
    async print() {
      const n1 = fakeShell('n1', { own: ip([link('lo', 1), link('eth0', 2)]) });
      const { moves } = await planNetwork(graphOf(TWO_NODES), new Map([['n1', n1]]));
      return printed(moves, new Map([[FILE, TWO_NODES]]));
    },
  },
};
