import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Code } from '../model/codes/registry.ts';
import { decodeUtf8, LARGEST_TOPOLOGY } from './include/text.ts';
import { openFolder } from './include/open-folder.ts';
import type { Folder } from './include/folder.ts';
import { reasonOf } from './reasons.ts';
import { show } from './show.ts';

/** Bytes read at a time. */
const CHUNK = 64 * 1024;

/** The text of a topology file, and its name in diagnostics. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where files named in the topology are read from. Standard input and pipes have none. */
  readonly folder?: Folder | undefined;
}

/**
 * Reads a topology file; `-` is standard input, named `<stdin>`. Throws a DiagnosticError (NL001 to NL004) when it is
 * missing, unreadable, no file, larger than 8 MiB or not UTF-8.
 */
export async function readTopology(
  path: string,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<Source> {
  const file = path === '-' ? '<stdin>' : path;
  const { bytes, regular } = path === '-' ? { bytes: await drain(stdin, file), regular: false } : await readFile(path);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw failure('NL004', `${show(file)} is not UTF-8 text`, 'save it as UTF-8');
  return { file, text, ...(regular && { folder: openFolder(path) }) };
}

async function readFile(path: string): Promise<{ readonly bytes: Uint8Array; readonly regular: boolean }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) throw failure('NL002', `${show(path)} is a directory`, 'name the topology file in it');
    if (stat.isFile() && stat.size > LARGEST_TOPOLOGY) throw tooLarge(path);
    // The size of a pipe (`<(…)`) or of a growing file cannot be trusted.
    const bytes = await drain(chunksOf(handle), path);
    return { bytes, regular: stat.isFile() };
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw unreadable(path, error);
  } finally {
    await handle?.close();
  }
}

/** Yields what a file or pipe has. It is no stream, for which Node.js would load modules for 4 ms (measured). */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function drain(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > LARGEST_TOPOLOGY) throw tooLarge(name);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw unreadable(name, error);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string): DiagnosticError {
  return failure(
    'NL003',
    `${show(name)} is larger than ${String(LARGEST_TOPOLOGY / 1024 / 1024)} MiB`,
    'is it a topology?',
  );
}

function unreadable(name: string, error: unknown): DiagnosticError {
  return failure('NL001', `cannot read ${show(name)}: ${reasonOf(error)}`);
}

function failure(code: Code, summary: string, hint?: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...(hint === undefined ? {} : { hint }) }]);
}
