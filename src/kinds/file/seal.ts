import { createHash } from 'node:crypto';
import type { FieldChange } from '../../model/change.ts';
import type { FileSpec, Sealed } from './spec.ts';

/** Returns the spec without a content that only the file's owner may read: its size and SHA-256 replace it. */
export function sealedFile(spec: FileSpec): FileSpec {
  if (!isSecretMode(spec.mode)) return spec;
  const { encoding: _, ...rest } = spec;
  return { ...rest, content: '', sealed: sealOf(spec) };
}

/** Returns whether the contents differ; of a sealed one only the seal is known. */
export function contentDiffers(desired: FileSpec, observed: FileSpec): readonly FieldChange[] {
  const differs = isSealed(desired, observed)
    ? sealOf(desired).sha256 !== sealOf(observed).sha256
    : desired.content !== observed.content;
  return differs ? [{ field: 'content', from: observed.content, to: desired.content }] : [];
}

/** Returns whether only the seal of either content is known. */
export function isSealed(desired: FileSpec, observed: FileSpec): boolean {
  return desired.sealed !== undefined || observed.sealed !== undefined;
}

function sealOf({ content, encoding, sealed }: FileSpec): Sealed {
  if (sealed) return sealed;
  const bytes = Buffer.from(content, encoding ?? 'utf8');
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Returns true if only its owner may read a file of this mode, octal as chmod takes it. */
function isSecretMode(mode: string): boolean {
  return (Number.parseInt(mode, 8) & 0o044) === 0;
}
