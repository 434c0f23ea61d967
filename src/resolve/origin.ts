import type { Origin } from '../model/resource.ts';
import { showPath } from '../topology/show.ts';
import type { Path, ValidTopology } from '../topology/valid.ts';

/** Returns the location of an object in the file: its path, and the range of its key. */
export function originAt(topology: ValidTopology, path: Path): Origin {
  const range = topology.locate(path, 'key');
  return range === undefined ? { path: showPath(path) } : { path: showPath(path), range };
}
