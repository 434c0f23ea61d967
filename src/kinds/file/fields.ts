import { meaningOf } from '../fields/index.ts';
import { contentDiffers, isSealed } from './seal.ts';
import type { FileSpec } from './spec.ts';

/** The owner of every file that netloom writes. */
const ROOT = '0:0';

/** What a difference in a file means. */
export const fileFields = meaningOf<FileSpec>(
  {
    content: { tell: contentDiffers },
    // A text and the base64 of something else can read the same.
    encoding: { change: 'update', absent: 'text', when: (desired, observed) => !isSealed(desired, observed) },
    sealed: { notCompared: 'it stands for the content' },
    mode: 'update',
    // Another owner could write it.
    owner: { change: 'update', absent: ROOT },
  },
  { create: 'none', replace: 'none', delete: 'none' },
);
