// SHA-1 and SHA-256 as FIPS 180-4 defines them. They are here because of the time that Node.js takes to load its own,
// a twelfth of its whole start (measured). Of many megabytes Node.js's own is faster.

const BLOCK = 64;

/** The first 32 bits of the fractional parts of the square roots of the first eight primes. */
// prettier-ignore
const START = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
);

/** The same of the cube roots of the first 64 primes. */
// prettier-ignore
const ROUNDS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);

/** The words of the block at hand: a list for each hash would take longer than a short hash. */
const WORDS = new Int32Array(80);

/** Returns the SHA-1 of some bytes: 20 bytes. */
export function sha1(bytes: Uint8Array): Uint8Array {
  const words = WORDS;
  const data = padded(bytes);
  let h0 = 0x67452301;
  let h1 = 0xefcdab89 | 0;
  let h2 = 0x98badcfe | 0;
  let h3 = 0x10325476;
  let h4 = 0xc3d2e1f0 | 0;
  for (let at = 0; at < data.length; at += BLOCK) {
    readBlock(data, at);
    for (let i = 16; i < 80; i += 1) {
      words[i] = left(word(words, i - 3) ^ word(words, i - 8) ^ word(words, i - 14) ^ word(words, i - 16), 1);
    }
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    for (let i = 0; i < 80; i += 1) {
      let mixed = 0;
      if (i < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
      else if (i < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
      else if (i < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else mixed = (b ^ c ^ d) + 0xca62c1d6;
      const next = (left(a, 5) + mixed + e + word(words, i)) | 0;
      e = d;
      d = c;
      c = left(b, 30);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  const hash = new Uint8Array(20);
  writeWord(hash, 0, h0);
  writeWord(hash, 4, h1);
  writeWord(hash, 8, h2);
  writeWord(hash, 12, h3);
  writeWord(hash, 16, h4);
  return hash;
}

/** Returns the SHA-256 of some bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const state = START.slice();
  const words = WORDS;
  const data = padded(bytes);
  for (let at = 0; at < data.length; at += BLOCK) {
    readBlock(data, at);
    for (let i = 16; i < 64; i += 1) {
      const x = word(words, i - 15);
      const y = word(words, i - 2);
      const small = left(x, 25) ^ left(x, 14) ^ (x >>> 3);
      const large = left(y, 15) ^ left(y, 13) ^ (y >>> 10);
      words[i] = (word(words, i - 16) + small + word(words, i - 7) + large) | 0;
    }
    mix(state, words);
  }
  const hash = new Uint8Array(32);
  for (let i = 0; i < 8; i += 1) writeWord(hash, 4 * i, word(state, i));
  return hash;
}

/**
 * Adds the words of one block to the state of a SHA-256. They are plain variables, because destructuring a list of them
 * would take ten times as long.
 */
function mix(state: Int32Array, words: Int32Array): void {
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  for (let i = 0; i < 64; i += 1) {
    const one = left(e, 26) ^ left(e, 21) ^ left(e, 7);
    const first = (h + one + ((e & f) ^ (~e & g)) + word(ROUNDS, i) + word(words, i)) | 0;
    const zero = left(a, 30) ^ left(a, 19) ^ left(a, 10);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    c = b;
    b = a;
    a = (first + zero + majority) | 0;
  }
  add(state, 0, a);
  add(state, 1, b);
  add(state, 2, c);
  add(state, 3, d);
  add(state, 4, e);
  add(state, 5, f);
  add(state, 6, g);
  add(state, 7, h);
}

function add(state: Int32Array, at: number, value: number): void {
  state[at] = (word(state, at) + value) | 0;
}

/** Returns the data with a 1 bit, zeros, and its length in bits at the end, in whole blocks. */
function padded(bytes: Uint8Array): Uint8Array {
  const data = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  data.set(bytes);
  data[bytes.length] = 0x80;
  writeWord(data, data.length - 8, Math.floor(bytes.length / 2 ** 29));
  writeWord(data, data.length - 4, bytes.length << 3);
  return data;
}

function readBlock(data: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i += 1) {
    const from = at + 4 * i;
    WORDS[i] =
      (byte(data, from) << 24) | (byte(data, from + 1) << 16) | (byte(data, from + 2) << 8) | byte(data, from + 3);
  }
}

function writeWord(data: Uint8Array, at: number, value: number): void {
  data[at] = value >>> 24;
  data[at + 1] = value >>> 16;
  data[at + 2] = value >>> 8;
  data[at + 3] = value;
}

function left(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function word(words: Int32Array, at: number): number {
  return words[at] ?? 0;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
