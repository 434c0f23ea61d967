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
    const here = stamp ? touching('.*/process/') : touching(`-/file/${escaped(path)}$`);
    const name = stamp ? 'stamp' : path.includes('/metadata/') ? 'metadata file' : 'file';
    // A daemon is restarted if it is not known which files it has read.
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

/** The damages to all files at once. */
export function* folderDamages(): Iterable<Damage> {
  yield {
    title: 'all folders of ours in /run',
    class: 'folders',
    script: 'rm -rf /run/netloom',
    touches: touching('-/file/', '.*/process/'),
    remade: /dnsmasq|haproxy/,
  };
}
