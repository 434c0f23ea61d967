import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { afterAll, beforeEach } from 'vitest';
import { openShell } from '../../src/hosts/shell.ts';
import type { Shell } from '../../src/model/host.ts';
import { testedMechanism } from './mechanism.ts';

/**
 * The first process (pid 1) of a throw-away node, which has its own /run, /tmp, /proc and /sys. It prints its pid as
 * seen from outside, reaps, and ends with its stdin. All processes of the node end with it.
 */
const INIT = `
read -r pid _ </proc/self/stat
mount -t proc proc /proc && mount -t tmpfs -o mode=755 t /run &&
  mount -t tmpfs -o mode=1777 t /tmp && mount -t sysfs sysfs /sys || exit 1
mkdir -p /run/netns /run/lock /run/wire /run/netloom-guests
ip link set dev lo up
for name in iptables ip6tables arptables; do echo 0 >/proc/sys/net/bridge/bridge-nf-call-$name; done 2>/dev/null
echo "$pid"
exec 3<&0
cat <&3 >/dev/null & wait "$!"
`;

const OVS = '/run/openvswitch';

/**
 * Starts Open vSwitch inside the node, or the daemons of it that were killed. Its sockets are where all tools look for
 * them, in the node's own /run, as is its database; it never uses the host's datapath.
 */
export const START_OVS = `mkdir -p ${OVS}
export OVS_RUNDIR=${OVS} OVS_LOGDIR=${OVS} OVS_DBDIR=${OVS} OVS_SYSCONFDIR=${OVS}
runs() { [ -d "/proc/$(cat ${OVS}/$1.pid 2>/dev/null || echo none)" ]; }
quiet='-vconsole:off -vsyslog:off --detach --no-chdir'
[ -e ${OVS}/conf.db ] || ovsdb-tool create ${OVS}/conf.db /usr/share/openvswitch/vswitch.ovsschema
runs ovsdb-server || {
  ovsdb-server ${OVS}/conf.db $quiet --log-file --remote=punix:${OVS}/db.sock --pidfile 9<&-
  ovs-vsctl --no-wait init
}
runs ovs-vswitchd || ovs-vswitchd unix:${OVS}/db.sock $quiet --log-file --pidfile --disable-system 9<&-
`;

/** Returns a script that kills daemons of Open vSwitch as a crash does: `ovs-vswitchd` or `ovsdb-server`. */
export function killOvs(...daemons: readonly string[]): string {
  return daemons
    .map(
      (daemon) =>
        `kill -9 "$(cat ${OVS}/${daemon}.pid)"\n` +
        `while [ -d "/proc/$(cat ${OVS}/${daemon}.pid)" ]; do sleep 0.01; done\n`,
    )
    .join('');
}

/** Returns why no node with Open vSwitch can be created here; `undefined` if one can. */
export function whyNoOvs(): string | undefined {
  const found = spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin; command -v ovs-vswitchd ovs-vsctl ovsdb-tool']);
  if (found.status !== 0) return 'not installed: openvswitch-switch';
  const tun = spawnSync('sh', ['-c', ': <>/dev/net/tun']);
  return tun.status === 0 ? undefined : '/dev/net/tun is not open to us';
}

/** The uid of an ordinary user: any that owns nothing. */
const ORDINARY = '23456';

export interface NodeOptions {
  readonly name?: string;
  /** Run as an ordinary user, in a user namespace. */
  readonly rootless?: boolean;
  /** The variant of `iptables` and its companions on the node; absent: the host's. */
  readonly iptables?: 'nft' | 'legacy';
  /** A script that pauses for so many milliseconds hangs; default: as in netloom. */
  readonly limitMs?: number;
  /** With its own Open vSwitch and the userspace datapath; absent: if the run tests that mechanism. */
  readonly ovs?: boolean;
}

/** A throw-away node: its own namespaces, with a persistent shell in them. Nothing is left when it is closed. */
export class TestNode {
  readonly name: string;
  readonly #holder: ChildProcessWithoutNullStreams;
  readonly #enter: readonly string[];
  readonly #limitMs: number | undefined;
  #shell: Shell | undefined;

  private constructor(
    { name = 'node1', limitMs }: NodeOptions,
    holder: ChildProcessWithoutNullStreams,
    enter: readonly string[],
  ) {
    this.name = name;
    this.#limitMs = limitMs;
    this.#holder = holder;
    this.#enter = enter;
  }

