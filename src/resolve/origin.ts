import type { Origin } from '../model/resource.ts';
import { showPath } from '../topology/show.ts';
import type { Path, ValidTopology } from '../topology/valid.ts';

/** Where in the file an object stands: its path, and the range of its key. */
export function originAt(topology: ValidTopology, path: Path): Origin {
  const range = topology.locate(path, 'key');
  return range === undefined ? { path: showPath(path) } : { path: showPath(path), range };
}
