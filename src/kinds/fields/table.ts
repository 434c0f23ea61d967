import type { FieldChange, Impact } from '../../model/change.ts';

/** What traffic feels of an update: always the same, or what the difference itself says. */
type Felt = Impact | ((difference: FieldChange) => Impact);

/** `update`: the object is altered in place. `replace`: it is removed and made again. */
type FieldAction = 'update' | 'replace';

/** A field that is compared as a whole. */
interface Whole<Spec> {
  readonly change: FieldAction;
  /** Absent: none. */
  readonly impact?: Felt;
  /** Where the field counts; absent: everywhere. */
  readonly when?: (desired: Spec, observed: Spec) => boolean;
  /** What an absent value stands for. Without it, a field that the desired spec leaves out is not ours to say. */
  readonly absent?: unknown;
}

/** A map from words to words. Each word is a field `NAME.WORD`. */
interface Words<Spec> {
  /** A word that differs may also be as good as the same. */
  readonly each: FieldAction | ((difference: FieldChange) => FieldAction | 'same');
  readonly impact?: Felt;
  readonly when?: (desired: Spec, observed: Spec) => boolean;
}

/** An object with fields of its own, `NAME.FIELD`. */
interface Parts<Value> {
  readonly parts: FieldTable<Value>;
}

/** A field that has its own idea of what differs; `before` holds the differences of the fields above it. */
interface Told<Spec> {
  readonly tell: (desired: Spec, observed: Spec, before: readonly FieldChange[]) => readonly FieldChange[];
  readonly impact?: Felt;
}

/** A field that makes no difference, and why. */
interface NotCompared {
  readonly notCompared: string;
}

/** What a difference in one field means. A word alone: altered that way, and traffic feels nothing of it. */
type Meaning<Spec, Value> =
  | FieldAction
  | Whole<Spec>
  | Told<Spec>
  | NotCompared
  | (Value extends Readonly<Record<string, string>> ? Words<Spec> : never)
  | (Value extends readonly unknown[] ? never : Value extends object ? Parts<Value> : never);

/** What a difference in each field of a spec means, in the order in which differences are told. A field without an entry does not compile. */
export type FieldTable<Spec> = { readonly [Field in keyof Spec]-?: Meaning<Spec, NonNullable<Spec[Field]>> };

/** A spec whose fields are not known by name. */
export type Values = Readonly<Record<string, unknown>>;

/** An entry of a table of any spec. */
export type AnyMeaning = FieldAction | Whole<Values> | Told<Values> | NotCompared | Words<Values> | Parts<Values>;

/** The entries of a table, whatever its spec: what walks through it asks each entry what it is. */
export function entriesOf<Spec>(table: FieldTable<Spec>): readonly (readonly [field: string, meaning: AnyMeaning])[] {
  return Object.entries(table as Readonly<Record<string, unknown>> as Readonly<Record<string, AnyMeaning>>);
}

/** What traffic feels when an object is made, made again, or taken away. */
export type Costs = Readonly<Record<'create' | 'replace' | 'delete', Impact>>;
