import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { createReaders } from '../readers/readers.ts';
import { createClasses } from './classes.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createReceiptLog } from './receipts.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

test('one text has one number, however many ask at once and however long it is', async () => {
  const classes = createClasses(tested.database);
  const long = 'x'.repeat(20_000);
  const ids = await Promise.all(Array.from({ length: 20 }, () => classes.internLabel(long)));
  assert.equal(new Set(ids).size, 1);
  assert.notEqual(await classes.internLabel(`${long}y`), ids[0]);
  assert.deepEqual(
    (await classes.labels()).map(({ text }) => text.length),
    [20_000, 20_001],
  );

  const stream = await classes.internStream('alder/coast/ais.position', 'alder', 'ais.position');
  assert.equal(await classes.internStream('alder/coast/ais.position', 'alder', 'ais.position'), stream);
  assert.deepEqual(await classes.streams(), [
    { id: stream, name: 'alder/coast/ais.position', party: 'alder', kind: 'ais.position' },
  ]);
  const facts = { originators: ['alder'], levels: [1, null] };
  const release = await classes.internReleaseClass('r', facts);
  const subject = await classes.internSubjectClass('s', {});
  assert.deepEqual(await classes.releaseClasses(), [{ id: release, key: 'r', facts }]);
  assert.deepEqual(await classes.subjectClasses(), [{ id: subject, key: 's', facts: {} }]);
});

test('what is allowed is replaced, widened, narrowed and cleared by subject, by release class and by cell', async () => {
  const classes = createClasses(tested.database);
  const cells = async (): Promise<string[]> =>
    (await classes.allowed()).map((cell) => `${cell.subjectClass}:${cell.releaseClass}:${cell.rung}`);
  await classes.replaceAllowed(1, [
    { releaseClass: 1, rung: 0 },
    { releaseClass: 2, rung: 3 },
  ]);
  await classes.replaceAllowed(2, [{ releaseClass: 1, rung: 5 }]);
  await classes.replaceAllowed(1, [
    { releaseClass: 2, rung: 1 },
    { releaseClass: 3, rung: 0 },
  ]);
  assert.deepEqual(await cells(), ['1:2:1', '1:3:0', '2:1:5']);
  await classes.setAllowedForReleaseClass(3, [
    { subjectClass: 1, rung: 2 },
    { subjectClass: 2, rung: 0 },
  ]);
  await classes.setAllowedForReleaseClass(4, []);
  assert.deepEqual(await cells(), ['1:2:1', '1:3:2', '2:1:5', '2:3:0']);
  await classes.changeAllowed({
    deny: [
      { subjectClass: 1, releaseClass: 2 },
      { subjectClass: 2, releaseClass: 3 },
      { subjectClass: 9, releaseClass: 9 },
    ],
    allow: [{ subjectClass: 1, releaseClass: 5, rung: 0 }],
  });
  assert.deepEqual(await cells(), ['1:3:2', '1:5:0', '2:1:5']);
  await classes.clearAllowed(1);
  assert.deepEqual(await cells(), ['2:1:5']);
  await classes.replaceAllowed(2, []);
  assert.deepEqual(await cells(), []);
});

test('a change that is wrong in one cell changes nothing', async () => {
  const classes = createClasses(tested.database);
  await classes.replaceAllowed(3, [{ releaseClass: 1, rung: 0 }]);
  for (const rung of [6, -1, 0.5]) {
    await assert.rejects(classes.replaceAllowed(3, [{ releaseClass: 2, rung }]), { code: 'bad-option' });
    await assert.rejects(
      classes.changeAllowed({
        deny: [{ subjectClass: 3, releaseClass: 1 }],
        allow: [{ subjectClass: 3, releaseClass: 2, rung }],
      }),
      { code: 'bad-option' },
    );
  }
  const twice = { subjectClass: 3, releaseClass: 2, rung: 0 };
  await assert.rejects(classes.changeAllowed({ deny: [], allow: [twice, { ...twice, rung: 1 }] }), {
    code: 'query-failed',
  });
  assert.deepEqual(
    (await classes.allowed()).filter(({ subjectClass }) => subjectClass === 3),
    [{ subjectClass: 3, releaseClass: 1, rung: 0 }],
  );
});

test('a matrix of 500 by 100 cells goes in with one change and out with another', async () => {
  const classes = createClasses(tested.database);
  const allow = Array.from({ length: 50_000 }, (_, n) => ({
    subjectClass: 100 + (n % 100),
    releaseClass: 1 + Math.floor(n / 100),
    rung: n % 6,
  }));
  await classes.changeAllowed({ deny: [], allow });
  assert.equal((await classes.allowed()).filter(({ subjectClass }) => subjectClass >= 100).length, 50_000);
  await classes.changeAllowed({ deny: allow, allow: [] });
  assert.equal((await classes.allowed()).filter(({ subjectClass }) => subjectClass >= 100).length, 0);
});

