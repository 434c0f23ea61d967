import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, unpacked } from '../packages.ts';
import { GUEST_INIT, GUEST_LEASE } from './guest.ts';

/** The files from which a virtual machine boots. */
export interface Image {
  readonly kernel: string;
  readonly initrd: string;
}

const CACHE = cacheFolder('netloom-vm');

/** Drivers of the network card, in the order of their dependencies. */
const MODULES = [
  ...['drivers/virtio/virtio_ring', 'drivers/virtio/virtio', 'drivers/virtio/virtio_pci_modern_dev'],
  ...['drivers/virtio/virtio_pci_legacy_dev', 'drivers/virtio/virtio_pci'],
  ...['net/core/failover', 'drivers/net/net_failover', 'drivers/net/virtio_net'],
];

/**
 * Makes a small image from Debian's cloud kernel and busybox, which are downloaded as packages and unpacked, not
 * installed. The packages are cached. Throws with the output of apt-get or dpkg.
 */
export function guestImage(): Image {
  const packages = unpacked(CACHE, () => [kernelPackage(), 'busybox-static']);
  const kernel = path.join(packages, 'boot', only(path.join(packages, 'boot'), 'vmlinuz-'));
  const initrd = path.join(CACHE, 'initrd');
  const root = mkdtempSync(path.join(CACHE, 'root-'));
  try {
    fillRoot(root, packages);
    execFileSync('sh', ['-c', 'find . | busybox cpio -o -H newc 2>/dev/null >"$1"', 'sh', `${initrd}.new`], {
      cwd: root,
    });
    renameSync(`${initrd}.new`, initrd);
  } finally {
    rmSync(root, { recursive: true });
  }
  return { kernel, initrd };
}

function kernelPackage(): string {
  const said = execFileSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8', stdio: 'pipe' });
  const name = /Depends: (linux-image-\S+)/.exec(said)?.[1];
  if (name === undefined) throw new Error('apt-get knows no linux-image-cloud-amd64');
  return name;
}

function fillRoot(root: string, packages: string): void {
  for (const folder of ['bin', 'dev', 'proc', 'sys', 'modules']) mkdirSync(path.join(root, folder));
  copyFileSync(path.join(packages, 'bin/busybox'), path.join(root, 'bin/busybox'));
  const modules = path.join(packages, 'lib/modules');
  for (const name of MODULES) {
    const file = path.join(modules, only(modules, ''), 'kernel', `${name}.ko`);
    copyFileSync(file, path.join(root, 'modules', path.basename(file)));
  }
  writeFileSync(path.join(root, 'modules/order'), MODULES.map((name) => `${path.basename(name)}.ko\n`).join(''));
  writeFileSync(path.join(root, 'init'), GUEST_INIT, { mode: 0o755 });
  writeFileSync(path.join(root, 'lease.sh'), GUEST_LEASE, { mode: 0o755 });
}

function only(folder: string, prefix: string): string {
  const [name] = readdirSync(folder).filter((entry) => entry.startsWith(prefix));
  if (name === undefined) throw new Error(`${folder} holds no ${prefix}…`);
  return name;
}
