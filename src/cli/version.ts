import { packagedText } from '../programs/packaged.ts';

/** Returns the version in netloom's package.json. */
export function ownVersion(): string {
  const text = packagedText(new URL('../../package.json', import.meta.url));
  return (JSON.parse(text) as { version: string }).version;
}
