import { readFileSync } from 'node:fs';
import type { ResolvedPort } from '../../../../src/resolve/resolved.ts';
import { copyIn } from '../copy-in.ts';
import type { Network } from '../network.ts';
import { until } from '../suite.ts';
import type { Image } from './image.ts';

/** The boot of an emulated machine may take long on a busy host. */
const BOOT_MS = 90_000;

/** A virtual machine that runs on a node, and its console. */
export interface Machine {
  /** Waits for a line that begins with these words, and returns the rest of it. */
  lineAfter(words: string): Promise<string>;
  /** Kills it. */
  kill(): Promise<void>;
}

/**
 * Starts a virtual machine, emulated in software, on the tap device of an instance's port. It ends with the lab.
 * `asked` are its tasks, see GUEST_INIT.
 */
export async function startMachine(
  network: Network,
  port: ResolvedPort,
  image: Image,
  asked: string,
): Promise<Machine> {
  const { node, tap, mac } = port;
  const files = `/run/vm-${tap}`;
  const argv = [
    ...['qemu-system-x86_64', '-accel', 'tcg', '-m', '128', '-display', 'none', '-no-reboot', '-daemonize'],
    ...['-pidfile', `${files}.pid`, '-serial', `file:${files}.console`, '-monitor', 'none'],
    ...['-kernel', `${files}.kernel`, '-initrd', `${files}.initrd`],
    ...['-append', `"console=ttyS0 quiet panic=-1 ${asked}"`],
    ...['-netdev', `tap,id=net,ifname=${tap},script=no,downscript=no`],
    ...['-device', `virtio-net-pci,netdev=net,mac=${mac}`],
  ];
  await copyIn(network, node, readFileSync(image.kernel), `${files}.kernel`);
  await copyIn(network, node, readFileSync(image.initrd), `${files}.initrd`);
  await network.in(node, argv.join(' '));
  // An incomplete line is not read yet.
  const console = async (): Promise<string[]> =>
    (await network.in(node, `cat ${files}.console`))
      .split(/\r?\n/)
      .slice(0, -1)
      .map((line) => line.trim());
  const found = (lines: readonly string[], words: string): string | undefined =>
    lines.find((line) => line.startsWith(`${words} `) || line === words);
  return {
    async lineAfter(words) {
      const lines = await until(console, (seen) => found(seen, words) !== undefined, BOOT_MS);
      return found(lines, words)?.slice(words.length).trim() ?? '';
    },
    kill: async () => {
      await network.in(node, `kill -9 $(cat ${files}.pid); while [ -e /proc/$(cat ${files}.pid) ]; do sleep 0.1; done`);
    },
  };
}
