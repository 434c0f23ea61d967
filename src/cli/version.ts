import { packagedText } from '../programs/packaged.ts';

/** Returns the version in our own package.json. */
export function ownVersion(): string {
  const text = packagedText(new URL('../../package.json', import.meta.url));
  return (JSON.parse(text) as { version: string }).version;
}