  static async open(options: NodeOptions): Promise<TestNode> {
    const { iptables } = options;
    const rootless = options.rootless === true;
    const user = rootless ? ['setpriv', '--reuid', ORDINARY, '--regid', ORDINARY, '--clear-groups', '--'] : [];
    const flags = ['-n', '-m', '-p', '-f', '--kill-child', '--propagation', 'private'];
    const [file, ...args] = [...user, 'unshare', ...(rootless ? ['-U', '-r'] : []), ...flags, 'sh', '-c', INIT];
    const holder = spawn(file, args, { cwd: '/' });
    const pid = await new Promise<string>((resolve, reject) => {
      let printed = '';
      holder.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('\n')) resolve(printed.trim());
      });
      let errors = '';
      holder.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      holder.once('exit', (code) => {
        reject(new Error(`the node ended with ${String(code)}: ${errors}`));
      });
    });
    const inside = rootless ? ['-U', '--preserve-credentials'] : [];
    const env = iptables === undefined ? [] : ['env', `PATH=/run/iptables:${process.env['PATH'] ?? ''}`];
    const node = new TestNode(options, holder, [
      ...user,
      'nsenter',
      ...inside,
      '-t',
      pid,
      '-n',
      '-m',
      '-p',
      ...env,
      'sh',
    ]);
    await node.reopen();
    if (iptables !== undefined) {
      await node.sh(`mkdir /run/iptables; for f in iptables ip6tables; do for p in '' -save -restore; do
        ln -s /usr/sbin/xtables-${iptables}-multi /run/iptables/$f$p; done; done`);
    }
    if (options.ovs === true) await node.sh(START_OVS);
    return node;
  }

  get shell(): Shell {
    if (!this.#shell) throw new Error('the shell is closed');
    return this.#shell;
  }

  get shells(): ReadonlyMap<string, Shell> {
    return new Map([[this.name, this.shell]]);
  }

  /** The words that start a `sh` in the node. */
  get entry(): readonly string[] {
    return this.#enter;
  }

  /** Opens another shell in the same node, started by these words; the node's state stays. */
  async reopen(entry = this.entry): Promise<void> {
    const [file = '', ...args] = entry;
    await this.#shell?.close().catch(() => undefined);
    const limit = this.#limitMs === undefined ? {} : { limitMs: this.#limitMs };
    this.#shell = await openShell({ node: this.name, description: 'test', file, args, rightsHint: '', ...limit });
  }

  /** Runs a script, which must succeed, and returns its output. */
  async sh(script: string): Promise<string> {
    return this.shell.read(`set -e\n${script}`);
  }

  /** Runs a script and returns its exit code and output. */
  async try(script: string): Promise<{ code: number; output: string }> {
    return this.shell.job(script);
  }

  /**
   * Adds a NIC: a veth whose other end, of the same name, is in its own namespace outside the node, at /run/wire/NAME.
   */
  async nic(name: string, mac: string): Promise<void> {
    await this.sh(`touch /run/wire/${name}; unshare --net=/run/wire/${name} ip link set dev lo up
      ip link add name ${name} address ${mac} type veth peer name ${name} netns /run/wire/${name}
      ip link set dev ${name} up; nsenter --net=/run/wire/${name} ip link set dev ${name} up`);
  }

  /** Creates a namespace like that of a guest of the lab. */
  async guest(path: string): Promise<void> {
    await this.sh(`mkdir -p "$(dirname ${path})"; touch ${path}; unshare --net=${path} ip link set dev lo up`);
  }

  async close(): Promise<void> {
    await this.#shell?.close().catch(() => undefined);
    this.#holder.stdin.end();
    if (this.#holder.exitCode !== null) return;
    await new Promise((resolve) => this.#holder.once('exit', resolve));
  }
}

const isRoot = process.geteuid?.() === 0;
const rights = isRoot ? [] : ['-U', '-r'];
const canUnshare = spawnSync('unshare', [...rights, '-n', '-m', '-p', '-f', 'true']).status === 0;

/** The nodes of one test file. */
export interface Nodes {
  open(options?: NodeOptions): Promise<TestNode>;
}

/** Skips the tests of a file, with the reason, if no namespace can be created; closes all nodes at the end. */
export function testNodes(...programs: readonly string[]): Nodes {
  const open: TestNode[] = [];
  const missing = programs.filter(
    (program) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin; command -v ${program}`]).status !== 0,
  );
  const switched = testedMechanism() === 'openvswitch';
  const noSwitch = switched ? whyNoOvs() : undefined;
  beforeEach((context) => {
    context.skip(noSwitch !== undefined, noSwitch);
    context.skip(!canUnshare, 'unshare cannot make namespaces here');
    context.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
  });
  afterAll(async () => {
    await Promise.all(open.map((node) => node.close()));
  });
  return {
    async open(options = {}) {
      // An ordinary user can create nodes only in a user namespace.
      const node = await TestNode.open({
        ...options,
        ovs: options.ovs ?? switched,
        rootless: options.rootless ?? !isRoot,
      });
      open.push(node);
      return node;
    },
  };
}

/** Returns why no node of an ordinary user can be created here; `undefined` if one can. */
export function whyNoRootless(): string | undefined {
  if (!isRoot) return undefined;
  const args = [
    '--reuid',
    ORDINARY,
    '--regid',
    ORDINARY,
    '--clear-groups',
    '--',
    'unshare',
    '-U',
    '-r',
    '-n',
    '-m',
    '-p',
    '-f',
    'true',
  ];
  return spawnSync('setpriv', args, { cwd: '/' }).status === 0
    ? undefined
    : 'an ordinary user can make no user namespace here';
}
