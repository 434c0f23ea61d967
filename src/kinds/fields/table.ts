import type { FieldChange, Impact } from '../../model/change.ts';

/** The impact of an update: constant, or derived from the difference. */
type ImpactOf = Impact | ((difference: FieldChange) => Impact);

/** `update`: the object is changed in place. `replace`: it is deleted and recreated. */
type FieldAction = 'update' | 'replace';

/** A field that is compared as a whole. */
interface Whole<Spec> {
  readonly change: FieldAction;
  /** Absent: none. */
  readonly impact?: ImpactOf;
  /** Whether the field is compared; absent: always. */
  readonly when?: (desired: Spec, observed: Spec) => boolean;
  /** The value that an absent one stands for. Without it, a field that the desired spec leaves out is not compared. */
  readonly absent?: unknown;
}

/** A map of strings. Each key is a field `NAME.KEY`. */
interface Words<Spec> {
  /** Some differences of a value are equivalent: `same`. */
  readonly each: FieldAction | ((difference: FieldChange) => FieldAction | 'same');
  readonly impact?: ImpactOf;
  readonly when?: (desired: Spec, observed: Spec) => boolean;
}

/** An object with fields of its own, `NAME.FIELD`. */
interface Parts<Value> {
  readonly parts: FieldTable<Value>;
}

/** A field with a comparison of its own; `before` holds the differences of the fields above it. */
interface CustomComparison<Spec> {
  readonly tell: (desired: Spec, observed: Spec, before: readonly FieldChange[]) => readonly FieldChange[];
  readonly impact?: ImpactOf;
}

/** A field that is not compared, and why. */
interface NotCompared {
  readonly notCompared: string;
}

/** What a difference in one field means. A string alone: that action, without impact. */
type Meaning<Spec, Value> =
  | FieldAction
  | Whole<Spec>
  | CustomComparison<Spec>
  | NotCompared
  | (Value extends Readonly<Record<string, string>> ? Words<Spec> : never)
  | (Value extends readonly unknown[] ? never : Value extends object ? Parts<Value> : never);

/**
 * What a difference in each field of a spec means, in the order in which differences are printed. A field without an
 * entry does not compile.
 */
export type FieldTable<Spec> = { readonly [Field in keyof Spec]-?: Meaning<Spec, NonNullable<Spec[Field]>> };

/** A spec whose fields are not known by name. */
export type Values = Readonly<Record<string, unknown>>;

/** An entry of a table of any spec. */
export type AnyMeaning =
  FieldAction | Whole<Values> | CustomComparison<Values> | NotCompared | Words<Values> | Parts<Values>;

/** Returns the entries of a table, whatever its spec; each entry tells its own form. */
export function entriesOf<Spec>(table: FieldTable<Spec>): readonly (readonly [field: string, meaning: AnyMeaning])[] {
  return Object.entries(table as Readonly<Record<string, unknown>> as Readonly<Record<string, AnyMeaning>>);
}

/** The impact of creating, replacing or deleting an object. */
export type ActionImpacts = Readonly<Record<'create' | 'replace' | 'delete', Impact>>;
