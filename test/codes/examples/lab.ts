import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labDown } from '../../../src/lab/down.ts';
import { enterMember, enterTarget } from '../../../src/lab/entry.ts';
import { startHolder } from '../../../src/lab/holder.ts';
import { captureFailed } from '../../../src/lab/capture/capture.ts';
import { withLabsLocked } from '../../../src/lab/lock.ts';
import { refusalHint } from '../../../src/lab/namespaces.ts';
import { checkMachine } from '../../../src/lab/preflight.ts';
import { reconcile } from '../../../src/lab/reconcile.ts';
import { findTarget } from '../../../src/lab/targets.ts';
import type { Cable, LabShape, LabTopology, Member } from '../../../src/lab/shape.ts';
import { labsDir, privateDir, stateDir } from '../../../src/lab/state-dir.ts';
import { createCables } from '../../../src/lab/steps.ts';
import { startSwitches } from '../../../src/lab/switches.ts';
import { labUp } from '../../../src/lab/up.ts';
import { findPlace } from '../../../src/session/capture/find.ts';
import type { Place } from '../../../src/session/capture/places.ts';
import { printedError, type Examples } from '../example.ts';
import { fakeShell } from '../fake-node.ts';
import { onMachine } from '../machine.ts';

const TOPOLOGY: LabTopology = {
  file: 'example.yaml',
  doc: { name: 'example', nodes: { n1: { reach: { via: 'lab' } } } },
};

/** The same, after a second node was added to the file. */
const GROWN: LabTopology = {
  file: 'my example.yaml',
  doc: { ...TOPOLOGY.doc, nodes: { ...TOPOLOGY.doc.nodes, n2: { reach: { via: 'lab' } } } },
};

const NODE: Member = { kind: 'node', name: 'n1', routes: [], listen: [], ports: [], openvswitch: false };
const SHAPE: LabShape = { name: 'example', switches: [], members: [NODE], cables: [] };

/** A port of an instance, at which packets can be captured. */
function pointOf(name: string, device = 'eth0'): Place {
  const target = { kind: 'instance', name, member: { kind: 'instance', name }, netns: null } as const;
  return { point: { name: `instance/${name}/${device}`, target, device }, names: [name] };
}

const CABLE: Cable = {
  member: 'node/n1',
  nic: 'eth 0',
  network: 'wire',
  mac: '02:00:00:00:00:01',
  mtu: 1500,
  switchMtu: 1500,
  addresses: [],
};

/** A shell in the lab that answers each script in turn. */
function answering(...answers: readonly string[]): ReturnType<typeof fakeShell> {
  const left = [...answers];
  return fakeShell('switches', {}, { read: () => Promise.resolve(left.shift() ?? '') });
}

/** Replacements of the programs that a lab needs; they do nothing. */
const TOOLS = Object.fromEntries(
  ['unshare', 'nsenter', 'flock', 'mount', 'ip', 'hostname', 'ping'].map((name) => [name, 'exit 0']),
);

const OPENVSWITCH = Object.fromEntries(
  ['perl', 'ovsdb-server', 'ovs-vswitchd', 'ovs-vsctl'].map((name) => [name, 'exit 0']),
);

/** A machine that has only the replacements of the programs. */
function ownPrograms(): { readonly dirs: string } {
  return { dirs: path.join(tmpdir(), 'bin') };
}

/** A flock(1) that takes the lock of all labs, and finds the lock of one lab held. */
const BUSY_FLOCK = {
  flock: 'case "$*" in *" sh -c "*) exec sh -c "echo; read -r _";; *-n*) exit 75;; *) exit 1;; esac',
};

/** The folder of a lab that was started. */
function started(): string {
  mkdirSync(labsDir(), { mode: 0o700 });
  mkdirSync(stateDir('example'), { mode: 0o700 });
  return path.join(stateDir('example'), 'lock');
}

/**
 * A replacement of /proc with the first process of a lab that has the node n1. The process holds the lock and is
 * ready.
 */
function seenRunning(): string {
  const lock = started();
  const pid = '4711';
  const proc = path.join(tmpdir(), 'proc');
  const run = path.join(proc, pid, 'root/run/netloom-lab');
  mkdirSync(path.join(run, 'node/n1'), { recursive: true });
  mkdirSync(path.join(proc, pid, 'fd'));
  writeFileSync(lock, '');
  symlinkSync(lock, path.join(proc, pid, 'fd/9'));
  writeFileSync(path.join(run, 'ready'), '');
  writeFileSync(path.join(run, 'node/n1/pid'), '2');
  writeFileSync(path.join(stateDir('example'), 'pid'), pid);
  return proc;
}

