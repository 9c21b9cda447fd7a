import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as 43 characters of base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret of 256 random bits: its SHA-256. A slow hash adds nothing where nothing can be guessed. */
export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
