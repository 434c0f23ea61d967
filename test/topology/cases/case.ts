/** A text that has one fault alone, with « where it must be reported. */
export type FaultCase = readonly [code: string, what: string, text: string];
