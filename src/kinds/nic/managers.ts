import type { NodeProbe } from '../../model/probe.ts';

/** Who else looks after a link: the program, and the link by number or name. */
export interface LinkManager {
  readonly program: string;
  readonly ifindex?: number;
  readonly device?: string;
}

/**
 * Links that systemd-networkd or NetworkManager configures (their state files in /run), and links a DHCP client was started for. Addresses with a
 * lifetime are seen by `ip` itself.
 */
export const managersProbe: NodeProbe<readonly LinkManager[]> = {
  id: 'managers',
  scope: 'node',
  script: () =>
    `[ ! -d /run/systemd/netif/links ] || grep -sHE '^ADMIN_STATE=(configured|configuring|pending|linger)' /run/systemd/netif/links/* | sed 's/^/networkd /'
[ ! -d /run/NetworkManager/devices ] || grep -sHE '^managed=true' /run/NetworkManager/devices/* | sed 's/^/NetworkManager /'
found=$(grep -lsaE '(^|/)(dhclient|dhcpcd|udhcpc|busybox.udhcpc)' /proc/[0-9]*/cmdline)
[ -z "$found" ] || me=$(readlink /proc/self/ns/net)
for f in $found; do
  [ "$(readlink "\${f%/cmdline}/ns/net")" = "$me" ] && printf 'dhcp %s\\n' "$(tr '\\0\\n' '  ' <"$f")"
done; :`,
  parse(text) {
    const found: LinkManager[] = [];
    for (const line of text.split('\n')) {
      const file = /^(networkd|NetworkManager) \S*\/(\d+):/.exec(line);
      if (file)
        found.push({
          program: file[1] === 'networkd' ? 'systemd-networkd' : 'NetworkManager',
          ifindex: Number(file[2]),
        });
      if (!line.startsWith('dhcp ')) continue;
      const [program = '', ...words] = line.slice('dhcp '.length).trim().split(/\s+/);
      for (const device of words.filter((word) => /^[A-Za-z0-9_.-]{1,15}$/.test(word))) {
        found.push({ program: program.split('/').pop() ?? program, device });
      }
    }
    return found;
  },
};
