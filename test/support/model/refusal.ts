/** Thrown if the kernel or a program would refuse a command. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Throws unless the condition holds. */
export function require(condition: boolean, why: string): asserts condition {
  if (!condition) throw new Refusal(why);
}

/** Returns the value; throws a Refusal for `undefined`. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Refusal(`${what} does not exist`);
  return value;
}
