import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CopyText, flawOfEscapes, withoutLine } from './copy-text.ts';
import type { Row } from './row.ts';

const row: Row = {
  stream: 1,
  series: '',
  time: 0,
  releaseClass: 2,
  label: 3,
  lat: null,
  lon: null,
  record: '{}',
};

test('a row is one line of ten columns whatever its texts hold', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      (series, text) => {
        const copy = new CopyText(0);
        const flaw = copy.add({ ...row, series, record: JSON.stringify({ text }) }, 7);
        assert.equal(flaw === undefined, !series.includes('\0') && !text.includes('\0'));
        if (flaw !== undefined) return;
        const lines = copy.bytes().toString().split('\n');
        assert.equal(lines.length, 2);
        assert.equal(lines[0]?.split('\t').length, 10);
      },
    ),
  );
});

test('instants are written in UTC and a missing point as null', () => {
  const copy = new CopyText(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  copy.add({ ...row, time: Date.UTC(2026, 0, 1) }, 7);
  copy.add({ ...row, lat: -0.5, lon: 1e-7, record: '{"a":"\\n"}' }, 8);
  assert.equal(
    copy.bytes().toString(),
    '7\t2026-01-02T03:04:05.006Z\t2026-01-01T00:00:00.000Z\t\\N\t\\N\t1\t2\t3\t\t{}\n' +
      '8\t2026-01-02T03:04:05.006Z\t1970-01-01T00:00:00.000Z\t-0.5\t1e-7\t1\t2\t3\t\t{"a":"\\\\n"}\n',
  );
});

test('the escape of U+0000 and half surrogate pairs are flaws, an escaped backslash before a u is not', () => {
  const flaws = ['"\\u0000"', '"\\\\\\u0000"', '"\\ud800"', '"\\udc00"', '"\\ud800x\\udc00"', '"\\uD800\\n"'];
  for (const json of flaws) assert.notEqual(flawOfEscapes(json), undefined, json);
  for (const json of ['"\\\\u0000"', '"\\ud83d\\ude00"', '"\\u0001"', '"\\\\ud800"', '{}']) {
    assert.equal(flawOfEscapes(json), undefined, json);
  }
});

test('a line is taken out by its number, counted from 1', () => {
  const bytes = Buffer.from('one\ntwo\nthree\n');
  assert.deepEqual(
    [1, 2, 3].map((line) => withoutLine(bytes, line).toString()),
    ['two\nthree\n', 'one\nthree\n', 'one\ntwo\n'],
  );
});
