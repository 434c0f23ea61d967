import type { IpsetSpec } from './spec.ts';

/** Describes its further options; its members are printed as lines. */
export function describe({ options }: IpsetSpec): string {
  return options.join(' ');
}
