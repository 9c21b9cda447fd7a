import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedData } from '../../../../tests/shared-data.ts';
import {
  checkLabel,
  clearanceMarkingOf,
  equivalentLabel,
  type Label,
  markingOf,
  read4774,
  readEssLabel,
  readSpif,
  readSpiffingClearance,
  readSpiffingLabel,
  readXml,
  type Spif,
  whyNot,
} from '../index.ts';

const table = sharedData('labels/spiffing/tests.xml');
const folder = table?.replace(/tests\.xml$/, '') ?? '';
const skip = table === undefined && 'the table of spiffing is not here';

function readAny(file: string, spifs: readonly Spif[]): Label {
  const path = folder + file;
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (file.endsWith('.ber')) return readEssLabel(bytes, spifs, 'REAL');
  const text = bytes.toString('utf8');
  return file.endsWith('.nato')
    ? read4774(text, { dataMode: 'REAL' }).metadata.label
    : readSpiffingLabel(text, spifs, 'REAL');
}

const policyOfLabel = (spifs: readonly Spif[], label: Label): Spif => {
  const found = spifs.find((one) => one.name === label.policy);
  assert.ok(found);
  return found;
};

type Expected = Readonly<Record<string, string>>;

/** Everything that a row states is compared; a statement that this does not know fails. */
function checkRow(row: Expected, spifs: readonly Spif[]): void {
  const { label: file = '', valid, exception, lang: language, clearance, encrypt, ...marks } = row;
  const { 'acdf-result': decision, 'label-marking': marking, ...more } = marks;
  const { 'clearance-marking': clearanceMarking, 'encrypt-marking': encryptMarking, ...rest } = more;
  assert.deepEqual(rest, {});
  if (exception !== undefined) {
    assert.throws(() => readAny(file, spifs), { name: 'LabelError', message: new RegExp(exception) });
    return;
  }
  const label = readAny(file, spifs);
  const spif = policyOfLabel(spifs, label);
  const options = language === undefined ? {} : { language };
  const checked = checkLabel(spif, label);
  assert.equal(String(checked.valid), valid);
  if (marking !== undefined) assert.equal(markingOf(spif, checked, options), marking);
  if (clearance !== undefined) {
    const its = readSpiffingClearance(readFileSync(folder + clearance, 'utf8'), spifs);
    if (clearanceMarking !== undefined)
      assert.equal(clearanceMarkingOf(spif, its, options), clearanceMarking);
    if (decision !== undefined) assert.equal(whyNot(spif, checked, its).length === 0 ? '1' : '0', decision);
  }
  if (encrypt !== undefined) {
    const other = spifs.find((one) => one.id === encrypt);
    assert.ok(other);
    const translated = checkLabel(other, equivalentLabel(spif, other, label));
    assert.equal(markingOf(other, translated), encryptMarking);
  }
}

const sequences = table === undefined ? [] : readXml(readFileSync(table, 'utf8')).root.children;
let rows = 0;
for (const sequence of sequences) {
  const spifs: Spif[] = [];
  for (const element of sequence.children) {
    const row: Expected = Object.fromEntries(element.attributes.map(({ name, value }) => [name, value]));
    rows++;
    if (element.name === 'policy') {
      const text = readFileSync(folder + row['spif'], 'utf8');
      test(`the policy ${row['spif']} ${row['exception'] ? 'is refused' : 'is read'}`, () => {
        const { exception } = row;
        if (exception === undefined) readSpif(text, true);
        else
          assert.throws(() => readSpif(text, true), {
            code: 'spif-conflict',
            message: new RegExp(exception),
          });
      });
      if (row['exception'] === undefined) spifs.push(readSpif(text, true).spif);
    } else {
      const said = row['clearance'] ?? row['lang'] ?? '';
      test(`line ${element.line}: ${row['label']} ${said}`, () => checkRow(row, spifs));
    }
  }
}

test('the table has as many rows as when this was written', { skip }, () => {
  assert.ok(rows >= 22, String(rows));
});
