import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../tests/shared-data.ts';
import { type AisBatch, AisDecoder, AisError, type AisReport } from './index.ts';

/** Closes the body of a sentence or tag block with its checksum. */
const closed = (body: string): string => {
  let sum = 0;
  for (const character of body) sum ^= character.charCodeAt(0);
  return `${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const sentence = (body: string): string => `!${closed(body)}`;
const tags = (body: string): string => `\\${closed(body)}\\`;

// 168 bits of type 1: `1` then zeros, so MMSI 0, latitude and longitude 0.
const ZERO_POSITION = `1${'0'.repeat(27)}`;
const single = (payload = ZERO_POSITION): string => sentence(`AIVDM,1,1,,A,${payload},0`);
// 424 bits of type 5 in two sentences.
const first = (sequence = 1): string => sentence(`AIVDM,2,1,${sequence},A,5${'0'.repeat(55)},0`);
const second = (sequence = 1): string => sentence(`AIVDM,2,2,${sequence},A,${'0'.repeat(15)},2`);

function decode(text: string | Uint8Array): AisBatch {
  const decoder = new AisDecoder();
  const batch = decoder.push(text);
  const end = decoder.end();
  return { reports: [...batch.reports, ...end.reports], faults: [...batch.faults, ...end.faults] };
}

test('a message tells where in the stream it ends', () => {
  const line = `${single()}\r\n`;
  const decoder = new AisDecoder({ startOffset: 1000 });
  const { reports } = decoder.push(line + line);
  assert.deepEqual(
    reports.map((report) => [report.line, report.byteOffset, report.through]),
    [
      [1, 1000, 1000 + line.length],
      [2, 1000 + line.length, 1000 + 2 * line.length],
    ],
  );
  assert.equal(decoder.through, 1000 + 2 * line.length);
});

test('a stream cut at any byte gives the same messages and places', () => {
  const time = `$${closed('PGHP,1,2020,2,3,4,5,6,7,219,,21900,1,')}`;
  const stream = `\ufeff${[single(), first(), time, 'noise', single(), second(), `x${'y'.repeat(3000)}`, single()].join('\r\n')}`;
  const whole = decode(stream);
  assert.equal(whole.reports.length, 4);
  const bytes = new TextEncoder().encode(stream);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }), (sizes) => {
      const decoder = new AisDecoder();
      const got: AisBatch = { reports: [], faults: [] };
      const take = (batch: AisBatch): void => {
        got.reports.push(...batch.reports);
        got.faults.push(...batch.faults);
      };
      let at = 0;
      for (let i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length] as number;
        take(decoder.push(bytes.subarray(at, at + size)));
        at += size;
      }
      take(decoder.end());
      assert.deepEqual(got, whole);
      assert.equal(decoder.through, bytes.length);
    }),
    { numRuns: 200 },
  );
});

test('a group under way holds `through` back to its first line until it is whole', () => {
  const decoder = new AisDecoder();
  const before = `${single()}\n`;
  decoder.push(before);
  const between = decoder.push(`${first()}\n${single()}\n`).reports[0] as AisReport;
  assert.equal(between.through, before.length);
  assert.equal(decoder.through, before.length);
  const whole = decoder.push(`${second()}\n`).reports[0] as AisReport;
  assert.equal(whole.message.type, 5);
  assert.equal(whole.byteOffset, before.length);
  assert.equal(whole.through, decoder.through);
  assert.equal(whole.through, `${single()}\n${first()}\n${single()}\n${second()}\n`.length);
});

test('a group that stays incomplete is reported after so many lines and lets `through` go', () => {
  const decoder = new AisDecoder({ pendingLines: 3 });
  decoder.push(`${first()}\n`);
  for (let i = 0; i < 3; i++) assert.deepEqual(decoder.push(`${single()}\n`).faults, []);
  const [fault] = decoder.push(`${single()}\n`).faults;
  assert.deepEqual(fault, { line: 1, byteOffset: 0, reason: 'incomplete', text: first().slice(0, 80) });
  assert.equal(decoder.through, `${first()}\n`.length + 4 * `${single()}\n`.length);
});

test('the number of groups under way is bounded', () => {
  const decoder = new AisDecoder({ pendingGroups: 2 });
  const { faults } = decoder.push(`${[1, 2, 3, 4].map(first).join('\n')}\n`);
  assert.deepEqual(
    faults.map((fault) => [fault.reason, fault.line]),
    [
      ['incomplete', 1],
      ['incomplete', 2],
    ],
  );
});

test('parts may come in the wrong order, and groups interleaved', () => {
  const { reports, faults } = decode([second(1), first(2), second(2), first(1)].join('\n'));
  assert.deepEqual(faults, []);
  assert.deepEqual(
    reports.map((report) => [report.message.type, report.line]),
    [
      [5, 3],
      [5, 4],
    ],
  );
});

test('a part that comes twice starts its group again', () => {
  const { reports, faults } = decode([first(), first(), second()].join('\n'));
  assert.deepEqual([reports.length, reports[0]?.byteOffset], [1, first().length + 1]);
  assert.deepEqual(
    faults.map((fault) => [fault.reason, fault.line]),
    [['incomplete', 1]],
  );
});

test('a tag block gives time in seconds or milliseconds, and the station', () => {
  const seconds = decode(tags('s:north,c:1577933106') + single()).reports[0];
  assert.deepEqual([seconds?.time, seconds?.source], [1577933106000, 'north']);
  const milliseconds = decode(tags('c:1577933106250') + single()).reports[0];
  assert.deepEqual([milliseconds?.time, milliseconds?.source], [1577933106250, null]);
});

test('a tag block on a line of its own belongs to the next sentence only', () => {
  const { reports } = decode([tags('si:EAST'), single(), single()].join('\n'));
  assert.deepEqual(
    reports.map((report) => report.source),
    ['EAST', null],
  );
});

test('a tag block with a wrong checksum is reported and its sentence decoded without it', () => {
  const { reports, faults } = decode(`\\c:1577933106*00\\${single()}`);
  assert.deepEqual([reports.length, reports[0]?.time], [1, null]);
  assert.deepEqual(
    faults.map((fault) => fault.reason),
    ['tag-block'],
  );
});

test('a group tag keeps sentences of two stations with one sequence number apart', () => {
  const lines = [
    tags('g:1-2-77,s:one') + first(),
    tags('g:1-2-78,s:two') + first(),
    tags('g:2-2-77') + second(),
    tags('g:2-2-78') + second(),
  ];
  const { reports, faults } = decode(lines.join('\n'));
  assert.deepEqual(faults, []);
  assert.deepEqual(
    reports.map((report) => report.source),
    ['one', 'two'],
  );
});

test('a time line gives its time to the sentence whose checksum it names', () => {
  const line = single();
  const time = (sum: string): string => `$${closed(`PGHP,1,2020,2,3,4,5,6,7,219,,21900,1,${sum}`)}`;
  const right = decode(`${time(line.slice(-2))}\n${line}\n${line}`).reports;
  assert.deepEqual(
    right.map((report) => [report.time, report.source]),
    [
      [Date.UTC(2020, 1, 3, 4, 5, 6, 7), '21900'],
      [null, null],
    ],
  );
  assert.equal(decode(`${time('FF')}\n${line}`).reports[0]?.time, null);
});

test('a time line names all sums of a group, XORed', () => {
  const sum = Number.parseInt(first().slice(-2), 16) ^ Number.parseInt(second().slice(-2), 16);
  const time = (text: string): string => `$${closed(`PGHP,1,2020,2,3,4,5,6,7,219,,,1,${text}`)}`;
  const group = `${first()}\n${second()}\n`;
  const hex = sum.toString(16).padStart(2, '0');
  assert.equal(decode(`${time(hex)}\n${group}`).reports[0]?.time, Date.UTC(2020, 1, 3, 4, 5, 6, 7));
  assert.equal(decode(`${time('FF')}\n${group}`).reports[0]?.time, null);
});

test('time lines without sentences do not hold `through` back for ever', () => {
  const decoder = new AisDecoder();
  const line = `$${closed('PGHP,1,2020,2,3,4,5,6,7,219,,21900,1,')}\n`;
  decoder.push(line.repeat(50));
  assert.equal(decoder.through, 49 * line.length);
  decoder.push('\n'.repeat(20));
  assert.equal(decoder.through, 50 * line.length + 20);
});

test('a coast guard trailer gives station and time', () => {
  const [report] = decode(`${single()},d-080,S2118,t050056.00,T56.48,r003669946,1325394060`).reports;
  assert.deepEqual([report?.source, report?.time], ['r003669946', 1325394060000]);
});

test('own-ship sentences and any talker are read', () => {
  const [own] = decode(sentence(`ABVDO,1,1,,,${ZERO_POSITION},0`)).reports;
  assert.deepEqual([own?.own, own?.channel, own?.message.type], [true, null, 1]);
  assert.equal(decode(sentence(`--VDM,1,1,,B,${ZERO_POSITION},0`)).reports[0]?.channel, 'B');
});

test('sentences are kept on demand, without what surrounds them', () => {
  const decoder = new AisDecoder({ keepSentences: true });
  const { reports } = decoder.push(`${tags('s:a') + first()}\n${second()}\n`);
  assert.deepEqual(reports[0]?.sentences, [first(), second()]);
});

const BAD: readonly (readonly [string, string])[] = [
  ['noise', 'not-a-sentence'],
  ['y'.repeat(2000), 'line-too-long'],
  [single().replace('AIVDM', 'AJVDM'), 'checksum'],
  [single().slice(0, -3), 'checksum'],
  [single().slice(0, -1), 'checksum'],
  ['$GPGGA,1*00', 'checksum'],
  [sentence(`AIVDM,0,1,,A,${ZERO_POSITION},0`), 'syntax'],
  [sentence(`AIVDM,1,2,,A,${ZERO_POSITION},0`), 'syntax'],
  [sentence(`AIVDM,1,1,x,A,${ZERO_POSITION},0`), 'syntax'],
  [sentence(`AIVDM,1,1,,A,${ZERO_POSITION},6`), 'syntax'],
  [sentence(`AIVDM,1,1,,A,${ZERO_POSITION}`), 'syntax'],
  [sentence('AIVDM,1,1,,'), 'syntax'],
  [sentence('AIVDM,1,1,,B,,0'), 'payload'],
  [sentence(`AIVDM,1,1,,A,1${'0'.repeat(26)}z,0`), 'payload'],
  [sentence(`AIVDM,1,1,,A,1${'0'.repeat(20)},0`), 'truncated'],
  [sentence('AIVDM,1,1,,A,0,0'), 'truncated'],
  [sentence(`AIVDM,1,1,,A,H00000<${'0'.repeat(21)},0`), 'reserved'],
  [first(), 'incomplete'],
  [`\\s:x${single()}`, 'tag-block'],
  ['$PGHP,1,2020*00', 'time-line'],
  [`$${closed('PGHP,1,2020,13,3,4,5,6,7,219,,21900,1,')}`, 'time-line'],
];
for (const [line, reason] of BAD) {
  test(`${reason}: ${line.slice(0, 50)}`, () => {
    const { reports, faults } = decode(`${single()}\n${line}\n${single()}\n`);
    assert.equal(reports.filter((report) => report.line !== 2).length, 2);
    assert.equal(faults.length, 1);
    const [fault] = faults;
    assert.deepEqual([fault?.line, fault?.byteOffset, fault?.reason], [2, single().length + 1, reason]);
    assert.ok((fault?.text.length ?? 99) <= 80);
  });
}

test('comments, blank lines and other whole sentences say nothing', () => {
  assert.deepEqual(decode(`# note\n\n  \n$${closed('GPGLL,1,2,3')}\n`), { reports: [], faults: [] });
});

