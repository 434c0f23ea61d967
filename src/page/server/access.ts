import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The most browsers that are let in at a time; the oldest has to come again. */
const MOST_VISITORS = 32;
/** The most links that wait to be opened. */
const MOST_LINKS = 8;
/** A link that nobody opened ends after an hour. */
const LINK_MS = 3_600_000;

/** Who may see the page. A link works once; a cookie until the server ends. Both are 256 random bits. */
export interface Access {
  /** Returns the token of a new link. */
  link(): string;
  /** Exchanges the token of a link for the value of a cookie; `undefined`: it is none, or it was used. */
  exchange(token: string): string | undefined;
  /** Returns whether this is the value of a cookie. Takes as long for every wrong one. */
  admits(cookie: string | undefined): boolean;
}

/** Creates the access of one server. Only digests are kept, and they are compared in constant time. */
export function createAccess(now: () => number = Date.now): Access {
  let links: readonly { readonly digest: Buffer; readonly until: number }[] = [];
  let cookies: readonly Buffer[] = [];
  return {
    link() {
      const token = secret();
      links = [...links.filter(({ until }) => until > now()), { digest: digest(token), until: now() + LINK_MS }].slice(
        -MOST_LINKS,
      );
      return token;
    },
    exchange(token) {
      const wanted = digest(token);
      const found = links.filter(({ digest, until }) => timingSafeEqual(digest, wanted) && until > now());
      if (found.length === 0) return undefined;
      links = links.filter((link) => !found.includes(link));
      const cookie = secret();
      cookies = [...cookies, digest(cookie)].slice(-MOST_VISITORS);
      return cookie;
    },
    admits(cookie) {
      const wanted = digest(cookie ?? '');
      return cookies.filter((known) => timingSafeEqual(known, wanted)).length > 0;
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** Digests have one length, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
