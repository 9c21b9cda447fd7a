/** Every way in which bytes handed to this package can be wrong. */
export type LedgerErrorCode =
  | 'base64'
  | 'bundle-syntax'
  | 'checkpoint-syntax'
  | 'checkpoint-unsigned'
  | 'digest'
  | 'entry-size'
  | 'index'
  | 'key-syntax'
  | 'note-syntax'
  | 'path-syntax'
  | 'proof-invalid'
  | 'proof-syntax'
  | 'receipt-field'
  | 'receipt-syntax'
  | 'signature-invalid'
  | 'tile-missing'
  | 'tile-syntax'
  | 'tree-mismatch'
  | 'value';

/** Bad input to the ledger's functions; `code` says which kind, the message where and why. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  constructor(code: LedgerErrorCode, why: string, options?: { cause?: unknown }) {
    super(why, options);
    this.name = 'LedgerError';
    this.code = code;
  }
}
