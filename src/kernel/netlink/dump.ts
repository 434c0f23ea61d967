import { programText } from '../../programs/text.ts';

/** The Perl functions that read a table of the kernel by netlink(7); they precede all that use them. */
export const NETLINK_DUMP = programText(new URL('./dump.pl', import.meta.url));
