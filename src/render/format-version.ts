/** The version of all JSON outputs: additions raise the second number, removals and changes of meaning the first. */
export const FORMAT_VERSION = '1.1';
