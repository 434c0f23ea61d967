import { meaningOf } from '../fields/index.ts';
import type { FileSpec } from './spec.ts';

/** What a difference in a file means. */
export const fileFields = meaningOf<FileSpec>(
  {
    content: 'update',
    // A text and the base64 of something else can read the same.
    encoding: { change: 'update', absent: 'text' },
    mode: 'update',
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
