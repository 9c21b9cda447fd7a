/** Every kind of fault that a log can show. */
export type FindingCode =
  | 'checkpoint-missing'
  | 'checkpoint-syntax'
  | 'checkpoint-origin'
  | 'signature'
  | 'cosignature'
  | 'previous-checkpoint'
  | 'shrunk'
  | 'forked'
  | 'root'
  | 'tile-missing'
  | 'tile-syntax'
  | 'tile-hash'
  | 'bundle-missing'
  | 'bundle-syntax'
  | 'entry-hash'
  | 'entry-receipt'
  | 'entry-log'
  | 'read'
  | 'more-findings';

/** One fault: its kind, the resource (and entry) where it is, and why. */
export type Finding = { readonly code: FindingCode; readonly where: string; readonly why: string };

/** Takes a finding as it comes up. */
export type Report = (code: FindingCode, where: string, why: string) => void;
