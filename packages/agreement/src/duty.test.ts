import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Duty, type DutyEvent, dutiesOpenedBy, readAgreement } from './index.ts';

const folder = new URL('../fixtures/', import.meta.url);
const text = readFileSync(new URL('valid/everything.yaml', folder), 'utf8');
const square = readFileSync(new URL('areas/roads.geojson', folder), 'utf8');
const terms = readAgreement(text, { file: () => square }).terms!;
const [elm, fir] = terms.parties.map((one) => one.id) as [
  (typeof terms.parties)[0]['id'],
  (typeof terms.parties)[0]['id'],
];
const hour = 3_600_000;
const day = 24 * hour;
const short = ({ kind, owedBy, to, authority, from, due }: Duty) =>
  `${owedBy} ${kind} to ${[...to, ...(authority ? ['authority'] : [])].join('+')} ${from / day}..${due / day}`;
const opened = (event: DutyEvent, endedAt?: number) => dutiesOpenedBy(terms, event, endedAt).map(short);

test('a recall obliges each recipient to acknowledge, destroy and certify, and nobody else', () => {
  const recall: DutyEvent = { kind: 'recall', at: day, by: elm, to: [elm, fir] };
  assert.deepEqual(opened(recall), [
    `fir acknowledge-recall to elm 1..${1 + 1 / 24}`,
    'fir destroy to elm 1..8',
    'fir certify-destruction to elm 1..8',
  ]);
});

test('an incident is told to the others and the authority; a change of law is told and talked over', () => {
  assert.deepEqual(opened({ kind: 'incident', at: 0, by: fir }), [
    'fir notify-incident to elm+authority 0..1',
  ]);
  assert.deepEqual(opened({ kind: 'law-change', at: 0, by: elm }), [
    'elm notify-law-change to fir+authority 0..30',
    'elm consult to fir 0..60',
    'fir consult to elm 0..60',
  ]);
});

test('the steps of a dispute follow one another', () => {
  assert.deepEqual(opened({ kind: 'dispute', at: 0, by: elm, with: fir }), [
    'elm consult to fir 0..30',
    'fir consult to elm 0..30',
    'elm refer-to-authority to fir+authority 30..90',
  ]);
  assert.deepEqual(opened({ kind: 'dispute', at: 0, by: elm, with: elm }), []);
});

test('what was received is destroyed when its clause says so; at the end all of it goes back', () => {
  assert.deepEqual(opened({ kind: 'receipt', at: 0, clause: 'ships' }), ['fir destroy to elm 0..30']);
  assert.deepEqual(opened({ kind: 'receipt', at: 0, clause: 'pictures' }), []);
  assert.deepEqual(opened({ kind: 'end', at: 0 }), ['fir return to elm 0..90', 'elm return to fir 0..90']);
});

test('after the end only what survives it obliges anybody, and strangers never do', () => {
  assert.equal(opened({ kind: 'recall', at: 5, by: elm, to: [fir] }, 5).length, 3);
  assert.equal(opened({ kind: 'receipt', at: 5, clause: 'ships' }, 5).length, 1);
  assert.deepEqual(opened({ kind: 'incident', at: 5, by: elm }, 5), []);
  assert.equal(opened({ kind: 'incident', at: 4, by: elm }, 5).length, 1);
  assert.deepEqual(opened({ kind: 'law-change', at: 5, by: elm }, 5), []);
  assert.deepEqual(opened({ kind: 'incident', at: 0, by: 'ash' as typeof elm }), []);
});
