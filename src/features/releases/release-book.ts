import type { Release } from '../../resolve/resolved.ts';
import { GRIZZLY } from './grizzly.ts';
import { MITAKA } from './mitaka.ts';
import { ZED } from './zed.ts';
import { Rulebook } from '../rules/rulebook.ts';
import type { ReleaseText, RuleText } from '../rules/rule-text.ts';

/** A `ReleaseText`, parsed. */
export interface ReleaseBook {
  readonly router: readonly Rulebook[];
  readonly dhcp: readonly Rulebook[];
  readonly metadataCidr: string;
  readonly metadataLinkLocal: string | undefined;
}

const TEXTS: Readonly<Record<Release, ReleaseText>> = { grizzly: GRIZZLY, mitaka: MITAKA, zed: ZED };

const books = new Map<Release, ReleaseBook>();

/** Returns the rules of a release. They are parsed on first use: a topology has one release. */
export function releaseBook(release: Release): ReleaseBook {
  let book = books.get(release);
  if (book === undefined) books.set(release, (book = bookOf(TEXTS[release])));
  return book;
}

function bookOf({ router, dhcp, metadataCidr, metadataLinkLocal }: ReleaseText): ReleaseBook {
  return { router: rulebooks(router), dhcp: rulebooks(dhcp), metadataCidr, metadataLinkLocal };
}

function rulebooks(texts: { readonly 4?: RuleText; readonly 6?: RuleText }): readonly Rulebook[] {
  return ([4, 6] as const).flatMap((family) => {
    const text = texts[family];
    return text === undefined ? [] : [new Rulebook(family, text)];
  });
}
