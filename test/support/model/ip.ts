import { newLink, type ModelNamespace } from './namespace.ts';
import { present, Refusal, require } from './refusal.ts';

function after(words: readonly string[], word: string): string {
  return present(words[words.indexOf(word) + 1], `the value of ${word}`);
}

/** Runs a line of `ip -batch` in a namespace; `home` is the node's own namespace. */
export function ip(namespace: ModelNamespace, home: ModelNamespace, words: readonly string[]): void {
  const [object, action, ...rest] = words;
  const what = `${String(object)} ${String(action)}`;
  if (what === 'link add') addLink(namespace, home, rest);
  else if (what === 'link del') namespace.deleteLink(namespace.link(after(rest, 'dev')));
  else if (what === 'link set') setLink(namespace, rest);
  else if (what === 'tuntap add') namespace.addLink(newLink(after(rest, 'dev'), 'tap'));
  else if (what === 'tuntap del') namespace.deleteLink(namespace.link(after(rest, 'dev')));
  else if (what === 'addr add') namespace.addAddress(after(rest, 'dev'), rest[0] ?? '', rest.slice(1).join(' '));
  else if (what === 'addr del') namespace.deleteAddress(after(rest, 'dev'), rest[0] ?? '');
  else if (what === 'route add' || what === 'route replace')
    namespace.setRoute(rest[0] ?? '', rest.slice(1).join(' '), action === 'replace');
  else if (what === 'route del') namespace.deleteRoute(rest[0] ?? '');
  else throw new Refusal(`the model does not know \`ip ${words.join(' ')}\``);
}

function addLink(namespace: ModelNamespace, home: ModelNamespace, words: readonly string[]): void {
  const type = after(words, 'type');
  const own = words.slice(0, words.indexOf('type'));
  const mac = own.includes('address') ? after(own, 'address') : '';
  const link = newLink(after(own, 'name'), type, { mac, ...(own.includes('mtu') && { mtu: after(own, 'mtu') }) });
  namespace.addLink(link);
  if (type !== 'veth') return;
  const other = words.slice(words.indexOf('peer'));
  const peer = newLink(after(other, 'name'), type, { mtu: after(other, 'mtu') });
  const where = other.includes('netns') ? home : namespace;
  require(where === namespace || after(other, 'netns') === '@node', 'the model knows one other namespace, the node’s');
  where.addLink(peer);
  link.peer = { namespace: where, link: peer };
  peer.peer = { namespace, link };
}

function setLink(namespace: ModelNamespace, [, device = '', word, value = '']: readonly string[]): void {
  const link = namespace.link(device);
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
      require(namespace.link(value).type === 'bridge', `${value} is no bridge`);
      link.master = value;
      return;
    case 'nomaster':
      link.master = undefined;
      return;
    default:
      throw new Refusal(`the model does not know \`ip link set ${String(word)}\``);
  }
}
