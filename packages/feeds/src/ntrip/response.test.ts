import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FeedError } from '../error.ts';
import { NtripResponse } from './response.ts';

const DATA = '\u00d3\u0000\u0013data\r\n\r\nmore';

const ANSWERS: readonly [name: string, answer: string, version: 1 | 2][] = [
  ['version 1 with a blank line', `ICY 200 OK\r\n\r\n${DATA}`, 1],
  ['version 1 with data at once', `ICY 200 OK\r\n${DATA}`, 1],
  [
    'version 2 in chunks',
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n${DATA.slice(0, 5)}\r\nA;x=1\r\n${DATA.slice(5)}\r\n0\r\nA: b\r\n\r\n`,
    2,
  ],
  ['version 2 without chunks', `HTTP/1.1 200 OK\nContent-Type: gnss/data\n\n${DATA}`, 2],
];

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function read(answer: Uint8Array, sizes: readonly number[]): { text: string; response: NtripResponse } {
  const response = new NtripResponse();
  let text = '';
  for (let at = 0, turn = 0; at < answer.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    for (const piece of response.push(answer.subarray(at, at + size))) text += String.fromCharCode(...piece);
    at += size;
  }
  return { text, response };
}

for (const [name, answer, version] of ANSWERS) {
  test(`${name}: the body comes out, however the answer is cut`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }), (sizes) => {
        const { text, response } = read(bytesOf(answer), sizes);
        assert.equal(text, DATA);
        assert.deepEqual(response.head, { version, content: 'stream' });
      }),
    );
  });
}

const REFUSALS: readonly [answer: string, code: string][] = [
  ['HTTP/1.1 401 Unauthorized\r\n\r\n', 'unauthorised'],
  ['ERROR - Bad Password\r\n', 'unauthorised'],
  ['HTTP/1.1 404 Not Found\r\n\r\n', 'no-such-mount'],
  ['ERROR - Mount Point Taken or Invalid\r\n', 'no-such-mount'],
  ['HTTP/1.1 503 Busy\r\n\r\n', 'protocol'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n', 'protocol'],
  ['SSH-2.0-server\r\n', 'protocol'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'protocol'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n', 'protocol'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n', 'protocol'],
  [`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(5000)}`, 'protocol'],
  ['x'.repeat(2000), 'protocol'],
];

for (const [answer, code] of REFUSALS) {
  test(`"${answer.slice(0, 40).trim().replaceAll('\r\n', ' ')}" is ${code}`, () => {
    assert.throws(() => read(bytesOf(answer), [answer.length]), { name: 'FeedError', code });
  });
}

test('no answer makes it throw anything but a FeedError', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('ICY 200 OK\r\n', 'HTTP/1.1 200 OK\r\n', 'Transfer-Encoding: chunked\r\n\r\n', '5\r\n'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      try {
        read(new TextEncoder().encode(pieces.join('')), [7]);
      } catch (error) {
        assert.ok(error instanceof FeedError);
      }
    }),
  );
});
