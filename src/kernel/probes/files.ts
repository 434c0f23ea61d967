import { isUtf8 } from 'node:buffer';
import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** What is in a file: text, or base64 (in lines) of what is no text. */
export interface FileContent {
  readonly content: string;
  readonly encoding?: 'base64';
}

/** A regular file below our folder. */
export interface SeenFile extends FileContent {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
}

/** Bytes as a shell can be told to write them: one with a zero in it, or what is no UTF-8, is no text. */
export function fileContent(bytes: Buffer): FileContent {
  if (isUtf8(bytes) && !bytes.includes(0)) return { content: bytes.toString('utf8') };
  return { content: bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\n'), encoding: 'base64' };
}

/** Where every topology has its folder. */
export const FOLDERS = '/run/netloom';

/**
 * The folder on a node that is this topology's alone. It is in /run so that it goes with the namespaces at a reboot.
 * Below it a folder named `state` belongs to the process that writes there.
 */
export function ownFolder(topology: string): string {
  return `${FOLDERS}/${topology}`;
}

/** The topology whose folder a path is in, in whatever letters; `undefined` where it is in none. */
export function folderIn(path: string): string | undefined {
  return path.startsWith(`${FOLDERS}/`) ? path.split('/', 4)[3] : undefined;
}

const READ = programText(new URL('./files.pl', import.meta.url));

/** Every regular file below the topology's folder with its content, state folders included. Links are not followed. */
export const filesProbe: NodeProbe<readonly SeenFile[]> = {
  id: 'files',
  scope: 'node',
  script: programText(new URL('./files.sh', import.meta.url)),
  arguments: ({ topology }) => [ownFolder(topology), READ],
  parse: (text) =>
    text
      .split('\n')
      .map((line) => /^(\d+) ([0-9a-f]*) (\/\S+)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, mode = '', content = '', path = '']) => ({
        mode,
        path,
        ...fileContent(Buffer.from(content, 'hex')),
      })),
};
