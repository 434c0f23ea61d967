import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

const FOLDER = 'src/page/browser';

/** The sources of the page, from which its files are made. */
export const PAGE_SOURCES = [
  ...readdirSync(join(ROOT, FOLDER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(ROOT.length).replace(/^\/+/, '')}/${entry.name}`)
    .sort(),
  'scripts/generated/page.mjs',
  'package-lock.json',
];

/**
 * src/page/files.gen.ts: the page's document, style and script as they are served. They are texts in a module, so the
 * bundle and the single executable need no file.
 */
export async function pageFiles() {
  const { build } = await import('esbuild');
  const common = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    write: false,
    target: ['chrome115', 'firefox115', 'safari16.4'],
    logLevel: /** @type {const} */ ('error'),
    legalComments: /** @type {const} */ ('none'),
  };
  const [script, style] = await Promise.all(
    ['main.ts', 'style/page.css'].map(async (name) => {
      const { outputFiles } = await build({ ...common, entryPoints: [`${FOLDER}/${name}`], format: 'iife' });
      return outputFiles?.[0]?.text ?? '';
    }),
  );
  const document = readFileSync(join(ROOT, FOLDER, 'index.html'), 'utf8');
  const icon = readFileSync(join(ROOT, FOLDER, 'icon.svg'), 'utf8');
  const files = [
    { path: '/', type: 'text/html; charset=utf-8', text: document },
    { path: '/page.js', type: 'text/javascript; charset=utf-8', text: script },
    { path: '/page.css', type: 'text/css; charset=utf-8', text: style },
    { path: '/icon.svg', type: 'image/svg+xml; charset=utf-8', text: icon },
  ];
  return (
    '// Made from src/page/browser by scripts/generated/page.mjs; not committed.\n' +
    '/** The files of the page, by the path at which they are served. */\n' +
    'export const FILES: readonly { readonly path: string; readonly type: string; readonly text: string }[] = ' +
    `${JSON.stringify(files, null, 2)};\n`
  );
}
