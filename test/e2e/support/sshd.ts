import type { Network } from './network.ts';

/** Where the keys and configuration of a run are, in the own /run of each member of the lab. */
const PLACE = '/run/netloom-test-ssh';
/** The user of each node who becomes root by `sudo -n`. */
export const OPERATOR = 'operator';

/** The server of a node that listens on an address of the node. */
interface Listener {
  readonly node: string;
  readonly address: string;
}

/**
 * Starts OpenSSH's own server on nodes of a lab, and lets `client`, an outside host of the lab or one of the nodes, log
 * in there as root and as `OPERATOR`, with a key that is made for this run. Keys, accounts and configuration are in the
 * members' own /etc and /run, and vanish with the lab, as the servers do.
 */
export async function startSshd(network: Network, client: string, listeners: readonly Listener[]): Promise<void> {
  const key = (await network.in(client, CLIENT)).trim();
  const hostKeys = await Promise.all(
    listeners.map(async ({ node, address }) => `${address} ${(await network.in(node, server(key))).trim()}`),
  );
  await network.in(client, `cat >${PLACE}/known_hosts <<'END'\n${hostKeys.join('\n')}\nEND`);
}

/** Adds lines to the configuration of the client, before all others. */
export async function sshConfig(network: Network, client: string, lines: string): Promise<void> {
  await network.in(client, `cat >${PLACE}/more <<'END'\n${lines}\nEND`);
}

/** Kills the servers' processes of every connection to a node, but not the server that waits for new ones. */
export async function dropConnections(network: Network, node: string): Promise<void> {
  await network.in(
    node,
    `listening=$(cat ${PLACE}/pid)
     for session in $(ps -o pid= --ppid "$listening"); do kill -9 $(ps -o pid= --ppid "$session") "$session"; done`,
  );
}

/** Makes the client's key, and prints its public part. No configuration of the machine's own users is read. */
const CLIENT = `set -e
  umask 077
  mkdir ${PLACE}
  [ ! -d ~/.ssh ] || mount -t tmpfs tmpfs ~/.ssh
  ssh-keygen -q -t ed25519 -N '' -C run -f ${PLACE}/key
  ssh-keygen -q -t ed25519 -N '' -C wrong -f ${PLACE}/wrong-key
  : >${PLACE}/more
  cat >/etc/ssh/ssh_config <<'END'
Include ${PLACE}/more
Host *
  IdentityFile ${PLACE}/key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile ${PLACE}/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  UpdateHostKeys no
END
  cat ${PLACE}/key.pub`;

/** Returns the script that starts a server on all addresses of a node, and prints its host key. */
function server(key: string): string {
  return `set -e
    umask 022
    mkdir -p /run/sshd ${PLACE}
    echo '${key}' >${PLACE}/authorized_keys
    ssh-keygen -q -t ed25519 -N '' -C host -f ${PLACE}/host
    echo '${OPERATOR}:x:2999:2999::/tmp:/bin/sh' >>/etc/passwd
    echo '${OPERATOR}:*:19000:0:99999:7:::' >>/etc/shadow
    # With a locked password, sshd would refuse the account.
    sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow
    mkdir -p /etc/sudoers.d
    echo '${OPERATOR} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/${OPERATOR}
    chmod 0440 /etc/sudoers.d/${OPERATOR}
    cat >${PLACE}/config <<'END'
ListenAddress 0.0.0.0
HostKey ${PLACE}/host
PidFile ${PLACE}/pid
AuthorizedKeysFile ${PLACE}/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 50:30:100
END
    /usr/sbin/sshd -f ${PLACE}/config -E ${PLACE}/log
    cut -d ' ' -f 1,2 ${PLACE}/host.pub`;
}
