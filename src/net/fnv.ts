/**
 * FNV-1a of 32 bits: it spreads texts over numbers, and keeps no secret. MACs and labels of addresses are made of it.
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
