import { fileRef } from '../../kinds/file/spec.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Existing } from '../../model/feature.ts';
import { heldPath } from './index.ts';
import { parseHeld, type HeldFile } from './text.ts';

/** The files of derived values, by node, and a warning for each that cannot be used. */
export interface HeldFiles {
  readonly files: ReadonlyMap<string, HeldFile>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files of all nodes. One that another user could have written, or that is damaged, counts as missing. */
export function readHeldFiles(topology: string, existing: Pick<Existing, 'at'>): HeldFiles {
  const files = new Map<string, HeldFile>();
  const diagnostics: Diagnostic[] = [];
  const path = heldPath(topology);
  for (const { node, spec } of existing.at(fileRef('', path))) {
    const { content, encoding, mode, owner = ROOT } = spec;
    const isRoots = owner === ROOT && (Number.parseInt(mode, 8) & OTHERS_WRITE) === 0;
    const read = isRoots && encoding === undefined ? parseHeld(content) : undefined;
    if (read) files.set(node, read);
    else diagnostics.push(unusable(node, path, isRoots ? 'it is damaged' : `it is ${owner}’s, with mode ${mode}`));
  }
  return { files, diagnostics };
}

const ROOT = '0:0';
const OTHERS_WRITE = 0o022;

function unusable(node: string, path: string, why: string): Diagnostic {
  return {
    code: 'NLP52',
    severity: 'warning',
    summary: `${path} on ${node} is not used: ${why}`,
    detail: 'It holds the derived addresses. They are taken from the devices, rules and DHCP entries that exist.',
    place: { node },
    hint: 'apply: it is written again',
  };
}
