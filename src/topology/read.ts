import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Code } from '../model/codes/registry.ts';
import { show } from './show.ts';

/** What is read of a file at most. A topology of ten thousand ports is about 2 MiB. */
const LARGEST = 8 * 1024 * 1024;

/** What a path stands for: its text, and the name diagnostics use for it. */
export interface Source {
  readonly file: string;
  readonly text: string;
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
  const bytes = path === '-' ? await drain(stdin, file) : await readFile(path);
  try {
    // A mark at the beginning is no part of the text.
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw failure('NL004', `${show(file)} is not UTF-8 text`, 'save it as UTF-8');
  }
}

async function readFile(path: string): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) throw failure('NL002', `${show(path)} is a directory`, 'name the topology file in it');
    if (stat.isFile() && stat.size > LARGEST) throw tooLarge(path);
    // A pipe (`<(…)`) or a file that grows has no size to trust.
    return await drain(handle.createReadStream({ autoClose: false }), path);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw unreadable(path, error);
  } finally {
    await handle?.close();
  }
}

async function drain(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > LARGEST) throw tooLarge(name);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    throw unreadable(name, error);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string): DiagnosticError {
  return failure('NL003', `${show(name)} is larger than ${String(LARGEST / 1024 / 1024)} MiB`, 'is it a topology?');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a directory',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'too many symbolic links',
};

function unreadable(name: string, error: unknown): DiagnosticError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return failure('NL001', `cannot read ${show(name)}: ${REASONS[code] ?? code}`);
}

function failure(code: Code, summary: string, hint?: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...(hint === undefined ? {} : { hint }) }]);
}
