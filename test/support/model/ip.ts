import { newLink, type ModelNamespace } from './namespace.ts';
import { present, Refusal, require } from './refusal.ts';

function after(words: readonly string[], word: string): string {
  return present(words[words.indexOf(word) + 1], `the value of ${word}`);
}

/** A line of `ip -batch` in a namespace of a node whose own is `home`. */
export function ip(place: ModelNamespace, home: ModelNamespace, words: readonly string[]): void {
  const [object, action, ...rest] = words;
  const what = `${String(object)} ${String(action)}`;
  if (what === 'link add') addLink(place, rest);
  else if (what === 'link del') place.deleteLink(place.link(after(rest, 'dev')));
  else if (what === 'link set') setLink(place, home, rest);
  else if (what === 'tuntap add') place.addLink(newLink(after(rest, 'dev'), 'tap'));
  else if (what === 'tuntap del') place.deleteLink(place.link(after(rest, 'dev')));
  else if (what === 'addr add') place.addAddress(after(rest, 'dev'), rest[0] ?? '', rest.slice(1).join(' '));
  else if (what === 'addr del') place.deleteAddress(after(rest, 'dev'), rest[0] ?? '');
  else if (what === 'route add' || what === 'route replace')
    place.setRoute(rest[0] ?? '', rest.slice(1).join(' '), action === 'replace');
  else if (what === 'route del') place.deleteRoute(rest[0] ?? '');
  else throw new Refusal(`the model does not know \`ip ${words.join(' ')}\``);
}

function addLink(place: ModelNamespace, words: readonly string[]): void {
  const type = after(words, 'type');
  const own = words.slice(0, words.indexOf('type'));
  const mac = own.includes('address') ? after(own, 'address') : '';
  const link = newLink(after(own, 'name'), type, { mac, ...(own.includes('mtu') && { mtu: after(own, 'mtu') }) });
  place.addLink(link);
  if (type !== 'veth') return;
  const other = words.slice(words.indexOf('peer'));
  const peer = newLink(after(other, 'name'), type, { mtu: after(other, 'mtu') });
  place.addLink(peer);
  link.peer = { place, link: peer };
  peer.peer = { place, link };
}

function setLink(
  place: ModelNamespace,
  home: ModelNamespace,
  [, device = '', word, value = '']: readonly string[],
): void {
  const link = place.link(device);
  switch (word) {
    case 'up':
      link.isUp = true;
      return;
    case 'alias':
      link.alias = value;
      return;
    case 'mtu':
      link.mtu = value;
      return;
    case 'address':
      link.mac = value;
      return;
    case 'master':
      require(place.link(value).type === 'bridge', `${value} is no bridge`);
      link.master = value;
      return;
    case 'nomaster':
      link.master = undefined;
      return;
    case 'netns':
      require(value === '@node', `the model does not know the namespace ${value}`);
      place.detach(link);
      home.addLink(link);
      if (link.peer) link.peer.link.peer = { place: home, link };
      return;
    default:
      throw new Refusal(`the model does not know \`ip link set ${String(word)}\``);
  }
}
