import type { FieldChange } from '../../model/change.ts';
import { isSecretMode, sealOf, type FileSpec } from './spec.ts';

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

/** Returns a sealed file with the content of another one; `undefined` if that is not the content that was sealed. */
export function openedFile({ sealed, ...rest }: FileSpec, other: FileSpec): FileSpec | undefined {
  if (sealed === undefined || other.sealed !== undefined || sealOf(other).sha256 !== sealed.sha256) return undefined;
  const { content, encoding } = other;
  return { ...rest, content, ...(encoding && { encoding }) };
}