test('receipts are appended whole or not at all, and only their parties read what opens them', async () => {
  const log = createReceiptLog(tested.database);
  const entry = (index: number, ...parties: string[]) => ({
    log: 'strait-watch',
    index,
    leaf: new Uint8Array([index, 0, 255]),
    salt: new Uint8Array(16).fill(index),
    opening: { index },
    parties,
  });
  assert.equal(await log.receiptCount('strait-watch'), 0);
  await log.appendReceipts([entry(0, 'alder', 'birch'), entry(1, 'alder', 'cedar')]);
  await assert.rejects(log.appendReceipts([entry(2, 'alder'), entry(1, 'alder')]), { code: 'query-failed' });
  assert.equal(await log.receiptCount('strait-watch'), 2);
  assert.deepEqual(await log.leaves('strait-watch', 1, 10), [new Uint8Array([1, 0, 255])]);
  assert.deepEqual(await log.logs(), ['strait-watch']);

  const readers = createReaders(tested.database);
  const indices = (party: string): Promise<number[]> =>
    readers.asSubject(0, party, async (reader) =>
      (await reader.receipts('strait-watch', 0, 10)).map(({ index }) => index),
    );
  assert.deepEqual(await indices('alder'), [0, 1]);
  assert.deepEqual(await indices('birch'), [0]);
  assert.deepEqual(await indices("birch' or true --"), []);
  await assert.rejects(indices('birch\0'), { code: 'bad-option' });
  const [own] = await readers.asSubject(0, 'birch', (reader) => reader.receipts('strait-watch', 0, 10));
  assert.deepEqual([own?.salt, own?.opening], [Buffer.alloc(16), { index: 0 }]);
});

test('quarantine keeps the newest of each party, a start of the bytes, and texts that no database could hold', async () => {
  const house = createHousekeeping(tested.database);
  const entry = (n: number, party = 'alder') => ({
    party,
    feed: 'coast',
    code: 'checksum',
    message: `n ${n}`,
    place: { line: n },
    bytes: new Uint8Array(10_000).fill(7),
  });
  await house.quarantine([entry(-1, 'birch')]);
  await house.quarantine(Array.from({ length: 10_050 }, (_, n) => entry(n)));
  await house.quarantine([{ ...entry(0), message: 'a\0b\ud800', place: { text: '\0\udc00' } }]);
  const readers = createReaders(tested.database);
  const read = (party: string, before?: number) =>
    readers.asSubject(0, party, (reader) => reader.quarantine(20_000, before));
  const kept = await read('alder');
  assert.equal(kept.length, 10_000);
  assert.equal(kept[0]?.message, 'a\ufffdb\ufffd');
  assert.deepEqual(kept[0]?.place, { text: '\ufffd\ufffd' });
  assert.deepEqual([kept[1]?.message, kept.at(-1)?.message], ['n 10049', 'n 51']);
  assert.equal(kept[1]?.bytes.length, 4096);
  assert.equal((await read('alder', kept.at(-1)?.id)).length, 0);
  assert.deepEqual(
    (await read('birch')).map(({ message }) => message),
    ['n -1'],
  );
});

test('sessions, revoked tokens and settings are kept', async () => {
  const house = createHousekeeping(tested.database);
  const session = { id: 'a', officer: 'ada@alder', reference: 'hash', facts: { n: 1 }, expires: 5000 };
  await house.insertSession(session);
  assert.deepEqual(await house.sessionByReference('hash'), session);
  assert.equal(await house.sessionByReference('other'), undefined);
  await house.updateSession('a', { n: 2 });
  assert.deepEqual(await house.sessionById('a'), { ...session, facts: { n: 2 } });
  assert.deepEqual(await house.sessionsOf('ada@alder'), await house.sessions());
  assert.equal(await house.removeSession('a'), true);
  assert.equal(await house.removeSession('a'), false);
  assert.deepEqual(await house.sessions(), []);

  await house.revokeToken('t', 1000);
  await house.revokeToken('t', 3000);
  await house.revokeToken('u', 1000);
  await house.pruneTokens(2000);
  assert.deepEqual(await house.revokedTokens(), [{ id: 't', expires: 3000 }]);

  assert.equal(await house.setting('k'), undefined);
  await house.saveSetting('k', { a: [1] });
  await house.saveSetting('k', null);
  assert.equal(await house.setting('k'), null);
  assert.equal(await house.runProgress('none'), undefined);
});
