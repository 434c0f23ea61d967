/**
 * What others have on the nodes. Each thing is changed and deleted by the soak alone; the watch must leave it byte for
 * byte as it is. `R` is the router's namespace, where things of others only lie beside the topology's.
 */

/** How a script enters the router's namespace, or stays on the node. @type {Readonly<Record<string, string>>} */
const PLACES = { node: '', router: 'ip netns exec $R ' };

/**
 * Scripts that make a thing, where it is missing; change it; and delete it. `$in` runs a program in the place.
 * @type {Readonly<Record<string, { make: string, change: (n: number) => string, drop: string }>>}
 */
const THINGS = {
  'nft table': {
    make: `$in nft add table inet soak; $in nft 'add chain inet soak f { type filter hook forward priority 5; }'`,
    change: (n) => `$in nft add rule inet soak f ip daddr 10.77.${n}.1 accept`,
    drop: '$in nft delete table inet soak',
  },
  chain: {
    make: '$in iptables -w -N SOAK; $in iptables -w -A FORWARD -i soak0 -j SOAK',
    change: (n) => `$in iptables -w -I SOAK 1 -s 10.77.${n}.0/24 -j ACCEPT`,
    drop: '$in iptables -w -D FORWARD -i soak0 -j SOAK; $in iptables -w -F SOAK; $in iptables -w -X SOAK',
  },
  bridge: {
    make: '$in ip link add soak0 type bridge; $in ip addr add 10.78.0.1/24 dev soak0; $in ip link set soak0 up',
    change: (n) => `$in ip addr add 10.78.${n + 1}.1/24 dev soak0; $in ip link set soak0 mtu ${1300 + n}`,
    drop: '$in ip link del soak0',
  },
  route: {
    make: '$in ip route add blackhole 10.79.0.0/16 table 77',
    change: (n) => `$in ip route replace blackhole 10.79.${n}.0/24 table 77`,
    drop: '$in ip route flush table 77',
  },
  'policy rule': {
    make: '$in ip rule add from 10.79.0.0/16 lookup 77 prio 7700',
    change: (n) => `$in ip rule add from 10.79.${n}.0/24 lookup 77 prio ${7701 + n}`,
    drop: 'for p in $($in ip rule | grep "lookup 77" | cut -d: -f1); do $in ip rule del prio $p lookup 77; done',
  },
  neighbour: {
    make:
      '$in ip link add soak1 type bridge; ' +
      '$in ip neigh add 10.80.0.2 lladdr 02:00:00:00:00:02 dev soak1 nud permanent',
    change: (n) => `$in ip neigh replace 10.80.0.${n + 3} lladdr 02:00:00:00:00:03 dev soak1 nud permanent`,
    drop: '$in ip link del soak1',
  },
  set: {
    make: '$in ipset create soak hash:ip',
    change: (n) => `$in ipset add -exist soak 10.81.0.${n}`,
    drop: '$in ipset destroy soak',
  },
};

/** A namespace of others with a link to the node, and a process in it. */
const NAMESPACE = {
  // Made once: of a second process there, only the last would be ended.
  make: `[ -e /run/soak-pid ] || {
    ip netns add soak; ip link add soakv type veth peer name eth0 netns soak; ip -n soak link set lo up
    ip netns exec soak sleep 1000000 </dev/null >/dev/null 2>&1 & echo $! >/run/soak-pid; }`,
  change: (/** @type {number} */ n) => `ip -n soak addr add 10.82.${n}.1/24 dev eth0; ip link set soakv up`,
  drop: 'kill -9 $(cat /run/soak-pid); ip netns del soak; ip link del soakv; rm /run/soak-pid; true',
};

/** Prints everything of others, one thing a line, without what the kernel counts and numbers. */
const SHOW = `
show() {
  nft list table inet soak 2>/dev/null
  iptables-save 2>/dev/null | grep -w SOAK | sed 's/\\[.*\\]//'
  for d in soak0 soak1 soakv; do ip -o addr show dev $d 2>/dev/null | grep -v inet6 | sed 's/^[0-9]*: //'
    ip -o link show dev $d 2>/dev/null | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/link-netnsid [0-9]*//; s/state [A-Z]*//'
  done
  ip route show table 77 2>/dev/null; ip rule | grep 'lookup 77'; ip neigh show dev soak1 nud permanent 2>/dev/null
  ipset save soak 2>/dev/null | sort
}
if [ "$1" = inside ]; then show; exit; fi
show | sed 's/^/node /'
[ -z "$R" ] || ip netns exec $R sh "$0" inside | sed 's/^/router /'
if [ -e /run/netns/soak ]; then ip netns exec soak sh "$0" inside; ip -n soak -o addr show dev eth0 | grep -v inet6 | sed 's/^[0-9]*: //'; fi
[ ! -e /run/soak-pid ] || { kill -0 $(cat /run/soak-pid) && echo sleeps; }
`;

const PATH = '/run/soak-foreign.sh';

/** A script that finds the router. */
export const FIND_ROUTER = `R=$(ls /run/netns 2>/dev/null | grep '^qrouter-' | head -1)`;

/** The script that puts the other one on a node. */
export const PREPARE = `cat >${PATH} <<'END'\n${SHOW}\nEND`;

/** The script that prints what others have on a node. */
export const FOREIGN = `${FIND_ROUTER}; export R; sh ${PATH}`;

/**
 * Returns a change of a thing of others: what it does, and its script.
 * @param {import('./dice.mjs').Dice} dice
 * @returns {{ what: string, script: string }}
 */
export function foreignAction(dice) {
  const isNamespace = dice.chance(12);
  const place = dice.one(['node', 'node', 'router']);
  const name = dice.one(Object.keys(THINGS));
  const number = dice.below(200);
  const thing = isNamespace ? NAMESPACE : /** @type {(typeof THINGS)[string]} */ (THINGS[name]);
  const how = dice.one(/** @type {const} */ (['make', 'change', 'change', 'drop']));
  const script = how === 'drop' ? thing.drop : `${thing.make}\n${how === 'change' ? thing.change(number) : ''}`;
  return {
    what: `others ${how} ${isNamespace ? 'a namespace' : `a ${name} in the ${place}`}`,
    script:
      `${FIND_ROUTER}\nin='${isNamespace ? '' : PLACES[place]}'; in=$(eval "echo $in")\n` +
      `{ ${script}\n} 2>/dev/null; true`,
  };
}
