import type { IpsetSpec } from './spec.ts';

/** What else was said when it was made; its members are shown as lines. */
export function describe({ options }: IpsetSpec): string {
  return options.join(' ');
}
