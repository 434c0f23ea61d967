import { isSecretMode, sealOf, type FileSpec } from './file/spec.ts';
import type { Change } from '../model/change.ts';
import type { Batch } from '../model/plan.ts';

/** A text with its file mode: the spec of a file, or the command that writes one. */
type Text = Pick<FileSpec, 'content' | 'encoding' | 'mode' | 'sealed'>;

/**
 * Returns a spec or a command without secrets. A text that only its owner may read on the node is not printed: its size
 * and the start of its SHA-256 replace it.
 */
export function withoutSecrets<Value>(value: Value): Value {
  return isText(value) && isSecretMode(value.mode) ? hidden(value) : value;
}

/** Returns a change without secrets. If the file is secret before or after it, neither text is shown. */
export function changeWithoutSecrets(change: Change): Change {
  const { desired, observed } = change;
  const [to, from] = [desired?.spec, observed?.spec].map((spec) => (isText(spec) ? spec : undefined));
  if (![to, from].some((text) => text !== undefined && isSecretMode(text.mode))) return change;
  return {
    ...change,
    fields: change.fields.map((field) =>
      field.field === 'content' ? { ...field, from: from && standIn(from), to: to && standIn(to) } : field,
    ),
    ...(desired && to && { desired: { ...desired, spec: hidden(to) } }),
    ...(observed && from && { observed: { ...observed, spec: hidden(from) } }),
  };
}

/** Returns a batch without secrets. */
export function batchWithoutSecrets(batch: Batch): Batch {
  return { ...batch, steps: batch.steps.map((step) => ({ ...step, command: withoutSecrets(step.command) })) };
}

function isText(value: unknown): value is Text {
  if (value === null || typeof value !== 'object') return false;
  const { content, mode } = value as Readonly<Record<string, unknown>>;
  return typeof content === 'string' && typeof mode === 'string';
}

function hidden<Value extends Text>(text: Value): Value {
  return { ...text, content: standIn(text), sensitive: true };
}

/** Returns the replacement of a secret. The start of its SHA-256 shows whether two texts differ. */
function standIn(text: Text): string {
  const { bytes, sha256 } = sealOf(text);
  return `(sensitive, ${String(bytes)} bytes, sha256 ${sha256.slice(0, 8)}…)`;
}
