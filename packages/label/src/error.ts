/** Every way in which a label, policy, banner or file of a label format can be wrong. */
export type LabelErrorCode =
  | 'label-syntax'
  | 'label-field'
  | 'label-mode-mixed'
  | 'label-policy-mixed'
  | 'label-policy-unknown'
  | 'label-succession'
  | 'label-unfaithful'
  | 'label-no-equivalent'
  | 'policy-field'
  | 'spif-field'
  | 'spif-conflict'
  | 'xml-syntax'
  | 'xml-limit'
  | 'xml-namespace'
  | 'xml-unknown';

/** Where in a text: both count from 1; a column is a UTF-16 code unit. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Bad label or policy; `path` is the place inside it (`categories[0].tagSet`, `SPIF/securityPolicyId`), and of what was
 * read from XML `line` and `column` say where it stands.
 */
export class LabelError extends Error {
  readonly code: LabelErrorCode;
  readonly path: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  constructor(code: LabelErrorCode, path: string, why: string, place?: TextPlace) {
    const where = place ? `line ${place.line}, column ${place.column}: ` : '';
    super(where + (path === '' ? why : `${path}: ${why}`));
    this.name = 'LabelError';
    this.code = code;
    this.path = path;
    this.line = place?.line;
    this.column = place?.column;
  }
}
