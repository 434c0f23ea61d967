import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { checksumOf } from '../snapshot/checksum.ts';
import { recordedFolder } from '../topology/include/recorded-folder.ts';
import type { Source } from '../topology/read.ts';

/** Bytes in JSON: as text if they are UTF-8. */
interface RecordedBytes {
  readonly content: string;
  readonly encoding?: 'base64';
}

/** A topology file with the files that it names, as JSON. */
export interface RecordedSource {
  /** Its name in diagnostics. */
  readonly file: string;
  readonly content: string;
  /** The files that it names, by their paths in its folder. Absent: it was no file in a folder. */
  readonly files?: Readonly<Record<string, RecordedBytes>>;
  /** Of `content` and `files`. */
  readonly sha256: string;
}

/** Returns a topology file, and the files that were read with it, as JSON. It holds the secrets that they hold. */
export function recordSource({ file, text, folder }: Source): RecordedSource {
  const read = folder?.readings.flatMap(({ path: name, reading }) =>
    reading.content ? [[name, bytesJson(reading.content.bytes)] as const] : [],
  );
  const body = { content: text, ...(read && { files: Object.fromEntries(read) }) };
  return { file, ...body, sha256: checksumOf(body) };
}

/** Returns the topology file that was recorded. Nothing is read from the disk. */
export function sourceOf({ file, content, files }: RecordedSource): Source {
  if (files === undefined) return { file, text: content };
  const bytes = Object.entries(files).map(([name, each]) => [name, bytesOf(each)] as const);
  return { file, text: content, folder: recordedFolder(file, new Map(bytes)) };
}

/** Returns the files that were recorded, by their paths in the folder of the topology file, which is the first. */
export function filesOf({ file, content, files = {} }: RecordedSource): ReadonlyMap<string, Uint8Array> {
  const main = path.basename(file);
  const others = Object.entries(files).filter(([name]) => name !== main && isInside(name));
  return new Map([
    [main === '-' ? 'topology.yaml' : main, Buffer.from(content)],
    ...others.map(([name, each]) => [name, bytesOf(each)] as const),
  ]);
}

function isInside(name: string): boolean {
  return path.normalize(name) === name && !path.isAbsolute(name) && name.split('/')[0] !== '..';
}

function bytesJson(bytes: Uint8Array): RecordedBytes {
  const buffer = Buffer.from(bytes);
  return isUtf8(buffer)
    ? { content: buffer.toString('utf8') }
    : { content: buffer.toString('base64'), encoding: 'base64' };
}

function bytesOf({ content, encoding }: RecordedBytes): Uint8Array {
  return Buffer.from(content, encoding ?? 'utf8');
}
