import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Never, readArea } from '@concord/agreement';
import { proveGuarantees } from './index.ts';
import { never } from './rules/never.ts';
import { alder, birch, cedar, clause, state, world } from './testing/small-world.ts';

const line = (release: Never['release'], over: Partial<Never> = {}): Never => ({
  release,
  to: 'any-other-party',
  says: 'never do that',
  ...over,
});
const prove = (...lines: Never[]) => proveGuarantees(world(state({ never: lines })));

test('a line that no clause comes near is held by the clauses themselves', () => {
  const [found] = prove(line({ kind: 'eo.scene' }));
  assert.equal(found?.held, 'by-clauses');
  assert.ok(found.classes > 0);
  assert.equal(found.story, undefined);
});

test('a line that alone stops a clause says which, as a short story', () => {
  const [found] = prove(line({ kind: 'report', dataMode: 'TEST' }, { by: 'live' }));
  assert.equal(found?.held, 'by-line');
  assert.deepEqual(found.permits, [{ agreement: 'strait-watch', version: 3, clause: 'tracks' }]);
  assert.match(
    found.story ?? '',
    /^alder holds reports \(TEST\), ALDER OPEN|^alder holds reports \(TEST\), ALDER/,
  );
  assert.match(
    found.story ?? '',
    /officer of birch.*listens to the stream.*clause tracks of strait-watch\.$/,
  );
});

test('a caveat that never travels needs no line, and one that may travel does', () => {
  assert.deepEqual(
    prove(line({ caveat: 'NOFORN' }), line({ caveat: 'ORCON' })).map((one) => one.held),
    ['by-clauses', 'by-line'],
  );
});

test('a level above the ceiling is held by the clauses, one below by the line', () => {
  assert.deepEqual(
    prove(line({ above: 'SECRET' }), line({ above: 'RESTRICTED' })).map((one) => one.held),
    ['by-clauses', 'by-line'],
  );
});

test('a line about a party, an originator or an area is judged by these', () => {
  const basin = readArea('basin', '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}');
  assert.ok(!('problem' in basin));
  const found = proveGuarantees(
    world(
      state({
        areas: [basin],
        never: [
          line({ kind: 'report' }, { to: cedar }),
          line({ originator: birch }),
          line({ originator: alder, area: 'basin' }),
        ],
      }),
    ),
  );
  assert.deepEqual(
    found.map((one) => one.held),
    ['by-clauses', 'by-clauses', 'by-line'],
  );
});

test('what rests today is proved for the day when it does not', () => {
  const resting = state(
    { never: [line({ kind: 'report' })], clauses: [clause({ embargo: 9 })] },
    { standing: 'suspended', suspicion: true },
  );
  assert.equal(proveGuarantees(world(resting))[0]?.held, 'by-line');
});

test('were lines not enforced, the proof would fail', () => {
  const { permits } = never;
  try {
    Object.assign(never, { permits: () => true });
    const [found] = prove(line({ kind: 'report' }));
    assert.equal(found?.held, 'fails');
    assert.match(found.story ?? '', /let go by clause tracks/);
  } finally {
    Object.assign(never, { permits });
  }
});
