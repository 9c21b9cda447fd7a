/**
 * SHA-256 (FIPS 180-4 section 6.2) in plain TypeScript, for verifiers in a browser: WebCrypto's digest is
 * asynchronous, and a tree of a million leaves would pay a promise a hash.
 */

/** The first 32 bits of the fractional part of `root(prime)` for the first `count` primes (sections 4.2.2, 5.3.3). */
function fractions(count: number, root: (prime: bigint) => bigint): Uint32Array {
  const words = new Uint32Array(count);
  let found = 0;
  for (let n = 2n; found < count; n += 1n) {
    let prime = true;
    for (let d = 2n; d * d <= n; d += 1n) if (n % d === 0n) prime = false;
    if (prime) {
      words[found] = Number(BigInt.asUintN(32, root(n)));
      found += 1;
    }
  }
  return words;
}

/** floor(value^(1/degree)) by Newton's method from above. */
function integerRoot(value: bigint, degree: bigint): bigint {
  let x = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  for (;;) {
    const next = ((degree - 1n) * x + value / x ** (degree - 1n)) / degree;
    if (next >= x) return x;
    x = next;
  }
}

const initial = fractions(8, (prime) => integerRoot(prime << 64n, 2n));
const rounds = fractions(64, (prime) => integerRoot(prime << 96n, 3n));

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function compress(state: Uint32Array, schedule: Uint32Array, block: DataView, at: number): void {
  for (let t = 0; t < 16; t += 1) schedule[t] = block.getUint32(at + 4 * t);
  for (let t = 16; t < 64; t += 1) {
    const w15 = schedule[t - 15]!;
    const w2 = schedule[t - 2]!;
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[t] = s1 + schedule[t - 7]! + s0 + schedule[t - 16]!;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t += 1) {
    const S1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + rounds[t]! + schedule[t]!) | 0;
    const S0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = state[i]! + words[i]!;
}

/** SHA-256 of `data`, 32 bytes. */
export function sha256Portable(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array((Math.floor((data.length + 8) / 64) + 1) * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29));
  view.setUint32(padded.length - 4, data.length * 8);
  const state = initial.slice();
  const schedule = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) compress(state, schedule, view, at);
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  for (let i = 0; i < 8; i += 1) out.setUint32(4 * i, state[i]!);
  return digest;
}
