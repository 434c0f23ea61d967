import type { Marks } from '../model/trace.ts';
import { labelMarks } from './address/marks.ts';
import { tableMarks } from './chain/marks.ts';
import { pathMarks } from './file/marks.ts';
import { aliasMarks } from './netns/marks.ts';
import { nftTableMarks } from './nft-table/marks.ts';
import { rowMarks } from './ovs-bridge/marks.ts';
import { processMarks } from './process/marks.ts';

/** Everything that identifies objects of a topology without its file, in the order of output. */
export const MARKS: readonly Marks[] = [
  aliasMarks,
  rowMarks,
  tableMarks,
  nftTableMarks,
  pathMarks,
  processMarks,
  labelMarks,
];
