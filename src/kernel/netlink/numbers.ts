import { programText } from '../../programs/text.ts';

/** The Perl function `kernel_numbers`, for programs that call the kernel by a number. */
export const KERNEL_NUMBERS = programText(new URL('./numbers.pl', import.meta.url));
