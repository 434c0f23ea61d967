import { createHash } from 'node:crypto';
import type { Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { fileContent, type FileContent } from '../../kernel/probes/files.ts';

/** The name of this kind. */
export const FILE = kindName('file');

/** A file of a node, in our folder. The resource's name is its path. */
export interface FileSpec extends FileContent {
  /** Octal, as chmod takes it. The content of a file that only its owner may read is shown in no plan. */
  readonly mode: string;
  /** Numbers of the user and the group; absent: root, `0:0`. */
  readonly owner?: string;
  /** Instead of the content, in a recorded state: only the file's owner may read it. */
  readonly sealed?: Sealed;
}

/** What is recorded of a secret content. */
export interface Sealed {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export { topologyFolder } from '../../kernel/probes/files.ts';

/** Returns what is recorded of a content; of a sealed one, what was recorded. */
export function sealOf({ content, encoding, sealed }: FileContent & Pick<FileSpec, 'sealed'>): Sealed {
  if (sealed) return sealed;
  const bytes = Buffer.from(content, encoding ?? 'utf8');
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Returns true if only its owner may read a file of this mode, octal as chmod takes it. */
export function isSecretMode(mode: string): boolean {
  return (Number.parseInt(mode, 8) & 0o044) === 0;
}

/** Returns the reference to the file of this path. */
export function fileRef(node: string, path: string): RefTo<FileSpec> {
  return { node, netns: null, kind: FILE, name: path };
}

/** Returns a file with this text, or these bytes. */
export function file(
  node: string,
  path: string,
  content: string | Uint8Array,
  origin: Origin,
  mode = '644',
): Resource<FileSpec> {
  const spec = { ...fileContent(Buffer.from(content)), mode };
  return { ...fileRef(node, path), spec, origin };
}

/** Returns a file with this text, which has no NUL and is well-formed Unicode. It is kept as it is, not copied. */
export function plainFile(node: string, path: string, text: string, origin: Origin, mode: string): Resource<FileSpec> {
  return { ...fileRef(node, path), spec: { content: text, mode }, origin };
}
