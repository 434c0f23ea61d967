import { escaped, touching, type Damage } from './damage.ts';

/** The damages to files in /run/netloom. */
export function* fileDamages(paths: readonly string[]): Iterable<Damage> {
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
    // A daemon may have read its file in between: it reads all of them again.
    const reader = `[^/]+/process/${escaped(/^.*\/(?:dhcp|metadata)\/[^/]+/.exec(path)?.[0] ?? '')}/state`;
    const here = stamp ? touching('.*/process/') : touching(`-/file/${escaped(path)}$`, reader);
    const seen = stamp ? {} : { seen: touching(`-/file/${escaped(path)}`) };
    const name = stamp ? 'stamp' : path.includes('/metadata/') ? 'metadata file' : 'file';
    // A daemon is restarted if it is not known which files it has read.
    const remade = stamp ? { remade: /dnsmasq|haproxy/ } : path.includes('/metadata/') ? { remade: /haproxy/ } : {};
    yield {
      title: `${path}: deleted`,
      class: `${name} deleted`,
      script: `rm ${path}`,
      touches: here,
      ...seen,
      ...remade,
    };
    yield {
      title: `${path}: content`,
      class: `${name} content`,
      script: `echo x >>${path}`,
      touches: here,
      ...seen,
      ...remade,
    };
    if (stamp) continue;
    yield {
      title: `${path}: mode`,
      class: 'file mode',
      script: `chmod 640 ${path}`,
      touches: here,
      ...seen,
      ...remade,
    };
    yield {
      title: `${path}: group`,
      class: 'file owner',
      script: `chgrp 1 ${path}`,
      touches: here,
      ...seen,
      ...remade,
    };
    yield {
      title: `${path}: a link in its place`,
      class: 'file link',
      script: `rm ${path}; ln -s /etc/hostname ${path}`,
      touches: here,
      ...seen,
      ...remade,
    };
    yield {
      title: `${path}: a folder in its place`,
      class: 'file folder',
      script: `rm ${path}; mkdir ${path}; touch ${path}/x`,
      touches: touching(`-/file/${escaped(path)}`, reader),
      ...seen,
      ...remade,
    };
    yield {
      title: `${path}: one more beside it`,
      class: 'file added',
      script: `echo x >${path}.more`,
      touches: touching(`-/file/${escaped(path)}`),
    };
  }
}

/** The damages to folders of files, and to all of them at once. */
export function* folderDamages(paths: readonly string[]): Iterable<Damage> {
  for (const path of paths) {
    const remade = { remade: /haproxy/ };
    const readers = touching('[^/]+/process/');
    const folder = path.includes('/metadata') ? 'metadata folder' : 'folder';
    yield {
      title: `${path}: closed`,
      class: `${folder} closed`,
      script: `chmod 700 ${path}`,
      touches: readers,
      ...remade,
    };
    yield {
      title: `${path}: open`,
      class: `${folder} open`,
      script: `chmod 1777 ${path}`,
      touches: readers,
      ...remade,
    };
    yield { title: `${path}: group`, class: `${folder} group`, script: `chgrp 1 ${path}`, touches: readers, ...remade };
  }
  yield {
    title: 'all folders of ours in /run',
    class: 'folders',
    script: 'rm -rf /run/netloom',
    touches: touching('-/file/', '.*/process/'),
    remade: /dnsmasq|haproxy/,
  };
}
