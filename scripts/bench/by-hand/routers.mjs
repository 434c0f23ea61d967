import { readsByHand } from './reads.mjs';

/** How many namespaces are filled at a time: an `iptables-restore` waits for the kernel, not for a processor. */
const NAMESPACES_IN_FLIGHT = 32;
/** The group that links get before they are deleted: `ip link del group` deletes all of them in one request. */
const GROUP = 4711;
/** What the script can create. */
const KINDS = new Set(['netns', 'bridge', 'nic', 'veth', 'address', 'route', 'sysctl', 'chain', 'file']);

/** @typedef {{kind: unknown, netns: string | null, name: string, spec: any}} Resource */
/** @typedef {(netns: string | null, kind: string) => readonly Resource[]} ResourcesOf */

/**
 * Returns the scripts `apply`, `plan` (it only reads) and `destroy`, as an experienced person writes them by hand to be
 * fast, and the files that they need in the folder that is their argument. No device is moved: `ip -batch` creates each
 * veth pair with one end in the router's namespace. Nothing is checked; everything is read back once, at the end. They
 * are derived from the desired graph, so that both create the same network; `netloom plan` proves it.
 * @param {Iterable<Resource>} resources @param {string} mark
 */
export function scriptsByHand(resources, mark) {
  const all = [...resources];
  const other = all.find(({ kind }) => !KINDS.has(String(kind)));
  if (other) throw new Error(`the script by hand cannot create ${String(other.kind)} ${other.name}`);
  const of = byLocation(all);
  const spaces = all.filter(({ kind }) => String(kind) === 'netns').map(({ name }) => name);
  const veths = spaces.flatMap((netns) => of(netns, 'veth'));
  const bridges = of(null, 'bridge');
  const written = of(null, 'file');
  const parameters = all.filter(({ kind }) => String(kind) === 'sysctl').map(({ name }) => name);
  const reads = readsByHand(
    new Set(parameters.map((name) => name.replace(/\/conf\/[^/]+\//, '/conf/*/'))),
    written.map(({ name }) => name),
  );
  /** @type {Record<string, string>} */
  const files = {
    ...reads.files,
    ...Object.assign({}, ...spaces.map((netns) => filesOf(netns, of, mark))),
    ...Object.fromEntries(written.map(({ spec }, at) => [`file.${at}`, spec.content])),
    'bridges.ip': lines([
      ...bridges.flatMap(({ name, spec }) => [
        `link add name ${name} type bridge forward_delay 0`,
        `link set dev ${name} alias ${mark},nic=${spec.macOf}`,
        `link set dev ${name} address MAC-OF-${spec.macOf}`,
        `link set dev ${name} up`,
      ]),
      ...of(null, 'nic').flatMap(({ name, spec }) =>
        spec.bridge ? [`link set dev ${name} master ${spec.bridge} up`] : [],
      ),
    ]),
    'spaces.ip': lines(spaces.map((netns) => `netns add ${netns}`)),
    'pairs.ip': lines(
      veths.flatMap(({ netns, name, spec: { mac, mtu, tap } }) => [
        [
          `link add name ${tap.name} mtu ${tap.mtu} type veth`,
          `peer name ${name} mtu ${mtu} address ${mac} netns ${netns}`,
        ].join(' '),
        `link set dev ${tap.name} alias ${mark}`,
      ]),
    ),
    'taps.ip': lines(veths.map(({ spec: { tap } }) => `link set dev ${tap.name} master ${tap.bridge} up`)),
    'gone.ip': lines([
      ...[...veths.map(({ spec }) => spec.tap), ...bridges].map(({ name }) => `link set dev ${name} group ${GROUP}`),
      `link del group ${GROUP}`,
      ...spaces.map((netns) => `netns del ${netns}`),
    ]),
    names: lines(spaces),
  };
  return {
    files,
    apply: `set -e
D=$1
export D
for nic in ${bridges.map(({ spec }) => spec.macOf).join(' ')}; do
  sed -i "s/MAC-OF-$nic$/$(cat /sys/class/net/$nic/address)/" $D/bridges.ip
done
ip -batch $D/bridges.ip
ip -batch $D/spaces.ip
ip -batch $D/pairs.ip
xargs -P${NAMESPACES_IN_FLIGHT} -I@ nsenter --net=/run/netns/@ sh -e $D/@.sh <$D/names
ip -batch $D/taps.ip
${of(null, 'sysctl').map(set).join('\n')}
${written.map(({ name, spec }, at) => `install -D -m ${spec.mode} $D/file.${at} ${name}`).join('\n')}
${reads.lines}
`,
    plan: `set -e
D=$1
export D
${reads.lines}
`,
    destroy: `set -e
D=$1
export D
ip -batch $D/gone.ip
${written.map(({ name }) => `rm -r ${name.slice(0, name.lastIndexOf('/'))}`).join('\n')}
${reads.lines.replace(/^cat .*$/m, '')}
`,
  };
}

/** @param {readonly Resource[]} all @returns {ResourcesOf} */
function byLocation(all) {
  /** @type {Map<string, Resource[]>} */
  const lists = new Map();
  for (const one of all) {
    const key = `${one.netns} ${String(one.kind)}`;
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    list.push(one);
  }
  return (netns, kind) => lists.get(`${netns} ${kind}`) ?? [];
}

/** Returns the files of one namespace. @param {string} netns @param {ResourcesOf} of @param {string} mark */
function filesOf(netns, of, mark) {
  const rules4 = rulesOf('4', of(netns, 'chain'));
  const rules6 = rulesOf('6', of(netns, 'chain'));
  return {
    [`${netns}.ip`]: lines([
      `link set dev lo alias ${mark}`,
      'link set dev lo up',
      ...of(netns, 'veth').map(({ name }) => `link set dev ${name} alias ${mark} up`),
      ...of(netns, 'address').map(
        ({ spec }) => `addr add ${spec.cidr} broadcast ${spec.broadcast} scope ${spec.scope} dev ${spec.device}`,
      ),
      ...of(netns, 'route').map(({ name, spec }) => {
        const [{ gateway, device }] = spec.nexthops;
        return `route add ${name} proto static via ${gateway} dev ${device}`;
      }),
    ]),
    [`${netns}.4`]: rules4,
    [`${netns}.6`]: rules6,
    [`${netns}.sh`]: lines([
      `ip -batch $D/${netns}.ip`,
      ...of(netns, 'sysctl').map(set),
      ...(rules4 === '' ? [] : [`iptables-restore --noflush <$D/${netns}.4`]),
      ...(rules6 === '' ? [] : [`ip6tables-restore --noflush <$D/${netns}.6`]),
    ]),
  };
}

/** Returns the lines for iptables-restore. @param {'4' | '6'} family @param {readonly Resource[]} resources */
function rulesOf(family, resources) {
  /** @type {Map<string, {chain: string, builtin: boolean, rules: string[]}[]>} */
  const tables = new Map();
  for (const { name, spec } of resources) {
    const [version, table = '', chain = ''] = name.split('/');
    if (version === family) tables.set(table, [...(tables.get(table) ?? []), { chain, ...spec }]);
  }
  return lines(
    [...tables].flatMap(([table, chains]) => [
      `*${table}`,
      ...chains.filter(({ builtin }) => !builtin).map(({ chain }) => `:${chain} - [0:0]`),
      ...chains.flatMap(({ chain, rules }) => rules.map((rule) => `-A ${chain} ${rule}`)),
      'COMMIT',
    ]),
  );
}

/** @param {Resource} parameter */
const set = ({ name, spec }) => `echo ${spec.value} >/proc/sys/${name}`;

/** @param {readonly string[]} texts */
const lines = (texts) => texts.map((text) => `${text}\n`).join('');
