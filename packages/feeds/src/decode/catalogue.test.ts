import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CONTEXT, counted, inPieces, interrupted, onePass } from './passes.testing.ts';
import { recording } from './recording.testing.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the catalogue of June 2026 gives its 15,699 element sets and no complaint', (t) => {
  const bytes = recording(t, 'sat/catalog/active-2026-06-14.tle');
  if (bytes === undefined) return;
  const { items, quarantined, through } = onePass(bytes, 'tle');
  assert.deepEqual(counted(items), { 'orbit.elset': 15_699 });
  assert.deepEqual(quarantined, []);
  assert.equal(through, bytes.length);
  assert.equal(new Set(items.map((item) => item.series)).size, 15_699);
  assert.ok(items.every((item) => new Date(item.time).getUTCFullYear() === 2026));
});

test('an interrupted catalogue, taken up at `through`, gives what one pass gives, as TLE and as OMM', (t) => {
  const tle = recording(t, 'sat/catalog/weather-2026-06-14.tle');
  const omm = recording(t, 'sat/omm/glonass_ops_sample.json');
  if (tle === undefined || omm === undefined) return;
  for (const [format, bytes] of [
    ['tle', tle],
    ['omm', omm],
  ] as const) {
    const whole = onePass(bytes, format).items;
    assert.ok(whole.length > 5);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { minLength: 1, maxLength: 6 }), (breaks) => {
        assert.deepEqual(interrupted(bytes, format, breaks).items, whole);
      }),
      { numRuns: 30 },
    );
  }
});

test('a bad record costs only itself and is quarantined with its place', (t) => {
  const bytes = recording(t, 'sat/omm/beidou_sample.json');
  if (bytes === undefined) return;
  const text = new TextDecoder().decode(bytes);
  const whole = onePass(bytes, 'omm').items;
  const spoilt = text.replace('"ECCENTRICITY": 0.0059014', '"ECCENTRICITY": "tiny"');
  const { items, quarantined } = onePass(bytesOf(spoilt), 'omm');
  assert.equal(items.length, whole.length - 1);
  const [entry] = quarantined;
  assert.equal(quarantined.length, 1);
  assert.equal(entry?.code, 'value');
  assert.equal(entry?.place.field, 'ECCENTRICITY');
  assert.equal(spoilt.slice(entry?.place.byte)[0], '{');
});

test('a long run of lines that are no elements makes one entry', () => {
  const { items, quarantined } = onePass(
    bytesOf('this is no catalogue at all, it is prose\n'.repeat(500)),
    'tle',
  );
  assert.equal(items.length, 0);
  assert.equal(quarantined.length, 1);
  assert.equal(quarantined[0]?.place.byte, 0);
  assert.ok((quarantined[0]?.place.length ?? 0) > 20_000);
});

test('what the feed knows of a satellite’s sensor stands in its record', (t) => {
  const bytes = recording(t, 'sat/omm/25544.json');
  if (bytes === undefined) return;
  const imaging = new Map([[25544, { halfSwath_km: 40 }]]);
  const [item] = onePass(bytes, 'omm', { ...CONTEXT, imaging }).items;
  assert.equal(item?.series, '25544');
  assert.deepEqual(item?.record['imaging'], { halfSwath_km: 40 });
  assert.equal('imaging' in (onePass(bytes, 'omm').items[0]?.record ?? {}), false);
});

test('no bytes make it throw, however they are cut', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.constantFrom('[{', '"EPOCH":', '}]', '1 25544U', '2 25544', '\n').map((text) => bytesOf(text)),
  );
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 20 }),
      sizes,
      fc.constantFrom('tle', 'omm'),
      (parts, cuts, format) => {
        const bytes = new Uint8Array(parts.flatMap((part) => [...part]));
        const { items, through } = inPieces(bytes, format, cuts);
        assert.equal(items.length, 0);
        assert.equal(through, bytes.length);
      },
    ),
    { numRuns: 150 },
  );
});
