import { createHash } from 'node:crypto';
import type { Change } from '../model/change.ts';
import type { Batch } from '../model/plan.ts';

/** A text with its file mode: the spec of a file, or the command that writes one. */
interface Text {
  readonly content: string;
  readonly encoding?: 'base64';
  readonly mode: string;
}

/**
 * Returns a spec or a command without secrets. A text that only its owner may read on the node is not printed: its size
 * and the start of its SHA-256 replace it.
 */
export function withoutSecrets<Value>(value: Value): Value {
  return isText(value) && isSecret(value) ? hidden(value) : value;
}

/** Returns a change without secrets. If the file is secret before or after it, neither text is shown. */
export function changeWithoutSecrets(change: Change): Change {
  const { desired, observed } = change;
  const [to, from] = [desired?.spec, observed?.spec].map((spec) => (isText(spec) ? spec : undefined));
  if (![to, from].some((text) => text !== undefined && isSecret(text))) return change;
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

/** Returns true if only the owner may read it. */
function isSecret({ mode }: Text): boolean {
  return (Number.parseInt(mode, 8) & 0o044) === 0;
}

function hidden<Value extends Text>(text: Value): Value {
  return { ...text, content: standIn(text), sensitive: true };
}

/** Returns the replacement of a secret. The start of its SHA-256 shows whether two texts differ. */
function standIn({ content, encoding }: Text): string {
  const bytes = Buffer.from(content, encoding ?? 'utf8');
  const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return `(sensitive, ${String(bytes.length)} bytes, sha256 ${sum}…)`;
}
