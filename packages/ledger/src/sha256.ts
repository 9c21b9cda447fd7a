import { sha256Portable } from './sha256-portable.ts';

type NodeCrypto = { hash(algorithm: 'sha256', data: Uint8Array, output: 'buffer'): Uint8Array };
type Host = { process?: { getBuiltinModule?: (id: string) => unknown } };

// Asked for at run time and not imported, so that the same module also loads in a browser.
const node = (globalThis as Host).process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;

function native({ hash }: NodeCrypto): (data: Uint8Array) => Uint8Array {
  return (data) => {
    const digest = hash('sha256', data, 'buffer');
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
  };
}

/** SHA-256 of `data`, 32 bytes: the runtime's where it has a synchronous one, else `sha256Portable`. */
export const sha256: (data: Uint8Array) => Uint8Array =
  node?.hash === undefined ? sha256Portable : native(node);
