/** A text with one error, and « where its diagnostic must begin. */
export type FaultCase = readonly [code: string, what: string, text: string];
