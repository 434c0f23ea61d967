import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATED } from '../../scripts/lib/generated.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';

/** Every tracked file. */
export const TRACKED: readonly string[] = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\0')
  .filter((file) => file !== '');

const FOLDERS = new Set(TRACKED.flatMap((file) => parents(file)));

/** The words of all code: names of functions, types, fields, flags and keys. */
const WORDS = new Set(
  TRACKED.filter((file) => /^(src|scripts|test|schemas)\/(?!docs\/).*\.(ts|mjs|pl|sh|json)$/.test(file)).flatMap(
    (file) => readFileSync(path.join(ROOT, file), 'utf8').match(/[\w$]+/g) ?? [],
  ),
);

function parents(file: string): string[] {
  const folder = path.dirname(file);
  return folder === '.' ? [] : [folder, ...parents(folder)];
}

/** Names of other programs, of the kernel and of guests' files that look like ours. */
const ELSEWHERE = new Set([
  'network_data.json',
  'vendor_data.json',
  'br_netfilter',
  'nf_conntrack_tcp_loose',
  'NF_CONNTRACK_BRIDGE',
  'external_network_bridge',
]);

/** What is wrong with a code span that looks like a file, a folder or a name of the code; undefined if nothing is. */
export function wrongName(span: string): string | undefined {
  if (isPath(span)) return pathExists(span) ? undefined : `no such file or folder: ${span}`;
  if (!/^[\w$.]+(\(.*\))?$/.test(span)) return undefined;
  const names = span.replace(/\(.*$/, '').split('.');
  if (!names.some((name) => looksLikeOurs(name))) return undefined;
  const unknown = names.find((name) => !WORDS.has(name) && !ELSEWHERE.has(name));
  return unknown === undefined ? undefined : `no such name in the code: ${span}`;
}

/** camelCase, PascalCase of two words, or words joined by `_`. */
function looksLikeOurs(name: string): boolean {
  return /^([a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Za-z]+_\w*[a-zA-Z])$/.test(name);
}

const TOP = new Set([...FOLDERS].flatMap((folder) => (folder.includes('/') ? [] : [folder])));

/** A path of the clone: it ends like a file of ours, or begins with a folder of the top or of src. */
function isPath(span: string): boolean {
  if (ELSEWHERE.has(span) || /[\s$<>:@…,;=]/.test(span) || /^[~/.-]/.test(span)) return false;
  if (/\.(ts|mjs|pl|md|yaml|json|sh)$/.test(span)) return true;
  const first = span.split('/')[0] ?? '';
  return span.includes('/') && !/^\w+\/\w+$/.test(span.replace(first, '')) && isFolder(first);
}

function isFolder(name: string): boolean {
  return TOP.has(name) || FOLDERS.has(`src/${name}`);
}

/** True if a file or folder has this path, or ends with it; `*` and words in capitals stand for anything. */
function pathExists(span: string): boolean {
  const braces = /\{([^}]*)\}/.exec(span);
  if (braces !== null) {
    return (braces[1] ?? '').split(',').some((each) => pathExists(span.replace(braces[0], each)));
  }
  const pattern = span
    .replace(/\/$/, '')
    .replaceAll(/[.+?^$()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*/g, '.+')
    .replaceAll(/(?<![.\w])\*|\*(?!\w)|\b[A-Z]{4,}\b/g, '[^/]+');
  const expression = new RegExp(`(^|/)${pattern}$`);
  const files = [...TRACKED, ...GENERATED.map((file) => file.path)];
  return files.some((file) => expression.test(file)) || [...FOLDERS].some((folder) => expression.test(folder));
}
