import { FIND_ROUTER } from './foreign.mjs';

/**
 * Damages to what is ours. A script chooses one of several things by `$N`; it exits with 3 if there is none. Guests
 * keep their own ends of their taps, which no apply could give back.
 */

/** Prints the N-th line of what it reads; exits with 3 if there is none. */
const HEAD = `${FIND_ROUTER}
D=$(ls /run/netns 2>/dev/null | grep '^qdhcp-' | head -1)
pick() { awk -v n="$N" '{ l[NR] = $0 } END { if (NR == 0) exit 3; print l[n % NR + 1] }'; }
`;

/** The end of each: when it was done. */
const TAIL = '\ndate +soak-at=%s%3N';

const CHAINS = `grep -oE '^-N neutron-[^ ]+' | cut -c4-`;

/**
 * @typedef {object} Damage
 * @property {string} script
 * @property {readonly string[]} [nodes] those it can be done to; by default node1, with router and DHCP server
 * @property {true} [silent] no event tells of it: it is healed by reading everything
 */

/** @type {Readonly<Record<string, Damage>>} */
export const DAMAGES = {
  'a route of the router is deleted': {
    script: '[ -n "$R" ] || exit 3; r=$(ip -n $R route | grep -v soak | pick) || exit 3; ip -n $R route del $r',
  },
  'an address of the router is deleted': {
    script: `a=$(ip -n $R -o -4 addr show scope global | grep -v soak | awk '{ print $4, "dev", $2 }' | pick) || exit 3
      ip -n $R addr del $a`,
  },
  'a link of the router is set down': {
    script: `l=$(ip -n $R -br link | grep -oE '^q[rg]-[^@ ]+' | pick) || exit 3; ip -n $R link set dev $l down`,
  },
  'a link of the router is deleted': {
    script: `l=$(ip -n $R -br link | grep -oE '^q[rg]-[^@ ]+' | pick) || exit 3; ip -n $R link del dev $l`,
  },
  'forwarding is turned off': { script: 'ip netns exec $R sysctl -qw net.ipv4.ip_forward=0' },
  'a chain of the router’s NAT loses its rules': {
    script: `c=$(ip netns exec $R iptables -t nat -S | ${CHAINS} | while read -r c; do
        [ -z "$(ip netns exec $R iptables -t nat -S $c | grep -- -A)" ] || echo $c; done | pick) || exit 3
      ip netns exec $R iptables -w -t nat -F $c`,
  },
  'a rule is added to a chain of ours': {
    script: `c=$(ip netns exec $R iptables -t nat -S | ${CHAINS} | pick) || exit 3
      ip netns exec $R iptables -w -t nat -I $c -s 192.0.2.77 -j ACCEPT`,
  },
  'the jumps of the router’s FORWARD are deleted': {
    script: `ip netns exec $R iptables -w -S FORWARD | grep -E -- '-j neutron' | sed 's/^-A/-D/' | while read -r r; do
      ip netns exec $R iptables -w $r; done`,
  },
  'a chain of the node loses its rules': {
    nodes: ['node1', 'node2'],
    script: `c=$(iptables -S | ${CHAINS} | while read -r c; do [ -z "$(iptables -S $c | grep -- -A)" ] || echo $c; done |
        pick) || exit 3
      iptables -w -F $c`,
  },
  'a tap is set down': {
    nodes: ['node1', 'node2'],
    script: `l=$(ip -br link | grep -oE '^tap[^@ ]+' | pick) || exit 3; ip link set dev $l down`,
  },
  'a tap is taken out of its bridge': {
    nodes: ['node1', 'node2'],
    script: `l=$(ip -br link | grep -oE '^tap[^@ ]+' | pick) || exit 3; ip link set dev $l nomaster`,
  },
  'a bridge is set down': {
    nodes: ['node1', 'node2'],
    script: `l=$(ip -br link | grep -oE '^brq[^@ ]+' | pick) || exit 3; ip link set dev $l down`,
  },
  'a bridge is deleted': {
    nodes: ['node1', 'node2'],
    script: `l=$(ip -br link | grep -oE '^brq[^@ ]+' | pick) || exit 3; ip link del dev $l`,
  },
  'the namespace of a DHCP server is deleted': { script: '[ -n "$D" ] || exit 3; ip netns del $D' },
  'dnsmasq is killed': {
    nodes: ['node1', 'node2'],
    script: `p=$(cat $(find /run/netloom/*/dhcp -name pid 2>/dev/null) /dev/null | pick) || exit 3; kill -9 $p`,
  },
  'HAProxy is killed': {
    script: `p=$(cat $(find /run/netloom/*/metadata -name pid 2>/dev/null) /dev/null | pick) || exit 3; kill -9 $p`,
  },
  'dnsmasq is stopped': {
    silent: true,
    script: `p=$(cat $(find /run/netloom/*/dhcp -name pid 2>/dev/null) /dev/null | pick) || exit 3; kill -STOP $p`,
  },
  'a file of the DHCP server is deleted': {
    silent: true,
    script: `f=$(find /run/netloom/*/dhcp -type f ! -path '*/state/*' 2>/dev/null | sort | pick) || exit 3; rm $f`,
  },
  'a folder is closed': {
    silent: true,
    script: `f=$(find /run/netloom/*/dhcp -type d ! -path '*/state' 2>/dev/null | sort | pick) || exit 3; chmod 700 $f`,
  },
  'a sysctl of the router is changed': {
    silent: true,
    script: `s=$(printf '%s\\n' arp_notify arp_ignore arp_announce promote_secondaries | pick)
      ip netns exec $R sysctl -qw net.ipv4.conf.all.$s=0`,
  },
  'a set of addresses is emptied': {
    nodes: ['node2'],
    silent: true,
    script: `s=$(ipset list -n | grep ^NIP | while read -r s; do [ -z "$(ipset save $s | grep ^add)" ] || echo $s; done |
        pick) || exit 3
      ipset flush $s`,
  },
};

/**
 * Returns the script of a damage, and the node that it is done to.
 * @param {string} what @param {import('./dice.mjs').Dice} dice
 */
export function damageOf(what, dice) {
  const { script, nodes = ['node1'] } = /** @type {Damage} */ (DAMAGES[what]);
  return { node: dice.one(nodes), script: `N=${dice.below(1000)}\n${HEAD}{ ${script}\n} && ${TAIL.trim()}` };
}
