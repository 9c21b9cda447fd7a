/**
 * Numbers uniform in [0, 1) that the text alone determines: sfc32 (PractRand), seeded by four FNV-1a hashes. For worlds
 * that must come out the same again, not for secrets.
 */
export function seeded(text: string): () => number {
  let [a, b, c] = [hash(`${text}/a`), hash(`${text}/b`), hash(`${text}/c`)];
  let counter = hash(`${text}/d`) | 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}

/** A number between two. */
export const between = (random: () => number, least: number, most: number): number =>
  least + random() * (most - least);

/** A normal deviate with this standard deviation (Box and Muller). */
export const normal = (random: () => number, deviation: number): number =>
  deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