test('nothing that is pushed makes it throw, and every byte is done with at the end', () => {
  const bit = fc.constantFrom(
    '!AIVDM,',
    '\\g:1-2-3',
    '\\',
    ',',
    '*',
    '\n',
    '2,1,1,A,',
    '$PGHP,1,',
    single(),
    first(),
  );
  const noise = fc.array(fc.oneof(bit, fc.string()), { maxLength: 30 }).map((bits) => bits.join(''));
  fc.assert(
    fc.property(fc.oneof(noise, fc.uint8Array({ maxLength: 300 })), (data) => {
      const decoder = new AisDecoder();
      decoder.push(data);
      decoder.end();
      assert.equal(
        decoder.through,
        typeof data === 'string' ? new TextEncoder().encode(data).length : data.length,
      );
    }),
    { numRuns: 2000 },
  );
});

test('one flipped byte of a sentence never gives a message', () => {
  const line = new TextEncoder().encode(single());
  for (let i = 1; i < line.length; i++) {
    const bad = line.slice();
    bad[i] = (bad[i] as number) ^ 1;
    assert.deepEqual(decode(bad).reports, [], `byte ${i}`);
  }
});

test('options that make no sense are refused', () => {
  assert.throws(
    () => new AisDecoder({ pendingLines: 0 }),
    (error) => error instanceof AisError && error.code === 'option-range',
  );
});

test('a real Danish stream decodes whole, with the time of every message that follows a time line', (t) => {
  const path = sharedData('ais/aislib-stream_example.txt');
  if (path === undefined) return t.skip('shared data absent');
  const { reports, faults } = decode(readFileSync(path));
  assert.deepEqual(faults, []);
  assert.equal(reports.length, 4051);
  for (const report of reports) {
    const hours = ((report.time ?? 0) - Date.UTC(2010, 5, 11)) / 3.6e6;
    assert.ok(hours > 0 && hours < 24, `line ${report.line}`);
  }
});
