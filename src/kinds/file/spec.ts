import type { Origin, Resource } from '../../model/resource.ts';

/** A file of a node, below our folder. The resource's name is its path. */
export interface FileSpec {
  readonly content: string;
  /** Octal, as chmod takes it. */
  readonly mode: string;
}

export { ownFolder } from '../shared/files.ts';

/** A file that should hold this text. */
export function file(node: string, path: string, content: string, origin: Origin): Resource<FileSpec> {
  return { node, netns: null, kind: 'file', name: path, spec: { content, mode: '644' }, origin };
}
