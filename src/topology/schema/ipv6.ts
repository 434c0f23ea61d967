/** True for text that is meant as an IPv6 address, with or without prefix length or zone. Not a validation. */
export function isIpv6Like(text: string): boolean {
  if (text.length > 64 || !/^[0-9a-fA-F:.]+(?:%\w+)?(?:\/\d{1,3})?$/.test(text)) return false;
  // A MAC address has colons too, but never two in a row, and six groups of two.
  return text.includes('::') || (/^(?:[0-9a-fA-F]{1,4}:){7}/.test(text) && !/^(?:..:){5}..$/.test(text));
}
