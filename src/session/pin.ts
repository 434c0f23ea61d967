import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { Pin } from '../compile/pins.ts';
import type { EditedFile } from '../topology/edit/add-fields.ts';
import { show, showPath } from '../topology/show.ts';
import { loadDesired } from './desired.ts';
import { renumberRefusal } from './guard.ts';
import { withNetwork } from './network.ts';
import type { Session } from './session.ts';

/** Where the values come from. */
export interface PinOptions {
  readonly lab?: boolean;
  /** No node is read: the values are those that the file alone gives. */
  readonly offline?: boolean;
}

/** A value that a file gets. */
export interface PinnedValue {
  /** The path of its field: `networks.lan.id`. */
  readonly path: string;
  readonly value: Pin['value'];
  readonly what: Pin['what'];
}

/** The files of a topology with every derived value written in. Nothing is written to disk yet. */
export interface Pinned {
  /** All files of the topology, the main file first. */
  readonly files: readonly EditedFile[];
  readonly values: readonly PinnedValue[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Writes every derived id, MAC and address into the text of a topology: those that the nodes hold, else those that are
 * derived. @throws DiagnosticError if a file or a node cannot be read, if an address cannot stay, or if a value cannot
 * be written in place
 */
export async function pinFile(session: Session, file: string, { lab, offline }: PinOptions): Promise<Pinned> {
  const desired =
    offline === true
      ? await loadDesired(session, file)
      : await withNetwork(session, file, lab === undefined ? {} : { lab }, (network) => Promise.resolve(network));
  const refused = renumberRefusal(desired.renumbered ?? [], {});
  if (refused) throw new DiagnosticError([{ ...refused, hint: 'run `apply --max-impact renumber` first, then pin' }]);
  const { files, pins, diagnostics } = await session.engine.pin(desired, session.sources);
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  // The warning that values are not in the file.
  const values = pins.map(({ path, field, value, what }) => ({ path: showPath([...path, field]), value, what }));
  return { files, values, warnings: desired.warnings.filter(({ code }) => code !== 'NLP51') };
}

/** Throws a DiagnosticError if the text of a file is not the one that was read. */
export async function refuseChanged(session: Session, { file, before }: EditedFile): Promise<void> {
  const { text } = await session.engine.source(file);
  if (text === before) return;
  throw new DiagnosticError([
    {
      code: 'NLP71',
      severity: 'error',
      summary: `${show(file)} was changed while the nodes were read`,
      hint: 'nothing was written to it; run pin again',
    },
  ]);
}
