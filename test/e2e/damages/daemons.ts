import type { Damage, Verdict } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to dnsmasq and HAProxy, their files and folders. */
export function daemons(names: Names): readonly Damage[] {
  const { topology, folder } = names;
  const proxy = `$(dirname $(find /run/netloom/${topology}/metadata -name haproxy.conf))`;
  return [
    ...signals('dnsmasq', folder),
    ...signals('haproxy', proxy),
    ...memory(folder, proxy),
    ...modes(topology, folder, proxy),
    ...byHand(names, folder, proxy),
  ];
}

function pidIn(folder: string): string {
  return `$(cat ${folder}/state/pid)`;
}

function healed(what: string, damage: string, more: Partial<Damage> = {}): Damage {
  return { what, damage, verdict: 'healed', ...more };
}

function harmless(what: string, damage: string, because: `because ${string}`, more: Partial<Damage> = {}): Damage {
  const verdict: Verdict = { harmless: because };
  return { what, damage, verdict, ...more };
}

/** A request to the DHCP server fails. */
const NO_DHCP = { breaks: 'dhcp inner' } as const;

function signals(program: string, folder: string): readonly Damage[] {
  const breaks = program === 'dnsmasq' ? NO_DHCP : {};
  return [
    healed(`${program} is stopped`, `kill -STOP ${pidIn(folder)}`, breaks),
    healed(`${program} is killed`, `kill -9 ${pidIn(folder)}; sleep 0.2`, breaks),
    harmless(
      `the pid file of ${program} is missing`,
      `mv ${folder}/state/pid /run/e2e-pid`,
      'because a daemon in a namespace of ours is known without it',
      { undo: `mv /run/e2e-pid ${folder}/state/pid` },
    ),
  ];
}

/** What a daemon has in memory differs from its files. */
function memory(folder: string, proxy: string): readonly Damage[] {
  const restored = { 'by its contents': 'cat /run/e2e-saved >', 'with its times': 'cp -p /run/e2e-saved ' };
  return [
    ...Object.entries(restored).map(([how, restore]) =>
      healed(
        `dnsmasq has read an empty hosts file, which was restored ${how}`,
        `cp -p ${folder}/host /run/e2e-saved; : >${folder}/host; kill -HUP ${pidIn(folder)}; sleep 0.3
        ${restore}${folder}/host; rm /run/e2e-saved`,
        NO_DHCP,
      ),
    ),
    healed(
      'dnsmasq has read a host file that was moved away and back',
      `mv ${folder}/host /run/netloom/e2e-saved; kill -HUP ${pidIn(folder)}; sleep 0.3
      mv /run/netloom/e2e-saved ${folder}/host`,
    ),
    healed(
      'HAProxy has read other addresses, and its file was restored',
      `d=${proxy}; cp -p $d/sources /run/e2e-saved; : >$d/sources; p=$(cat $d/state/pid)
      argv=$(tr '\\0' ' ' </proc/$p/cmdline); n=$(ip netns identify $p); kill $p; sleep 0.3; ip netns exec $n $argv
      cp -p /run/e2e-saved $d/sources; rm /run/e2e-saved`,
    ),
    healed(
      'HAProxy’s listening socket is closed from outside',
      `p=$(cat ${proxy}/state/pid); ip netns exec $(ip netns identify $p) ss -ltnK >/dev/null`,
    ),
    healed(
      'HAProxy’s listening sockets and dnsmasq’s stamp are lost',
      `rm ${folder}/state/stamp
      p=$(cat ${proxy}/state/pid); ip netns exec $(ip netns identify $p) ss -ltnK >/dev/null`,
    ),
  ];
}