/** A lab whose first process does not end: a process that holds the lock. */
async function downOfHeldLab(): Promise<string> {
  const lock = openSync(started(), 'w');
  const nine = Array.from({ length: 9 }, () => 'ignore' as const);
  const holder = spawn('sleep', ['60'], { stdio: [...nine, lock] });
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  closeSync(lock);
  const pid = String(holder.pid);
  writeFileSync(path.join(stateDir('example'), 'pid'), pid);
  try {
    return (await printedError(() => labDown('example'))).replaceAll(pid, '4711');
  } finally {
    holder.kill('SIGKILL');
    await ended;
  }
}

export const LAB_EXAMPLES: Examples = {
  NLL001: {
    given: 'The temporary folder has a file with the name of the folder of labs.',
    print: () => printedError(() => privateDir('/dev/null')),
  },
  NLL002: {
    given: 'flock(1) fails.',
    print: () => onMachine({ flock: 'exit 71' }, () => printedError(() => withLabsLocked(() => Promise.resolve()))),
  },
  NLL003: { print: () => onMachine({}, () => printedError(() => enterMember(TOPOLOGY, 'n1'))) },
  NLL004: {
    given: 'A NIC is called `eth 0`.',
    print: () => printedError(() => createCables([CABLE], () => 4711)),
  },
  NLL005: {
    print: () => {
      const shell = answering('[]\n', '', 'mount: /run: permission denied.\n');
      return printedError(() => reconcile(shell, SHAPE, () => undefined));
    },
  },
  NLL006: {
    given: 'unshare(1) is refused. A hint follows, which depends on the machine.',
    print: () =>
      onMachine({ unshare: 'echo "unshare: unshare failed: Operation not permitted" >&2; exit 1' }, async () => {
        mkdirSync(labsDir(), { mode: 0o700 });
        const text = await printedError(() => startHolder('example'));
        return text.replace(`  hint: ${await refusalHint()}\n`, '');
      }),
  },
  NLL007: {
    given: 'ping(8) is not installed.',
    print: () => onMachine({ ...TOOLS, ping: undefined }, () => printedError(() => checkMachine(SHAPE, ownPrograms()))),
  },
  NLL008: {
    given: 'The lab is up, and then a node is added to the file.',
    print: () =>
      onMachine({}, async () => {
        const proc = seenRunning();
        // The lab is up: its own node exists.
        await enterMember(GROWN, 'n1', proc);
        return printedError(() => enterMember(GROWN, 'n2', proc));
      }),
  },
  NLL009: {
    given: 'A process that is not the first process of the lab holds its lock.',
    print: () =>
      onMachine({ ...TOOLS, ...BUSY_FLOCK }, () => {
        started();
        return printedError(() => labUp(TOPOLOGY));
      }),
  },
  NLL010: {
    given: 'The kernel does not end the lab.',
    print: () => onMachine(BUSY_FLOCK, downOfHeldLab),
  },
  NLL011: { print: () => printedError(() => enterMember(TOPOLOGY, 'n2')) },
  NLL012: { print: () => printedError(() => stateDir('../example')) },
  NLL013: {
    print: () =>
      onMachine({ ...TOOLS, ...OPENVSWITCH }, () => {
        const members = [{ ...NODE, openvswitch: true }];
        return printedError(() => checkMachine({ ...SHAPE, members }, { ...ownPrograms(), tun: '/nowhere/tun' }));
      }),
  },
  NLL014: {
    print: () => {
      const said = 'ovs-vswitchd: /dev/net/tun: Operation not permitted\n';
      return printedError(() => startSwitches(answering('', said), [{ ...NODE, openvswitch: true }], () => 4711));
    },
  },
  NLL015: {
    given: 'A node and a router are called `n1`.',
    print: () => printedError(() => findTarget({ doc: { ...TOPOLOGY.doc, routers: { n1: { node: 'n1' } } } }, 'n1')),
  },
  NLL016: {
    given: 'The lab is up, and nothing is applied.',
    print: () =>
      onMachine({}, async () => {
        const proc = seenRunning();
        const member = { kind: 'node', name: 'n1' } as const;
        return printedError(() =>
          enterTarget(TOPOLOGY, { kind: 'router', name: 'r1', member, netns: 'qrouter-bb4e8b0e' }, proc),
        );
      }),
  },
  NLL017: {
    given: 'The lab is up, and nothing is applied.',
    print: () =>
      printedError(() => {
        throw captureFailed(TOPOLOGY, pointOf('vm1').point, 'tcpdump: eth0: No such device exists\n');
      }),
  },
  NLL018: { print: () => printedError(() => findPlace([pointOf('vm1')], 'example', 'vm2')) },
  NLL019: {
    print: () => printedError(() => findPlace([pointOf('vm1'), pointOf('vm1', 'eth1')], 'example', 'vm1')),
  },
};
