/**
 * The same state, made by a script as an experienced person writes it by hand: `ip -batch`, one restore per namespace
 * and IP version, 16 namespaces in flight, nothing checked. Derived from the desired graph, so that both make the same
 * network; `netloom plan` proves it.
 */
const NAMESPACES_IN_FLIGHT = 16;

/** @typedef {{kind: string, netns: string|null, name: string, spec: any}} Resource */

/** @param {Iterable<Resource>} resources @param {string} mark */
export function scriptsByHand(resources, mark) {
  const all = [...resources];
  /** @param {string} kind */
  const of = (kind) => all.filter((r) => r.kind === kind);
  const spaces = of('netns').map((r) => r.name);
  /** @param {string|null} netns @param {string} kind */
  const inside = (netns, kind) => all.filter((r) => r.netns === netns && r.kind === kind);
  const byPlace = new Map();
  for (const r of all) {
    const key = `${r.netns} ${r.kind}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), r]);
  }
  /** @param {string} netns @param {string} kind @returns {Resource[]} */
  const fast = (netns, kind) => byPlace.get(`${netns} ${kind}`) ?? [];

  const lines = {
    bridges: /** @type {string[]} */ ([]),
    spaces: /** @type {string[]} */ ([]),
    taps: /** @type {string[]} */ ([]),
  };
  for (const b of of('bridge')) {
    lines.bridges.push(
      `link add name ${b.name} type bridge forward_delay 0`,
      `link set dev ${b.name} alias ${mark},nic=${b.spec.macOf}`,
      `link set dev ${b.name} address MAC-OF-${b.spec.macOf}`,
      `link set dev ${b.name} up`,
    );
  }
  for (const n of of('nic')) if (n.spec.bridge) lines.bridges.push(`link set dev ${n.name} master ${n.spec.bridge} up`);
  for (const s of spaces) lines.spaces.push(`netns add ${s}`);

  /** @type {Record<string, string>} */
  const files = {};
  for (const s of spaces) {
    const ip = [`link set dev lo alias ${mark}`, 'link set dev lo up'];
    for (const v of fast(s, 'veth')) {
      const { mac, mtu, tap } = v.spec;
      ip.push(
        `link add name ${v.name} mtu ${mtu} address ${mac} type veth peer name ${tap.name} mtu ${tap.mtu}`,
        `link set dev ${v.name} alias ${mark}`,
        `link set dev ${v.name} up`,
        `link set dev ${tap.name} alias ${mark}`,
        `link set dev ${tap.name} netns PID`,
      );
      lines.taps.push(`link set dev ${tap.name} master ${tap.bridge} up`);
    }
    for (const a of fast(s, 'address')) {
      ip.push(`addr add ${a.spec.cidr} broadcast ${a.spec.broadcast} scope ${a.spec.scope} dev ${a.spec.device}`);
    }
    for (const r of fast(s, 'route')) {
      ip.push(`route add ${r.name} proto static via ${r.spec.nexthops[0].gateway} dev ${r.spec.nexthops[0].device}`);
    }
    files[`${s}.ip`] = ip.join('\n') + '\n';
    const sysctls = fast(s, 'sysctl').map((k) => `echo ${k.spec.value} >/proc/sys/${k.name}`);
    files[`${s}.sh`] =
      [
        ...sysctls,
        `iptables-restore --noflush <$D/${s}.4`,
        `[ ! -e $D/${s}.6 ] || ip6tables-restore --noflush <$D/${s}.6`,
      ].join('\n') + '\n';
    for (const family of ['4', '6']) {
      const tables = new Map();
      for (const c of fast(s, 'chain')) {
        const [f, table, chain] = c.name.split('/');
        if (f === family) tables.set(table, [...(tables.get(table) ?? []), { chain, ...c.spec }]);
      }
      const text = [...tables].map(([table, chains]) =>
        [
          `*${table}`,
          ...chains.filter((/** @type {any} */ c) => !c.builtin).map((/** @type {any} */ c) => `:${c.chain} - [0:0]`),
          ...chains.flatMap((/** @type {any} */ c) =>
            c.rules.map((/** @type {string} */ rule) => `-A ${c.chain} ${rule}`),
          ),
          'COMMIT',
        ].join('\n'),
      );
      if (text.length > 0) files[`${s}.${family}`] = text.join('\n') + '\n';
    }
  }
  const written = of('file').map(({ name, spec }, at) => {
    files[`file.${at}`] = spec.content;
    return `install -D -m ${spec.mode} $D/file.${at} ${name}`;
  });
  files['bridges.ip'] = lines.bridges.join('\n') + '\n';
  files['spaces.ip'] = lines.spaces.join('\n') + '\n';
  files['taps.ip'] = lines.taps.join('\n') + '\n';
  files['names'] = spaces.join('\n') + '\n';
  files['gone.ip'] = spaces.map((s) => `netns del ${s}`).join('\n') + '\n';
  files['bridges-gone.ip'] =
    of('bridge')
      .map((b) => `link del dev ${b.name}`)
      .join('\n') + '\n';
  const nodeSysctls = inside(null, 'sysctl').map((k) => `echo ${k.spec.value} >/proc/sys/${k.name}`);
  const taps = of('veth').map((v) => v.spec.tap.name);

  // The kernel parameters it set are part of what it made, so they are part of what is read.
  const patterns = new Set(
    all.filter((r) => r.kind === 'sysctl').map((r) => r.name.replace(/\/conf\/[^/]+\//, '/conf/*/')),
  );
  const sysctls = `grep -s . ${[...patterns].map((p) => `/proc/sys/${p}`).join(' ')}`;
  const read = `
read_all() {
  printf 'addr show\\nroute show table all\\n' | ip -j -d -batch - >/dev/null
  iptables-save >/dev/null; ip6tables-save >/dev/null; ${sysctls} >/dev/null
  [ ! -d /run/netns ] || ls /run/netns | xargs -r -P "$(nproc)" -I@ nsenter --net=/run/netns/@ sh -c \\
    "printf 'addr show\\nroute show table all\\n' | ip -j -d -batch -; iptables-save; ip6tables-save; ${sysctls}" >/dev/null
}`;
  return {
    files,
    apply: `set -e; D=$1; export D
${read}
for nic in ${of('nic')
      .map((n) => n.name)
      .join(' ')}; do sed -i "s/MAC-OF-$nic$/$(cat /sys/class/net/$nic/address)/" $D/bridges.ip; done
ip -batch $D/bridges.ip; ip -batch $D/spaces.ip
sed -i "s/netns PID/netns $$/" $D/*.ip
xargs -P${NAMESPACES_IN_FLIGHT} -I@ sh -c 'ip -n @ -batch $D/@.ip && exec nsenter --net=/run/netns/@ sh -e $D/@.sh' <$D/names
ip -batch $D/taps.ip
${[...nodeSysctls, ...written].join('\n')}
read_all
`,
    plan: `${read}\nread_all\n`,
    destroy: `D=$1
${read}
read_all
ip -batch $D/gone.ip
for l in ${taps.join(' ')}; do while [ -e /sys/class/net/$l ]; do sleep 0.01; done; done
ip -batch $D/bridges-gone.ip
${of('file')
  .map(({ name }) => `rm -r ${name.slice(0, name.lastIndexOf('/'))}`)
  .join('\n')}
`,
  };
}
