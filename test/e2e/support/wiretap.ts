import type { Shell } from '../../../src/model/host.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import type { Network } from './network.ts';

/** A script that a shell was given. */
export interface Asked {
  readonly node: string;
  readonly how: 'read' | 'job';
  readonly script: string;
}

/** Returns shells that record their scripts. */
export function listening(shells: Shells, asked: Asked[]): Shells {
  const tapped = (node: string, shell: Shell): Shell =>
    new Proxy(shell, {
      get(target, key): unknown {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (key === 'read' || key === 'job') asked.push({ node, how: key, script: String(args[0]) });
          return Reflect.apply(value, target, args);
        };
      },
    });
  return new Map([...shells].map(([node, shell]) => [node, tapped(node, shell)]));
}

/** Programs that can change a network. */
const PROGRAMS = [
  ...['ip', 'bridge', 'tc', 'nft', 'ipset', 'brctl', 'conntrack', 'sysctl', 'dnsmasq', 'arping'],
  ...['iptables', 'iptables-restore', 'iptables-save', 'ip6tables', 'ip6tables-restore', 'ip6tables-save'],
  ...['ovs-vsctl', 'ovs-appctl'],
];

/**
 * Replaces each program by a script that records the arguments and the lines of a batch, and then runs the program. It
 * records every start, by whichever path. It must be called before anything runs.
 */
export async function tapPrograms(network: Network): Promise<void> {
  for (const node of network.resolved.nodes.keys()) {
    await network.in(
      node,
      `set -e; mkdir -p /run/e2e-real /run/e2e-tap
      : >/run/e2e-tap/log; chmod 666 /run/e2e-tap/log
      cat >/run/e2e-tap/tap <<'END'
#!/bin/sh
name=\${0##*/}
case "$name $*" in
*restore* | *'-batch -'* | 'nft '*'-f -'*)
  input=$(mktemp -p /run/e2e-tap)
  cat >"$input"
  sed "s|^|$name: |" <"$input" >>/run/e2e-tap/log
  "/run/e2e-real/$name" "$@" <"$input"
  code=$?
  rm -f "$input"
  exit $code
  ;;
esac
echo "$name $*" >>/run/e2e-tap/log
# Under its own name, for a daemon is known by its command line.
exec perl -e 'exec { shift } @ARGV' "/run/e2e-real/$name" "$name" "$@"
END
      chmod 755 /run/e2e-tap/tap
      for name in ${PROGRAMS.join(' ')}; do
        path=$(command -v "$name") || continue
        cp -L "$path" "/run/e2e-real/$name"
      done
      # Links lead to one program with many names, which is covered once.
      for name in ${PROGRAMS.join(' ')}; do
        [ -e "/run/e2e-real/$name" ] || continue
        path=$(readlink -f "$(command -v "$name")")
        [ "$path" -ef /run/e2e-tap/tap ] || mount --bind /run/e2e-tap/tap "$path"
      done`,
    );
  }
}

/** Returns the commands recorded since the last call, without those that only read. */
export async function writesSeen(network: Network): Promise<string[]> {
  const seen: string[] = [];
  for (const node of network.resolved.nodes.keys()) {
    const log = await network.in(node, 'cat /run/e2e-tap/log; : >/run/e2e-tap/log');
    for (const line of log.split('\n')) if (line !== '' && !isLook(line)) seen.push(`${node}: ${line}`);
  }
  return seen;
}

function isLook(line: string): boolean {
  if (/^ip6?tables-save( |$)/.test(line) || /^ip6?tables --version$/.test(line)) return true;
  if (line.startsWith('nft -j list ') || line === 'ipset save') return true;
  // A transaction only reads if each of its parts does.
  if (line.startsWith('ovs-vsctl ')) {
    const parts = line.replace(/^ovs-vsctl(?: --\S+)*/, '').split(' -- ');
    return parts.every((part) => /^\s*(?:--\S+ )*(?:list \w+$|$)/.test(part));
  }
  if (line.startsWith('ovs-appctl ')) return line.endsWith(' version');
  return /^ip:? (?:-\S+ )*(?:\w+ )?(?:show|list|monitor)\b/.test(line);
}
