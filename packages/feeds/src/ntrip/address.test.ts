import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FeedError } from '../error.ts';
import { checkedAddress, parseNtripUrl, publicAddress } from './address.ts';
import { ntripRequest } from './request.ts';

test('a URL gives host, port, mount, name and password, and is shown without the last two', () => {
  const address = parseNtripUrl('ntrips://gauge:p%40ss%3Aword@[::1]:4443/XR1');
  assert.deepEqual(address, {
    host: '::1',
    port: 4443,
    mount: 'XR1',
    secure: true,
    user: 'gauge',
    password: 'p@ss:word',
  });
  assert.equal(publicAddress(address), 'ntrips://[::1]:4443/XR1');
  assert.deepEqual(parseNtripUrl('ntrip://caster.example/'), {
    host: 'caster.example',
    port: 2101,
    mount: '',
    secure: false,
  });
});

test('what is refused is refused without being repeated', () => {
  for (const text of [
    'ntrip://u:secret@',
    'http://u:secret@h/M',
    'secret',
    'ntrip://u:%zzsecret@h/M',
    'ntrip://h:0/M',
  ]) {
    assert.throws(
      () => parseNtripUrl(text),
      (error) => {
        assert.ok(error instanceof FeedError && error.code === 'argument');
        return !error.message.includes('secret');
      },
    );
  }
});

test('nothing in an address can add a line to the request', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('\r', '\n', ' ', 'A', ':', '\u0000', 'é'),
    minLength: 1,
  });
  fc.assert(
    fc.property(hostile, hostile, hostile, (mount, user, password) => {
      const address = { host: 'h', port: 1, secure: false, mount, user, password };
      let request: string;
      try {
        request = ntripRequest(checkedAddress(address), 2);
      } catch (error) {
        assert.ok(error instanceof FeedError);
        return;
      }
      assert.equal(request.split('\r\n').length, 8);
      assert.equal(request.split('\n').length, 8);
    }),
  );
});
