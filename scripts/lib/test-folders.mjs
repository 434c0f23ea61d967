/**
 * The folders of test/ that need the kernel, by what is tested in them: one part, or all of netloom from YAML to ping.
 * Tests elsewhere are pure code.
 */
export const ONE_PART = ['contract', 'lab', 'hosts'];
export const END_TO_END = 'e2e';
