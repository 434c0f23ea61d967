import { isUtf8 } from 'node:buffer';
import type { NodeProbe, NodeView } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** The content of a file: text, or base64 in lines if it is binary. */
export interface FileContent {
  readonly content: string;
  readonly encoding?: 'base64';
}

/** A file or folder of ours. */
interface ObservedPath {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
  /** Numbers of the user and the group, as `0:0`. */
  readonly owner: string;
}

/** A regular file below our folder. */
export interface ObservedFile extends FileContent, ObservedPath {
  /**
   * When its content, mode, owner or name last changed, in seconds. Unlike the time of its content no program can set
   * it.
   */
  readonly ctime: number;
}

/** The files and folders of a topology, and the folder of all topologies. */
export interface ObservedFiles {
  /** When they were read, in seconds. */
  readonly now: number;
  readonly files: readonly ObservedFile[];
  readonly folders: readonly ObservedPath[];
  /** Symbolic links, paths with a blank, and all else: they are not read. */
  readonly others: readonly ObservedPath[];
}

/**
 * Returns bytes in the form in which a shell can write them. Bytes with a NUL, or that are not UTF-8, become base64.
 */
export function fileContent(bytes: Buffer): FileContent {
  if (isUtf8(bytes) && !bytes.includes(0)) return { content: bytes.toString('utf8') };
  return { content: bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\n'), encoding: 'base64' };
}

/** The folder that holds one folder per topology. */
export const RUN_FOLDER = '/run/netloom';

/**
 * Returns the topology's own folder on a node. It is in /run, so a reboot deletes it together with the namespaces.
 * A folder named `state` below it belongs to the process that writes there.
 */
export function topologyFolder(topology: string): string {
  return `${RUN_FOLDER}/${topology}`;
}

/** Returns the topology whose folder holds a path; the name is not checked. `undefined` for a path outside. */
export function topologyOfPath(path: string): string | undefined {
  return path.startsWith(`${RUN_FOLDER}/`) ? path.split('/', 4)[3] : undefined;
}

const READ = programText(new URL('./files.pl', import.meta.url));

const ENTRY = /^([a-zA-Z]) (\d+) (\d+:\d+) (\d+\.?\d*) ([0-9a-f]*) (\/.+)$/;

function parse(text: string): ObservedFiles {
  const files: ObservedFile[] = [];
  const folders: ObservedPath[] = [];
  const others: ObservedPath[] = [];
  for (const line of text.split('\n')) {
    const [, type, mode = '', owner = '', ctime = '', content = '', path = ''] = ENTRY.exec(line) ?? [];
    // No command gets a path with a blank. It is not ours, and its folder is not empty.
    if (/\s/.test(path)) {
      others.push({ path, mode, owner });
      continue;
    }
    if (type === 'd') folders.push({ path, mode, owner });
    else if (type !== undefined && type !== 'f') others.push({ path, mode, owner });
    if (type !== 'f') continue;
    files.push({ path, mode, owner, ctime: Number(ctime), ...fileContent(Buffer.from(content, 'hex')) });
  }
  return { now: Number(/^now (\d+)/.exec(text)?.[1] ?? 0), files, folders, others };
}

/**
 * Every regular file below the topology's folder with its content, including state folders, and every folder. Symlinks
 * are not followed.
 */
export const filesProbe: NodeProbe<ObservedFiles> = {
  id: 'files',
  scope: 'node',
  script: programText(new URL('./files.sh', import.meta.url)),
  arguments: ({ topology }) => [RUN_FOLDER, topologyFolder(topology), READ],
  // What depends on the time is whether a file changed later than now: the last line tells that.
  ignoring: ['^now \\d+$'],
  parse,
};

/** Returns the content of a file below the topology's folder; `undefined` if there is none. */
export function contentOf(view: NodeView, path: string): string | undefined {
  return view.get(filesProbe)?.files.find((file) => file.path === path)?.content;
}
