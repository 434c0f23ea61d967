import type { TestNode } from '../../support/node.ts';
import { plain } from '../../support/snapshot.ts';
import { ADDRESS_READ_ONLY, byChance, FLAGS, READ_ONLY, ROUTE_READ_ONLY, SETTABLE } from './fields.ts';

/** Something done to a network that stands, and what mending it may touch. */
export interface Damage {
  readonly title: string;
  /** Damages of one class are the same sort of thing: everyday runs take some of each. */
  readonly class: string;
  readonly script: string;
  /** Addresses of the objects that may be changed. */
  readonly touches: RegExp;
  /** Addresses of objects that decide whether it is one: nothing is done to them at the same time. */
  readonly meets?: RegExp;
  /** Links, namespaces and processes that may be others afterwards. */
  readonly remade?: RegExp;
  /** Lines of the snapshot that can't be as before. */
  readonly lost?: RegExp;
  /** Nothing of it matters to anybody: nothing is to be done. */
  readonly harmless?: boolean;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Link {
  readonly ifname: string;
  readonly ifalias?: string;
  readonly link_index?: number;
  readonly ifindex: number;
  readonly flags: string[];
  readonly linkinfo?: Record<string, Json>;
  readonly addr_info?: Record<string, Json>[];
}

/** What `meets` says of a lost mark: whose an object is, is then known by the marks of others. */
export const ANYTHING = /./;

const MARK = 'netloom:demo';

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** An address below these: everything of a namespace, and objects of the node named so. */
function touching(...parts: readonly string[]): RegExp {
  return new RegExp(`^node1/(?:${parts.join('|')})`);
}

function leaves(value: Json, path: string): [string, string][] {
  if (Array.isArray(value)) return [[path, value.map(String).join(',')]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** One of our namespaces, or the node's own. */
interface Place {
  /** `-` is the node's own. */
  readonly name: string;
  /** How `ip` is called there. */
  readonly ip: string;
  /** How another program is called there. */
  readonly enter: string;
  readonly links: readonly Link[];
  readonly routes: readonly Record<string, Json>[];
  readonly save: Readonly<Record<4 | 6, string>>;
}

async function placesOf(node: TestNode): Promise<Place[]> {
  const names = (await node.sh('ls /run/netns')).split('\n').filter((name) => name !== '');
  return Promise.all(
    ['-', ...names].map(async (name) => {
      const ip = name === '-' ? 'ip' : `ip -n ${name}`;
      const enter = name === '-' ? '' : `nsenter --net=/run/netns/${name} `;
      const json = async <T>(what: string): Promise<T> => JSON.parse(await node.sh(`${ip} -j -d ${what}`)) as T;
      return {
        name,
        ip,
        enter,
        links: await json<Link[]>('addr'),
        routes: await json<Record<string, Json>[]>('-4 route show table all'),
        save: { 4: await node.sh(`${enter}iptables-save`), 6: await node.sh(`${enter}ip6tables-save`) },
      };
    }),
  );
}

function isOurs(link: Link): boolean {
  return link.ifalias?.startsWith(MARK) ?? false;
}

/** What goes with a link: in a namespace everything that stands on it, and what the kernel takes when it is down. */
function ofLink(place: Place, places: readonly Place[], link: Link): string[] {
  if (place.name === '-') {
    const inside = places.flatMap((p) =>
      p.name === '-'
        ? []
        : p.links
            .filter((l) => l.link_index === link.ifindex && link.link_index === l.ifindex)
            .map((l) => [p, l] as const),
    );
    const pair = inside.flatMap(([p, l]) => [`${p.name}/veth/${escaped(l.ifname)}$`]);
    const isPort = link.linkinfo?.['info_slave_kind'] === 'bridge' || link.linkinfo?.['info_kind'] === 'veth';
    const guests = isPort ? ['/run/netloom-guests/\\w+/veth/'] : [];
    const own = `-/(?:bridge|tap|veth|ovs-bridge|ovs-plug)/${escaped(link.ifname)}$`;
    return [own, ...(pair.length > 0 ? pair : guests)];
  }
  return [`${place.name}/(?:veth|ovs-internal)/${escaped(link.ifname)}$`];
}

/** All that stands on a device of a namespace, and goes when the device does. */
function onDevice(place: Place, link: Link): string[] {
  if (place.name === '-') return [];
  return [
    `${place.name}/address/.*%${escaped(link.ifname)}$`,
    `${place.name}/route/`,
    `${place.name}/sysctl/.*/${escaped(link.ifname)}/`,
  ];
}

/** All links of ours, wherever they are, and the ports they are. */
const LINKS = ['.*/(?:veth|ovs-internal)/', '-/(?:nic|tap|veth|bridge|ovs-\\w+|address|sysctl)/'];

/** The local device of a bridge of Open vSwitch is a tap to the kernel. */
function isBridge(link: Link): boolean {
  return link.linkinfo?.['info_kind'] === 'bridge' || isSwitchs(link);
}

function isSwitchs(link: Link): boolean {
  return link.ifalias?.endsWith(',ovs-bridge') === true;
}

/** All that stands on devices of any namespace. */
function anywhere(places: readonly Place[]): string[] {
  return places.filter(({ name }) => name !== '-').map(({ name }) => `${name}/(?:address|route|sysctl)/`);
}

function* linkDamages(place: Place, places: readonly Place[], link: Link): Iterable<Damage> {
  const { linkinfo = {}, addr_info: _, ...top } = link;
  const isTap = place.name === '-' && !isBridge(link);
  const own = ofLink(place, places, link);
  const at = place.name === '-' ? link.ifname : `${link.ifname} in ${place.name.split('-')[0] ?? ''}`;
  const group = place.name === '-' ? (isTap ? 'tap' : 'bridge') : 'device';
  const set = `${place.ip} link set dev ${link.ifname}`;
  for (const [path, value] of [...leaves(top, ''), ...leaves(linkinfo, '')]) {
    if (path === 'flags' || path in READ_ONLY || byChance(path, isTap || link.ifname === 'br-int')) continue;
    const alter = SETTABLE[path];
    if (!alter)
      throw new Error(`${at}: nobody has thought of the field ${path} = ${value}; put it into SETTABLE or READ_ONLY`);
    // A bridge with the ports it should have knows its own MTU, and a state is a port's with carrier only.
    if (path === 'info_slave_data.state' && value !== 'forwarding') continue;
    // A limit (README): the switch writes the MTU of its own device too, by rules of its own, so it is not compared, and this is not mended.
    if (path === 'mtu' && isSwitchs(link)) continue;
    const renamed = path === 'ifname';
    const kinds = path.startsWith('info_data')
      ? `${group} option`
      : path.startsWith('info_slave')
        ? 'port option'
        : ['mtu', 'master', 'address', 'ifalias'].includes(path)
          ? `${group} ${path}`
          : `${group} field`;
    yield {
      title: `${at}: ${path}`,
      class: renamed ? `${group} renamed` : kinds,
      script: renamed
        ? `${set} down; ${set} ${alter(value, link.ifname).replace('down ', '')}`
        : `${set} ${alter(value, link.ifname)}`,
      // A bridge takes its ports' attributes for granted, and a spanning tree that is switched on stops them all.
      touches: touching(
        ...own,
        ...(renamed ? [...anywhere(places), ...LINKS] : []),
        ...(path === 'info_data.stp_state' ? ['-/nic/', '-/tap/', '.*/veth/'] : []),
        ...(path === 'mtu' && group === 'tap' ? ['-/bridge/'] : []),
      ),
      ...(path === 'ifalias' && { meets: ANYTHING }),
      // A bridge reckons its MTU anew when its ports change.
      ...(path === 'mtu' && isBridge(link) && { meets: /\/(?:nic|tap|veth)\// }),
      // The switch gives a bridge its address back by itself.
      ...(path === 'address' && isSwitchs(link) && { harmless: true }),
      // The kernel writes the labels of a renamed link anew, and our mark on an address is one.
      ...(renamed && { lost: /addr_info\.\d+\.label=/ }),
      ...(renamed && {
        remade: new RegExp(
          `${escaped(link.ifname)}|${isBridge(link) && !isSwitchs(link) ? 'brq' : '\\beth0\\b|ns-|q[rg]-|tap'}`,
        ),
      }),
    };
  }
  for (const [flag, { present, absent }] of Object.entries(FLAGS)) {
    const down = flag === 'UP';
    // The switch reads a device that it made from its file: in which mode it is, is all one.
    const isRead = flag === 'PROMISC' && linkinfo['info_kind'] === 'tun' && !isTap;
    // A link that was up once keeps the queue it got.
    const lost = isRead ? / (?:flags|promiscuity)=/ : down && !link.flags.includes('UP') ? / qdisc=/ : undefined;
    yield {
      title: `${at}: flag ${flag}`,
      class: `${group} flag${down ? ' UP' : ''}`,
      script: `${set} ${link.flags.includes(flag) ? present : absent}`,
      touches: touching(
        ...own,
        ...(down ? onDevice(place, link) : []),
        ...(down && group === 'bridge' ? ['-/nic/', '-/address/'] : []),
      ),
      ...(isRead && { harmless: true }),
      ...(lost && { lost }),
    };
  }
  yield {
    title: `${at}: deleted`,
    class: `${group} deleted`,
    script: `${place.ip} link del dev ${link.ifname}`,
    touches: touching(...LINKS, ...anywhere(places)),
    remade: /brq|br-|tap|eth0|ns-|q[rg]-/,
  };
}

function* addressDamages(place: Place, link: Link): Iterable<Damage> {
  for (const raw of link.addr_info ?? []) {
    if (raw['family'] !== 'inet' || (place.name === '-' && !plain(raw['label']).includes(':'))) continue;
    const cidr = `${plain(raw['local'])}/${plain(raw['prefixlen'])}`;
    const device = link.ifname;
    const at = `${cidr} on ${device}`;
    const ip = place.ip;
    const here = place.name === '-' ? '-/address/' : `${place.name}/(?:address|route)/`;
    const again = (change: Record<string, string>): string => {
      const fields: Record<string, string> = {
        broadcast: plain(raw['broadcast']),
        scope: plain(raw['scope']),
        label: plain(raw['label']),
        ...change,
      };
      const { cidr: other = cidr, ...rest } = fields;
      return `${ip} addr del ${cidr} dev ${device}; ${ip} addr add ${other} ${Object.entries(rest)
        .map(([k, v]) => `${k} ${v}`)
        .join(' ')} dev ${device}`;
    };
    const alter: Record<string, string> = {
      local: again({ cidr: `10.254.254.254/${plain(raw['prefixlen'])}` }),
      prefixlen: again({ cidr: `${plain(raw['local'])}/${String(Number(raw['prefixlen']) - 1)}` }),
      broadcast: again({ broadcast: '10.254.254.255' }),
      scope: again({ scope: 'link' }),
      label: again({ label: `${device.slice(0, 11)}:x` }),
      valid_life_time: `${ip} addr change ${cidr} dev ${device} valid_lft 3000 preferred_lft 3000`,
      preferred_life_time: `${ip} addr change ${cidr} dev ${device} valid_lft 3000 preferred_lft 1000`,
    };
    for (const field of Object.keys(raw)) {
      if (field in ADDRESS_READ_ONLY) continue;
      const script = alter[field];
      if (script === undefined) throw new Error(`${at}: nobody has thought of the field ${field}`);
      // A label must begin with the device's name, and 15 characters are all there is; one of the node's own is how it is known.
      if (field === 'label' && (device.length > 11 || place.name === '-')) continue;
      if (place.name === '-' && (field === 'local' || field === 'prefixlen')) continue;
      yield { title: `${at}: ${field}`, class: `address ${field}`, script, touches: touching(here) };
    }
    yield {
      title: `${at}: peer`,
      class: 'address peer',
      script: again({ cidr: `${plain(raw['local'])} peer 10.254.254.1/${plain(raw['prefixlen'])}` }),
      touches: touching(here),
    };
    yield {
      title: `${at}: no route of its own`,
      class: 'address noprefixroute',
      script: `${again({})} noprefixroute`,
      touches: touching(here),
    };
    yield {
      title: `${at}: deleted`,
      class: 'address deleted',
      script: `${ip} addr del ${cidr} dev ${device}`,
      touches: touching(here),
    };
  }
  if (place.name === '-') return;
  yield {
    title: `${link.ifname}: another address`,
    class: 'address added',
    script: `${place.ip} addr add 10.253.0.1/24 dev ${link.ifname}; ${place.ip} addr add 2001:db8::1/64 nodad dev ${link.ifname}`,
    touches: touching(`${place.name}/address/`),
  };
}

function* routeDamages(place: Place): Iterable<Damage> {
  const { ip, name } = place;
  const here = touching(`${name}/route/`);
  for (const raw of place.routes) {
    if (raw['protocol'] !== 'static') continue;
    const dst = plain(raw['dst']);
    const base: Record<string, string> = { via: plain(raw['gateway']), dev: plain(raw['dev']), proto: 'static' };
    const words = (change: Record<string, string>): string =>
      `${dst} ${Object.entries({ ...base, ...change })
        .map(([k, v]) => `${k} ${v}`)
        .join(' ')}`;
    const gateway = `${plain(raw['gateway']).replace(/\d+$/, '')}99`;
    const alter: Record<string, string> = {
      gateway: `${ip} route replace ${words({ via: gateway })}`,
      protocol: `${ip} route replace ${words({ proto: 'boot' })}`,
      scope: `${ip} route del ${dst} proto static; ${ip} route add ${dst} dev ${plain(raw['dev'])} proto static scope link`,
      flags: `${ip} route replace ${words({})} onlink`,
    };
    for (const field of Object.keys(raw)) {
      if (field in ROUTE_READ_ONLY) continue;
      const script = alter[field];
      if (script === undefined) throw new Error(`route ${dst} in ${name}: nobody has thought of the field ${field}`);
      yield { title: `route ${dst} in ${name}: ${field}`, class: `route ${field}`, script, touches: here };
    }
    // What is not shown because it is as usual.
    const source = place.links
      .flatMap((l) => l.addr_info ?? [])
      .find((a) => a['family'] === 'inet' && a['scope'] === 'global')?.['local'];
    const unusual: Record<string, string> = {
      prefsrc: `${ip} route replace ${words({})} src ${plain(source)}`,
      metric: `${ip} route del ${dst} proto static; ${ip} route add ${words({})} metric 50`,
      'metric mtu': `${ip} route replace ${words({})} mtu 1300`,
      'type of service': `${ip} route del ${dst} proto static; ${ip} route add ${words({})} tos 0x10`,
      type: `${ip} route replace unreachable ${dst} proto static`,
      table: `${ip} route del ${dst} proto static; ${ip} route add ${words({})} table 100`,
      nexthops: `${ip} route replace ${dst} proto static nexthop via ${plain(raw['gateway'])} dev ${plain(raw['dev'])} weight 3 nexthop via ${gateway} dev ${plain(raw['dev'])}`,
      deleted: `${ip} route del ${dst} proto static`,
      'one more': `${ip} route add ${words({ via: gateway })} metric 9`,
    };
    for (const [field, script] of Object.entries(unusual)) {
      yield { title: `route ${dst} in ${name}: ${field}`, class: `route ${field}`, script, touches: here };
    }
  }
}

const RESTORE = { 4: 'iptables-restore', 6: 'ip6tables-restore' } as const;

function* ruleDamages(place: Place): Iterable<Damage> {
  for (const family of [4, 6] as const) {
    let table = '';
    let rules = new Map<string, string[]>();
    for (const line of place.save[family].split('\n')) {
      if (line.startsWith('*')) {
        table = line.slice(1);
        rules = new Map();
      } else if (line.startsWith(':')) rules.set(line.slice(1).split(' ')[0] ?? '', []);
      else if (line.startsWith('-A ')) {
        const [, chain = '', rule = ''] = /^-A (\S+) ?(.*)$/.exec(line) ?? [];
        rules.get(chain)?.push(rule);
      } else if (line === 'COMMIT') yield* tableDamages(place, family, table, rules);
    }
  }
}

function* tableDamages(
  place: Place,
  family: 4 | 6,
  table: string,
  chains: ReadonlyMap<string, readonly string[]>,
): Iterable<Damage> {
  const restore = (...edits: readonly string[]): string =>
    `${place.enter}${RESTORE[family]} --noflush <<'X'\n*${table}\n${edits.join('\n')}\nCOMMIT\nX`;
  const at = (chain: string): string => `${place.name}/chain/${family}/${table}/${escaped(chain)}$`;
  for (const [chain, rules] of chains) {
    const title = `${place.name.split('-')[0] ?? ''} ${family} ${table} ${chain}`;
    const here = touching(at(chain));
    const wrapped = /^neutron-/.test(chain);
    const whose = chain.includes('-pf') ? ' of a forwarding' : '';
    for (const [i, rule] of rules.entries()) {
      const position = i + 1;
      yield {
        title: `${title} ${position}: deleted`,
        class: `rule deleted${whose}`,
        script: restore(`-D ${chain} ${position}`),
        touches: here,
      };
      yield {
        title: `${title} ${position}: twice`,
        class: `rule twice${whose}`,
        script: restore(`-I ${chain} ${position} ${rule}`),
        touches: here,
      };
      const next = rules[i + 1];
      if (next !== undefined && next !== rule) {
        yield {
          title: `${title} ${position}: order`,
          class: `rule order${whose}`,
          script: restore(`-D ${chain} ${position}`, `-I ${chain} ${position + 1} ${rule}`),
          touches: here,
        };
      }
      if (wrapped) {
        yield {
          title: `${title} ${position}: altered`,
          class: `rule altered${whose}`,
          script: restore(`-R ${chain} ${position} -m comment --comment "not ours"`),
          touches: here,
        };
      }
    }
    if (!wrapped) continue;
    if (rules.length > 0)
      yield {
        title: `${title}: flushed`,
        class: `chain flushed${whose}`,
        script: restore(`-F ${chain}`),
        touches: here,
      };
    yield {
      title: `${title}: one rule more`,
      class: `rule added${whose}`,
      script: restore(`-A ${chain} -s ${family === 6 ? '2001:db8::7' : '192.0.2.7'} -j RETURN`),
      touches: here,
    };
    const referring = [...chains].flatMap(([other, list]) =>
      list.filter((rule) => rule.endsWith(`-j ${chain}`)).map((rule) => [other, rule] as const),
    );
    yield {
      title: `${title}: deleted`,
      class: `chain deleted${whose}`,
      script: restore(...referring.map(([other, rule]) => `-D ${other} ${rule}`), `-F ${chain}`, `-X ${chain}`),
      touches: touching(at(chain), ...referring.map(([other]) => at(other))),
    };
  }
  yield {
    title: `${place.name} ${family} ${table}: one chain more`,
    class: 'chain added',
    script: restore(':neutron-more - [0:0]', '-A neutron-more -j RETURN', `-A OUTPUT -j neutron-more`),
    touches: touching(at('neutron-more'), at('OUTPUT')),
  };
}

function* fileDamages(paths: readonly string[]): Iterable<Damage> {
  for (const path of paths) {
    if (path.endsWith('/pid') || path.endsWith('/leases')) {
      yield {
        title: `${path}: deleted`,
        class: `file ${path.split('/').pop() ?? ''}`,
        script: `rm ${path}`,
        touches: touching('nothing'),
        harmless: true,
      };
      continue;
    }
    const stamp = path.endsWith('/stamp');
    const here = stamp ? touching('.*/process/') : touching(`-/file/${escaped(path)}$`);
    const name = stamp ? 'stamp' : path.includes('/metadata/') ? 'metadata file' : 'file';
    // A daemon is started anew where nobody knows which files it has read.
    const remade = stamp ? { remade: /dnsmasq|haproxy/ } : {};
    yield { title: `${path}: deleted`, class: `${name} deleted`, script: `rm ${path}`, touches: here, ...remade };
    yield {
      title: `${path}: content`,
      class: `${name} content`,
      script: `echo x >>${path}`,
      touches: here,
      ...remade,
    };
    if (stamp) continue;
    yield { title: `${path}: mode`, class: 'file mode', script: `chmod 640 ${path}`, touches: here };
    yield {
      title: `${path}: a link in its place`,
      class: 'file link',
      script: `rm ${path}; ln -s /etc/hostname ${path}`,
      touches: here,
    };
    yield {
      title: `${path}: one more beside it`,
      class: 'file added',
      script: `echo x >${path}.more`,
      touches: touching(`-/file/${escaped(path)}`),
    };
  }
}

function* sysctlDamages(text: string): Iterable<Damage> {
  for (const line of text.split('\n').filter((l) => l !== '')) {
    const [place = '', key = '', value = ''] = line.split(' ');
    const enter = place === '-' ? '' : `nsenter --net=/run/netns/${place} `;
    yield {
      title: `${place} ${key}`,
      class: /\/(?:all|default)\//.test(key)
        ? 'sysctl of all'
        : key.includes('/conf/')
          ? `sysctl of ${place === '-' ? 'a tap' : 'a device'}`
          : 'sysctl',
      script: `${enter}sh -c 'echo ${value === '0' ? '1' : '0'} >/proc/sys/${key}'`,
      // The kernel copies a value of `all` or `default`, and forwarding, to the others; with IPv6 its addresses go.
      touches: touching(`${place}/sysctl/`, ...(key.endsWith('/disable_ipv6') ? [`${place}/address/fe80:`] : [])),
    };
  }
}

/** Everything that can be damaged, generated from what stands. */
export async function damagesOf(
  node: TestNode,
  sysctls: readonly { readonly netns: string | null; readonly name: string; readonly value: string }[],
): Promise<Damage[]> {
  const places = await placesOf(node);
  const damages: Damage[] = [];
  for (const place of places) {
    for (const link of place.links) {
      if (link.ifname === 'lo' && isOurs(link)) {
        damages.push(
          {
            title: `${place.name}: alias of lo`,
            class: 'mark of a namespace',
            script: `${place.ip} link set dev lo alias ""`,
            touches: touching(`-/netns/${place.name}`),
            meets: ANYTHING,
          },
          {
            title: `${place.name}: lo down`,
            class: 'lo down',
            script: `${place.ip} link set dev lo down`,
            touches: touching(`-/netns/${place.name}`),
          },
        );
      } else if (isOurs(link)) {
        damages.push(...linkDamages(place, places, link));
      }
      if (isOurs(link) && link.ifname !== 'lo') damages.push(...addressDamages(place, link));
      // A NIC is not ours, but its place in our bridge is.
      if (place.name === '-' && /^eth/.test(link.ifname)) {
        if (link.linkinfo?.['info_slave_kind'] === 'bridge')
          damages.push({
            title: `${link.ifname}: out of its bridge`,
            class: 'NIC out',
            script: `ip link set dev ${link.ifname} nomaster`,
            touches: touching(`-/nic/${link.ifname}$`),
          });
        damages.push({
          title: `${link.ifname}: down`,
          class: 'NIC down',
          script: `ip link set dev ${link.ifname} down`,
          touches: touching(`-/nic/${link.ifname}$`),
        });
        for (const [path, value] of leaves(link.linkinfo?.['info_slave_data'] ?? {}, 'info_slave_data')) {
          if (path in READ_ONLY || path === 'info_slave_data.cost') continue;
          damages.push({
            title: `${link.ifname}: ${path}`,
            class: 'NIC port option',
            script: `ip link set dev ${link.ifname} ${SETTABLE[path]?.(value, link.ifname) ?? 'nobody has thought of it'}`,
            touches: touching(`-/nic/${link.ifname}$`),
          });
        }
      }
    }
    if (place.name === '-') continue;
    damages.push(...routeDamages(place), ...ruleDamages(place));
    damages.push({
      title: `${place.name}: deleted`,
      class: 'namespace deleted',
      script: `ip netns del ${place.name}`,
      touches: touching(`${place.name}/`, `-/netns/${place.name}`, '-/sysctl/', '-/veth/', '-/process/'),
      remade: /./,
    });
  }
  damages.push(...fileDamages((await node.sh('find /run/netloom -type f')).split('\n').filter((path) => path !== '')));
  damages.push(
    ...sysctlDamages(sysctls.map(({ netns, name, value }) => `${netns ?? '-'} ${name} ${value}`).join('\n')),
  );
  for (const program of ['dnsmasq', 'haproxy']) {
    const pid = `$(grep -lsaF /run/netloom/ /proc/[0-9]*/cmdline | xargs grep -la ^${program} | cut -d/ -f3)`;
    for (const signal of ['KILL', 'TERM']) {
      damages.push({
        title: `${program}: ${signal}`,
        class: `${program} killed`,
        script: `kill -${signal} ${pid}; sleep 0.1`,
        touches: touching('.*/process/'),
        remade: new RegExp(program),
      });
    }
  }
  damages.push({
    title: 'all folders of ours in /run',
    class: 'folders',
    script: 'rm -rf /run/netloom',
    touches: touching('-/file/', '.*/process/'),
    remade: /dnsmasq|haproxy/,
  });
  return damages;
}
