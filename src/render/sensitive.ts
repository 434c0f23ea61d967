import { createHash } from 'node:crypto';
import type { Change } from '../model/change.ts';
import type { Batch } from '../model/plan.ts';

/** A text, and who may read it: the spec of a file, or the command that writes one. */
interface Text {
  readonly content: string;
  readonly encoding?: 'base64';
  readonly mode: string;
}

/**
 * A spec or a command as it may be shown. A text that only its owner may read on the node is not for whoever reads a log either:
 * its size stands for it, and the start of its sum.
 */
export function withoutSecrets<Value>(value: Value): Value {
  return isText(value) && isSecret(value) ? hidden(value) : value;
}

/** A change as it may be shown. If others may not read the file before or after it, neither text is shown. */
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

/** A batch as it may be shown. */
export function batchWithoutSecrets(batch: Batch): Batch {
  return { ...batch, steps: batch.steps.map((step) => ({ ...step, command: withoutSecrets(step.command) })) };
}

function isText(value: unknown): value is Text {
  if (value === null || typeof value !== 'object') return false;
  const { content, mode } = value as Readonly<Record<string, unknown>>;
  return typeof content === 'string' && typeof mode === 'string';
}

/** Nobody but the owner may read it. */
function isSecret({ mode }: Text): boolean {
  return (Number.parseInt(mode, 8) & 0o044) === 0;
}

function hidden<Value extends Text>(text: Value): Value {
  return { ...text, content: standIn(text), sensitive: true };
}

/** The start of the sum tells one text from another. */
function standIn({ content, encoding }: Text): string {
  const bytes = Buffer.from(content, encoding ?? 'utf8');
  const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return `(sensitive, ${String(bytes.length)} bytes, sha256 ${sum}…)`;
}
