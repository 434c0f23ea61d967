/**
 * The deepest nesting of collections that is read. The deepest value of a topology is eight levels down. The composer
 * recurses, and a nearly full stack kills the whole process (V8 aborts if it compiles a regular expression there).
 */
export const DEEPEST = 100;

/**
 * The most entries of one mapping or list. A topology of a million objects has 115,000 instances. An entry takes about
 * 1 kB of memory, so a text of `a,a,a,…` would take 700 times its size.
 */
export const MOST_ENTRIES = 150_000;
