import type { ListedPort } from './ports.ts';

/**
 * Returns libvirt's `<interface>` elements for the taps that netloom creates, each after a comment that names the port.
 * `managed='no'` tells libvirt (5.7.0 and later) that the tap exists: it opens the tap, and neither creates, configures
 * nor deletes it. Source: "Generic ethernet connection" in libvirt's description of the domain XML.
 */
export function libvirtText(ports: readonly ListedPort[]): string {
  return ports.map(element).join('');
}

function element({ name, port, node, mac_address: mac, device, mtu }: ListedPort): string {
  return [
    `<!-- ${comment(`${name}/${port} on node ${node}`)} -->`,
    `<interface type='ethernet'>`,
    `  <mac address='${attribute(mac)}'/>`,
    `  <target dev='${attribute(device)}' managed='no'/>`,
    `  <model type='virtio'/>`,
    `  <mtu size='${String(mtu)}'/>`,
    `</interface>`,
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
};

function attribute(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character);
}

/** A comment in XML holds no two dashes in a row and ends with none. */
function comment(text: string): string {
  return text.replace(/-(?=-|$)/g, '- ');
}
