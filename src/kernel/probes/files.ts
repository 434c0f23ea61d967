import { isUtf8 } from 'node:buffer';
import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** The content of a file: text, or base64 in lines if it is binary. */
export interface FileContent {
  readonly content: string;
  readonly encoding?: 'base64';
}

/** A regular file below our folder. */
export interface ObservedFile extends FileContent {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
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

/**
 * Every regular file below the topology's folder with its content, including state folders. Symlinks are not followed.
 */
export const filesProbe: NodeProbe<readonly ObservedFile[]> = {
  id: 'files',
  scope: 'node',
  script: programText(new URL('./files.sh', import.meta.url)),
  arguments: ({ topology }) => [topologyFolder(topology), READ],
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
