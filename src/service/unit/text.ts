import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { CAPABILITIES } from './capabilities.ts';
import { execLine, unitText, unitWords } from './words.ts';

/** What a unit runs: `watch` keeps the network right; `at-boot` applies the file once, when the host boots. */
export type ServiceMode = 'watch' | 'at-boot';

/** A service that runs netloom for one topology. */
export interface Service {
  readonly topology: string;
  readonly mode: ServiceMode;
  /** The words that start netloom; the first is an absolute path. */
  readonly program: readonly string[];
  /** The absolute path of the topology file. */
  readonly file: string;
  /** More flags of `watch` or `apply`. */
  readonly flags: readonly string[];
}

/** Returns the name of the unit of a topology. */
export function unitName(topology: string): string {
  return `netloom-${topology}.service`;
}

/** Returns the text of a unit. Its first lines tell whether it was edited (`isUnedited`). */
export function unitFile(service: Service): string {
  return withChecksum(unitBody(service));
}

function unitBody(service: Service): string {
  const { topology, mode, program, file, flags } = service;
  if (!isAbsolute(file)) throw new Error(`a unit needs an absolute path, not ${file}`);
  const run = [...program, mode === 'watch' ? 'watch' : 'apply', '--yes', ...flags, file];
  return `[Unit]
Description=netloom: ${mode === 'watch' ? 'keeps' : 'applies'} the network ${unitText(topology)}
Documentation=man:netloom(1)
RequiresMountsFor=${unitWords([file])}
# NICs have their addresses, and other nodes can be reached.
Wants=network-online.target
After=network-online.target openvswitch-switch.service ovs-vswitchd.service
# These flush the rules of others when they start.
After=nftables.service netfilter-persistent.service iptables.service firewalld.service ufw.service
# Guests find their bridges and taps.
Before=libvirt-guests.service
StartLimitIntervalSec=0

[Service]
${mode === 'watch' ? watchLines(run) : bootLines(run)}
# DHCP servers and metadata proxies are a part of the network: they outlive netloom, and their end is not its own.
KillMode=process
OOMPolicy=continue
TasksMax=infinity

# A namespace of netloom is a mount below /run/netns, and the host must see it. Each setting that gives a unit a mount
# namespace of its own would hide it: mounts made in there do not reach the host (systemd.exec(5), MountFlags= and
# PrivateMounts=). So there is no PrivateTmp=, PrivateDevices=, PrivateMounts=, ProtectSystem=, ProtectHome=,
# ProtectKernelTunables=, ProtectKernelModules=, ProtectKernelLogs=, ProtectControlGroups=, ProtectProc=, ProcSubset=,
# ReadOnlyPaths=, InaccessiblePaths=, BindPaths=, TemporaryFileSystem=, RootDirectory= and DynamicUser=. A private
# network, user or host name would not be that of the node, either. ProtectClock= would close /dev/net/tun, and
# MemoryDenyWriteExecute= ends Node.js, which compiles JavaScript.
${capabilityLines()}
AmbientCapabilities=
NoNewPrivileges=yes
RestrictNamespaces=net mnt
RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_INET AF_INET6 AF_PACKET
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=~@clock @cpu-emulation @debug @obsolete @raw-io @reboot @swap
SystemCallErrorNumber=EPERM
KeyringMode=private
UMask=0022

[Install]
WantedBy=multi-user.target
`;
}

/** Lines of the same setting add up. */
function capabilityLines(): string {
  const half = Math.ceil(CAPABILITIES.length / 2);
  const parts = [CAPABILITIES.slice(0, half), CAPABILITIES.slice(half)];
  return parts.map((part) => `CapabilityBoundingSet=${part.join(' ')}`).join('\n');
}

function watchLines(run: readonly string[]): string {
  return `Type=notify
# A program of netloom's own reports to systemd: Node.js has no datagram sockets of Unix.
NotifyAccess=all
ExecStart=${execLine(run)}
ExecReload=kill -HUP $MAINPID
# Until the network is right for the first time, netloom asks for more time as long as it is alive.
TimeoutStartSec=90
WatchdogSec=60
# A running batch ends within 10 s.
TimeoutStopSec=30
Restart=on-failure
RestartSec=1
# From 1 s to 5 min. systemd before 254 ignores these two.
RestartSteps=8
RestartMaxDelaySec=300`;
}

function bootLines(run: readonly string[]): string {
  return `Type=oneshot
RemainAfterExit=yes
ExecStart=${execLine(run)}
ExecReload=${execLine(run)}
# A node may not be reachable yet while this host boots.
Restart=on-failure
RestartSec=30`;
}

const HEAD = `# Written by \`netloom service install\`, which replaces this file unless it was edited. \`systemctl edit\` puts changes
# into a file beside it.
`;
const CHECKSUM = /^# sha256 of what follows: ([0-9a-f]{64})\n/m;

function withChecksum(body: string): string {
  return `${HEAD}# sha256 of what follows: ${digest(body)}\n${body}`;
}

/** Returns true if a text is a unit that `unitFile` of any version returned, and that nothing has changed since. */
export function isUnedited(text: string): boolean {
  const found = CHECKSUM.exec(text);
  return found !== null && digest(text.slice(found.index + found[0].length)) === found[1];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
