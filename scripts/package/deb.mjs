/**
 * The Debian package. It carries the single executable and does not depend on `nodejs`: netloom needs Node.js 20.19,
 * Debian 12 has 18 and Ubuntu 24.04 has 18, so a package that depends on it could not be installed there. The price is
 * 90 MB on disk, and that a fix of Node.js comes with a new netloom. A host that has a newer Node.js anyway can install
 * the npm tarball (2 MB).
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FOLDER as BUNDLE } from '../lib/bundle.mjs';
import { ROOT } from '../lib/paths.mjs';
import { architecture, controlFile, MAINTAINER } from './control.mjs';
import { manifest, PACKAGES, releases, sourceDate } from './release.mjs';
import { tool } from './tool.mjs';

const TEMPLATES = join(ROOT, 'scripts/package/debian');

/** Makes the Debian package around an executable; returns its path. @param {string} executable */
export async function debianPackage(executable) {
  const file = join(PACKAGES, `netloom_${manifest().version}_${await architecture()}.deb`);
  const tree = mkdtempSync(join(tmpdir(), 'netloom-deb-'));
  try {
    const contents = await contentsFor(executable);
    const kilobytes = [...contents.values()].reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 1024), 0);
    const control = Buffer.from(await controlFile({ executable, kilobytes }));
    contents.set('DEBIAN/control', { bytes: control, mode: 0o644 });
    for (const name of ['postinst', 'postrm']) {
      contents.set(`DEBIAN/${name}`, { bytes: readFileSync(join(TEMPLATES, name)), mode: 0o755 });
    }
    writeTree(tree, contents);
    mkdirSync(join(tree, 'etc/netloom'), { recursive: true });
    await tool(['chmod', '-R', 'u=rwX,go=rX', tree]);
    const env = { SOURCE_DATE_EPOCH: String(sourceDate()) };
    await tool(['dpkg-deb', '--build', '--root-owner-group', '-Zxz', '-z2', tree, file], { env });
    return file;
  } finally {
    rmSync(tree, { recursive: true });
  }
}

/**
 * A file of the package.
 * @typedef {{ bytes: Buffer, mode: number }} Content
 */

/** Returns the files of the package, by path. @param {string} executable @returns {Promise<Map<string, Content>>} */
async function contentsFor(executable) {
  /** @type {Map<string, Content>} */
  const files = new Map();
  const add = (/** @type {string} */ path, /** @type {Buffer | string} */ content, mode = 0o644) =>
    files.set(path, { bytes: Buffer.from(content), mode });
  add('usr/bin/netloom', readFileSync(executable), 0o755);
  add('usr/lib/systemd/system/netloom@.service', readFileSync(join(TEMPLATES, 'netloom@.service')));
  add('usr/share/man/man1/netloom.1.gz', zipped(readFileSync(join(ROOT, 'dist/netloom.1'))));
  for (const [shell, path] of COMPLETIONS) add(path, await tool([executable, 'completion', shell]));
  for (const name of readdirSync(join(ROOT, 'schemas'))) {
    add(`usr/share/netloom/schemas/${name}`, readFileSync(join(ROOT, 'schemas', name)));
  }
  for (const [path, content] of elkjs()) add(`usr/share/netloom/node_modules/elkjs/${path}`, content);
  const doc = 'usr/share/doc/netloom';
  const topologies = join(ROOT, 'topologies');
  for (const entry of readdirSync(topologies, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) add(`${doc}/examples/${relative(topologies, path)}`, readFileSync(path));
  }
  add(`${doc}/changelog.gz`, zipped(changelog()));
  add(`${doc}/copyright`, readFileSync(join(TEMPLATES, 'copyright')));
  add(`${doc}/LICENSES.gz`, zipped(readFileSync(join(BUNDLE, 'LICENSES'))));
  add(`${doc}/LICENSE.nodejs.gz`, zipped(licenceOfNode()));
  add('usr/share/lintian/overrides/netloom', readFileSync(join(TEMPLATES, 'lintian-overrides')));
  return files;
}

const COMPLETIONS = /** @type {const} */ ([
  ['bash', 'usr/share/bash-completion/completions/netloom'],
  ['zsh', 'usr/share/zsh/vendor-completions/_netloom'],
  ['fish', 'usr/share/fish/vendor_completions.d/netloom.fish'],
]);

/** @param {string} tree @param {Map<string, Content>} contents */
function writeTree(tree, contents) {
  for (const [path, { bytes, mode }] of contents) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), bytes, { mode });
  }
}

/** Returns the change log in Debian's form. */
export function changelog() {
  return releases()
    .map(({ version, date, entries }) => {
      const day = new Date(`${date}T00:00:00Z`).toUTCString().replace('GMT', '+0000');
      const lines = entries.map((entry) => entry.replace(/(.{1,74})(?:\s+|$)/g, '    $1\n').replace(/^ {4}/, '  * '));
      return `netloom (${version}) stable; urgency=medium\n\n${lines.join('')}\n -- ${MAINTAINER}  ${day}\n`;
    })
    .join('\n');
}

/**
 * The layout library of `netloom graph`, which the executable loads and does not contain: its own files as they are,
 * with its licence.
 */
function elkjs() {
  const folder = join(ROOT, 'node_modules/elkjs');
  return ['package.json', 'LICENSE.md', 'lib/elk.bundled.js'].map(
    (path) => /** @type {const} */ ([path, readFileSync(join(folder, path))]),
  );
}

/** The licence of this Node.js, where its archive or its package has it. */
function licenceOfNode() {
  const prefix = dirname(dirname(process.execPath));
  const file = ['LICENSE', 'share/doc/nodejs/LICENSE', 'share/doc/node/LICENSE']
    .map((name) => join(prefix, name))
    .find((name) => existsSync(name) && statSync(name).size > 10_000);
  const { version } = process;
  return file === undefined ? `https://github.com/nodejs/node/blob/${version}/LICENSE\n` : readFileSync(file, 'utf8');
}

/** As `gzip -9n` does: without a time. @param {Buffer | string} content */
function zipped(content) {
  return gzipSync(content, { level: 9 });
}
