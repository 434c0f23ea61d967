import { describe, expect, test } from 'vitest';
import { certainDrop, gatesAt } from '../../src/kernel/filters/filters.ts';
import type { Packet } from '../../src/kernel/filters/packet.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';

function packet(from: string, to: string, more: Partial<Packet> = {}): Packet {
  return { family: 4, from: [from], to: [to], bridged: false, state: 'new', protocol: 'tcp', ...more };
}

function bridged(bridge: string): Packet {
  return packet(bridge, bridge, { bridged: true });
}

function verdict(text: string, way: Packet = bridged('brq30acf3ad-b9')): string {
  const tables = parseIptablesSave(`*filter\n${text}\nCOMMIT\n`);
  const gates = gatesAt('forward', way, { iptables: { 4: tables, 6: undefined }, foreign: undefined });
  return certainDrop(gates)?.rule ?? 'gets through';
}

/** The rules of Docker 24 in the table filter. */
const DOCKER = `:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-ISOLATION-STAGE-1 - [0:0]
:DOCKER-ISOLATION-STAGE-2 - [0:0]
:DOCKER-USER - [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-ISOLATION-STAGE-1
-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -o docker0 -j DOCKER
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A FORWARD -i docker0 -o docker0 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-1 -j RETURN
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
-A DOCKER-ISOLATION-STAGE-2 -j RETURN
-A DOCKER-USER -j RETURN`;

describe('a bridged frame', () => {
  test('Docker’s rules drop it by policy', () => {
    expect(verdict(DOCKER)).toBe('-P FORWARD DROP');
  });

  test('Docker’s own bridge is accepted', () => {
    expect(verdict(DOCKER, bridged('docker0'))).toBe('gets through');
  });

  test.each([
    ['for all bridged frames', '-I', '-m physdev --physdev-is-bridged -j ACCEPT'],
    ['for this bridge', '-I', '-i brq30acf3ad-b9 -o brq30acf3ad-b9 -j ACCEPT'],
    ['for all bridges with its prefix', '-I', '-i brq+ -m comment --comment "ours -j DROP" -j ACCEPT'],
    ['in the chain meant for it', '-U', '-i brq+ -o brq+ -j ACCEPT'],
    ['for new and established connections', '-I', '-m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT'],
  ])('Docker’s rules with an exception %s accept it', (_, where, rule) => {
    const text =
      where === '-U'
        ? DOCKER.replace('-A DOCKER-USER -j RETURN', `-A DOCKER-USER ${rule}\n-A DOCKER-USER -j RETURN`)
        : DOCKER.replace('-A FORWARD -j DOCKER-USER', `-A FORWARD ${rule}\n-A FORWARD -j DOCKER-USER`);
    expect(verdict(text)).toBe('gets through');
  });

  test.each([
    ['-A FORWARD -j DROP', '-A FORWARD -j DROP'],
    [
      '-A FORWARD -i brq30acf3ad-b9 -j REJECT --reject-with icmp-port-unreachable',
      '-A FORWARD -i brq30acf3ad-b9 -j REJECT --reject-with icmp-port-unreachable',
    ],
    ['-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n-A FORWARD -j REJECT', '-A FORWARD -j REJECT'],
    ['-A FORWARD ! -i docker0 -j DROP', '-A FORWARD ! -i docker0 -j DROP'],
    [
      '-A FORWARD -g ufw\n-A ufw -m physdev --physdev-is-bridged -j DROP',
      '-A ufw -m physdev --physdev-is-bridged -j DROP',
    ],
    ['-A FORWARD -m physdev ! --physdev-is-bridged -j DROP', 'gets through'],
    ['-A FORWARD -i eth0 -j DROP', 'gets through'],
    ['-A FORWARD -s 10.0.0.0/8 -j DROP', 'gets through'],
    ['-A FORWARD -j ufw\n-A ufw -j RETURN\n-A ufw -j DROP', 'gets through'],
    ['-A FORWARD -j ufw\n-A FORWARD -j DROP\n-A ufw -j ACCEPT', 'gets through'],
    ['-A FORWARD -g ufw\n-A FORWARD -j DROP\n-A ufw -j RETURN', 'gets through'],
    ['-A FORWARD -j ufw\n-A ufw -j FORWARD2\n-A FORWARD2 -j ufw', 'gets through'],
  ])('%s', (rules, expected) => {
    expect(verdict(`:FORWARD ACCEPT [0:0]\n:ufw - [0:0]\n:FORWARD2 - [0:0]\n${rules}`)).toBe(expected);
  });

  test('without a table nothing drops it', () => {
    const gates = gatesAt('forward', bridged('brq0'), { iptables: { 4: undefined, 6: undefined }, foreign: undefined });
    expect(certainDrop(gates)).toBeUndefined();
  });
});

describe('a packet routed from one device to another', () => {
  const out = packet('qr-1', 'qg-2');
  const back = packet('qg-2', 'qr-1');

  test('Docker’s rules drop it by policy', () => {
    expect([verdict(DOCKER, out), verdict(DOCKER, back)]).toEqual(['-P FORWARD DROP', '-P FORWARD DROP']);
  });

  test.each([
    ['-A FORWARD -i qr-+ -j ACCEPT', 'gets through', '-P FORWARD DROP'],
    ['-A FORWARD -o qr-+ -j ACCEPT', '-P FORWARD DROP', 'gets through'],
    ['-A FORWARD -i qr-1 -o qg-2 -j ACCEPT', 'gets through', '-P FORWARD DROP'],
    ['-A FORWARD -m physdev --physdev-is-bridged -j ACCEPT', '-P FORWARD DROP', '-P FORWARD DROP'],
    ['-A FORWARD -m physdev ! --physdev-is-bridged -j ACCEPT', 'gets through', 'gets through'],
    ['-A FORWARD -j neutron-l3-agent-FORWARD', '-P FORWARD DROP', '-P FORWARD DROP'],
  ])('%s', (rule, there, andBack) => {
    // The verdict of rules that a router adds is unknown.
    const text = `:FORWARD DROP [0:0]\n:neutron-l3-agent-FORWARD - [0:0]\n${rule}
-A neutron-l3-agent-FORWARD -o qr-1 -m mark ! --mark 0x4000000/0xffff0000 -j DROP`;
    expect([verdict(text, out), verdict(text, back)]).toEqual([there, andBack]);
  });
});
