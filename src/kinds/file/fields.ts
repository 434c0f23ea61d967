import { meaningOf } from '../fields/index.ts';
import type { FileSpec } from './spec.ts';

/** The owner of every file that netloom writes. */
const ROOT = '0:0';

/** What a difference in a file means. */
export const fileFields = meaningOf<FileSpec>(
  {
    content: 'update',
    // A text and the base64 of something else can read the same.
    encoding: { change: 'update', absent: 'text' },
    mode: 'update',
    // Another owner could write it.
    owner: { change: 'update', absent: ROOT },
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
