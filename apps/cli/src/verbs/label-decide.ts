import {
  checkLabel,
  clearanceMarkingOf,
  LabelError,
  markingOf,
  read4774Clearance,
  readClearance,
  readSpif,
  readSpiffingClearance,
  type Spif,
  whyNot,
} from '@concord/label';
import { textOf } from '../input.ts';
import { MOST_BYTES, readAnyLabel, tellNotices } from '../label-input.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `label decide --policy SPIF... [--lang TAG] [--clearance FILE] [--at UTC] [--strict] LABEL

Whether a label is one that its policy allows, how it is marked, and whether a clearance suffices for it: one line
{valid, marking, clearanceMarking, decision, reasons}. A policy is an Open XML SPIF; --policy may stand several times,
and the label says which of them is meant. LABEL and --clearance are XML of ADatP-4774 or of spiffing, or JSON; a label
may be an ESSSecurityLabel (.ber) too. Without a clearance decision is null, unless the label is not valid: then it is
deny. Mistakes in policies that are read nonetheless are told on standard error; --strict refuses them. --at (now) is
the instant at which policy and categories must be in force. Exit status 1: not valid, or deny.`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    policy: { type: 'string', multiple: true },
    lang: { type: 'string' },
    clearance: { type: 'string' },
    at: { type: 'string' },
    strict: { type: 'boolean' },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('label decide takes one label');
  if (!values.policy?.length) throw new UsageError('label decide needs --policy SPIF');
  const at = values.at === undefined ? Date.now() : Date.parse(values.at);
  if (!Number.isFinite(at)) throw new UsageError('--at is an instant such as 2026-12-01T00:00:00Z');
  const language = values.lang === undefined ? {} : { language: values.lang };
  const spifs: Spif[] = [];
  for (const file of values.policy) spifs.push(await readPolicyFile(file, values.strict !== true));
  const label = await readAnyLabel(path, spifs);
  const spif = spifs.find((one) => one.name === label.policy);
  if (!spif) throw new UsageError(`${path}: label-policy-unknown: Unknown policy: ${label.policy}`);
  const checked = checkLabel(spif, label, at);
  const clearance =
    values.clearance === undefined ? undefined : await readClearanceFile(values.clearance, spifs);
  const reasons = clearance ? whyNot(spif, checked, clearance) : checked.reasons;
  const undecided = clearance === undefined && checked.valid;
  const decision = undecided ? null : reasons.length === 0 ? 'release' : 'deny';
  await print({
    valid: checked.valid,
    marking: markingOf(spif, checked, language) ?? null,
    clearanceMarking:
      clearance && clearance.policy === spif.name ? clearanceMarkingOf(spif, clearance, language) : null,
    decision,
    reasons,
  });
  return decision === 'deny' ? 1 : 0;
}

/** What is wrong with a file is bad input, told with its name and code. */
async function inFile<T>(path: string, read: (text: string) => T): Promise<T> {
  const text = await textOf(path, MOST_BYTES);
  try {
    return read(text);
  } catch (cause) {
    if (cause instanceof LabelError) throw new UsageError(`${path}: ${cause.code}: ${cause.message}`);
    throw cause;
  }
}

const readPolicyFile = (path: string, lenient: boolean): Promise<Spif> =>
  inFile(path, (text) => {
    const { spif, notices } = readSpif(text, lenient);
    tellNotices(path, notices);
    return spif;
  });

const readClearanceFile = (path: string, spifs: readonly Spif[]) =>
  inFile(path, (text) => {
    if (!text.trimStart().startsWith('{'))
      return text.includes('ConfidentialityClearance')
        ? read4774Clearance(text)
        : readSpiffingClearance(text, spifs);
    try {
      return readClearance(JSON.parse(text));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new UsageError(`${path}: not JSON: ${cause.message}`);
      throw cause;
    }
  });
