import { secureHeaders } from 'hono/secure-headers';

/**
 * The headers of every answer. The page may load its own script and style and call its own server, and nothing else: no
 * inline script, no frame, no other site. No text becomes markup (trusted types), and nothing is kept.
 */
export const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
  // The server speaks HTTP.
  strictTransportSecurity: false,
});
