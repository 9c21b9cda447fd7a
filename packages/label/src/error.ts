/** Every way in which a label, policy or banner can be wrong. */
export type LabelErrorCode =
  | 'label-syntax'
  | 'label-field'
  | 'label-mode-mixed'
  | 'label-policy-mixed'
  | 'label-policy-unknown'
  | 'policy-field';

/** Bad label or policy; `path` is the place inside it (`categories[0].tagSet`). */
export class LabelError extends Error {
  readonly code: LabelErrorCode;
  readonly path: string;
  constructor(code: LabelErrorCode, path: string, why: string) {
    super(path === '' ? why : `${path}: ${why}`);
    this.name = 'LabelError';
    this.code = code;
    this.path = path;
  }
}