/** Modes, owners and types of files and folders. */
function modes(topology: string, folder: string, proxy: string): readonly Damage[] {
  const hup = `kill -HUP ${pidIn(folder)}; sleep 0.2`;
  const run = `/run/netloom/${topology}`;
  const folders = {
    'all topologies': '/run/netloom',
    'the topology': run,
    'all DHCP servers': `${run}/dhcp`,
    'a DHCP server': folder,
    'a proxy': proxy,
  };
  return [
    ...Object.entries(folders).map(([whose, path]) =>
      healed(`the folder of ${whose} is closed`, `chmod 700 ${path}; ${hup}`, whose === 'a proxy' ? {} : NO_DHCP),
    ),
    healed('the folder of the topology is open to all users', `chmod 1777 ${run}`),
    healed('the folder of a DHCP server belongs to another user', `chown nobody ${folder}`),
    healed('the hosts file is closed to dnsmasq', `chmod 600 ${folder}/host; ${hup}`),
    healed('the hosts file belongs to another user', `chown nobody ${folder}/host`),
    healed('the hosts file is a link', `cp ${folder}/host /run/e2e-host; ln -sf /run/e2e-host ${folder}/host`, {
      undo: 'rm /run/e2e-host',
    }),
    healed(
      'the hosts file is a folder',
      `rm ${folder}/host; mkdir -p ${folder}/host/more; touch ${folder}/host/more/x`,
    ),
    healed(
      'the hosts file is half-written',
      `head -c 20 ${folder}/host >${folder}/host.new; mv ${folder}/host.new ${folder}/host; ${hup}`,
    ),
    healed(
      'another user prepared the file that the next write begins',
      `: >${folder}/host
      touch ${folder}/host.new; chown nobody ${folder}/host.new`,
    ),
    healed('a link waits where the next write begins', `: >${folder}/host; ln -s /run/e2e-target ${folder}/host.new`),
    healed('the state folder of dnsmasq is missing', `rm -r ${folder}/state`),
    healed('all files are missing', `rm -r /run/netloom/${topology}`),
  ];
}

/** Daemons that another program started, and processes that only look like one. */
function byHand({ dhcp, topology }: Names, folder: string, proxy: string): readonly Damage[] {
  const aside = '</dev/null >/dev/null 2>&1 & echo $! >/run/e2e-forged; sleep 0.3';
  const forged = `bash -c 'exec -a dnsmasq perl -e "sleep 600" -- --pid-file=${folder}/state/pid' ${aside}`;
  const undo = 'kill -9 $(cat /run/e2e-forged); rm /run/e2e-forged; sleep 0.1';
  const become = 'setpriv --reuid=65534 --regid=65534 --clear-groups';
  const unforgeable = 'because only a daemon in a namespace of ours, or with our files, is ours';
  return [
    ...[folder, proxy].map((path, i) =>
      harmless(
        `${i === 0 ? 'dnsmasq' : 'HAProxy'} was started by hand with ip netns exec`,
        `p=$(cat ${path}/state/pid); argv=$(tr '\\0' ' ' </proc/$p/cmdline); n=$(ip netns identify $p)
        kill $p; sleep 0.3; ip netns exec $n $argv; sleep 0.3`,
        'because it is the same daemon',
      ),
    ),
    harmless('a user’s process looks like our dnsmasq', `${become} ${forged}`, unforgeable, { undo }),
    harmless(
      'a user’s process in namespaces of its own looks like our dnsmasq',
      `${become} unshare -Urn ${forged}`,
      unforgeable,
      { undo },
    ),
    harmless(
      'root reads the leases in the namespace',
      `ip netns exec ${dhcp} tail -f ${folder}/state/leases ${aside}`,
      'because it is no daemon',
      { undo },
    ),
    harmless(
      'a container writes our mark into its namespace',
      `ip netns add e2e-pod; ip -n e2e-pod link set dev lo alias netloom:${topology} up
        ip -n e2e-pod addr add 10.9.9.9/32 dev lo`,
      'because no name of ours is its name',
      { undo: 'ip netns del e2e-pod' },
    ),
    harmless(
      'a namespace of ours has a second name',
      `touch /run/netns/e2e-copy; mount --bind /run/netns/${dhcp} /run/netns/e2e-copy`,
      'because it is read under its own name',
      { undo: 'umount /run/netns/e2e-copy; rm /run/netns/e2e-copy' },
    ),
    harmless(
      'namespaces have names with blanks, line ends, escapes and dashes',
      `cd /run/netns; for n in 'a b' "$(printf 'x\\ny')" "$(printf '\\033[2J')" -x "$(printf '\\377')"; do
        touch "./$n"; unshare --net="./$n" true; done`,
      'because no command is given them',
      {
        undo: `cd /run/netns; for n in 'a b' "$(printf 'x\\ny')" "$(printf '\\033[2J')" -x "$(printf '\\377')"; do
        umount "./$n"; rm "./$n"; done`,
      },
    ),
    healed('the DHCP server’s namespace is an empty file', `ip netns del ${dhcp}; touch /run/netns/${dhcp}`),
  ];
}
