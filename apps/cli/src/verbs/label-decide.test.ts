import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../../../../tests/shared-data.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'concord-decide-'));
after(() => rmSync(dir, { recursive: true }));

function concord(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'label', ...args]);
  return { status, out: stdout.toString(), err: stderr.toString() };
}

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const policy = file(
  'oak.xml',
  `<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" creationDate="20260101000000Z" originatorDN="CN=Oak"
  keyIdentifier="00" privilegeId="2.25.3.9" rbacId="2.25.3.8"><securityPolicyId name="OAK" id="2.25.3"/>
  <securityClassifications><securityClassification name="OPEN" lacv="1" hierarchy="1"/>
  <securityClassification name="CLOSED" lacv="2" hierarchy="2"><markingData xml:lang="fr" phrase="FERMÉ">
  <code>pageTop</code></markingData></securityClassification></securityClassifications></SPIF>`,
);
const label = (level: string) =>
  file(`${level}.json`, JSON.stringify({ policy: 'OAK', classification: level, dataMode: 'TEST' }));
const clearance = file('clearance.json', JSON.stringify({ policy: 'OAK', classifications: ['OPEN'] }));

test('a label is decided for a clearance, with marking and reasons', () => {
  const { status, out } = concord('decide', '--policy', policy, '--clearance', clearance, label('OPEN'));
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(out), {
    valid: true,
    marking: 'OAK OPEN',
    clearanceMarking: '{OPEN}',
    decision: 'release',
    reasons: [],
  });
  const denied = concord(
    'decide',
    '--policy',
    policy,
    '--lang',
    'fr',
    '--clearance',
    clearance,
    label('CLOSED'),
  );
  assert.equal(denied.status, 1);
  const { marking, decision, reasons } = JSON.parse(denied.out);
  assert.deepEqual([marking, decision, reasons[0].code], ['OAK FERMÉ', 'deny', 'classification-not-held']);
});

test('without a clearance a label is valid, or denied to all', () => {
  const valid = concord('decide', '--policy', policy, label('OPEN'));
  assert.deepEqual([valid.status, JSON.parse(valid.out).decision], [0, null]);
  const invalid = concord('decide', '--policy', policy, label('SHUT'));
  assert.deepEqual([invalid.status, JSON.parse(invalid.out).decision], [1, 'deny']);
});

test('bad usage and bad input have status 2', () => {
  const bad = file('bad.xml', '<!DOCTYPE SPIF><SPIF/>');
  for (const args of [
    [label('OPEN')],
    ['--policy', policy],
    ['--policy', bad, label('OPEN')],
    ['--policy', policy, join(dir, 'absent')],
    ['--policy', policy, '--at', 'soon', label('OPEN')],
    ['--policy', policy, '--clearance', bad, label('OPEN')],
    ['--policy', policy, file('other.json', '{"policy":"ASH","classification":"A","dataMode":"TEST"}')],
  ])
    assert.equal(concord('decide', ...args).status, 2, args.join(' '));
});

test('a label in BER is read as far as its policy', { skip: !sharedData('labels/spiffing') }, () => {
  const { status, err } = concord(
    'decide',
    '--policy',
    policy,
    sharedData('labels/spiffing/stupid-label.ber') ?? '',
  );
  assert.equal(status, 2);
  assert.match(err, /Unknown policy id: 1\.1/);
});

for (const notation of ['adatp4774', 'stix']) {
  test(`a label goes to ${notation} and back`, () => {
    const json = JSON.stringify({
      policy: 'OAK',
      classification: 'OPEN',
      caveats: ['ORCON'],
      dataMode: 'TEST',
    });
    const made = concord('convert', '--from', 'json', '--to', notation, file('one.json', json));
    assert.equal(made.status, 0, made.err);
    const back = concord('convert', '--from', notation, '--to', 'banner', file('other', made.out));
    assert.deepEqual([back.status, back.out], [0, 'OAK OPEN // ORCON // TEST\n'], back.err);
  });
}

test('XML in no namespace is refused, or taken leniently with a word about it', () => {
  const bare = file(
    'bare.xml',
    '<originatorConfidentialityLabel><ConfidentialityInformation><PolicyIdentifier>OAK</PolicyIdentifier>' +
      '<Classification>OPEN</Classification></ConfidentialityInformation></originatorConfidentialityLabel>',
  );
  assert.equal(concord('convert', '--from', 'adatp4774', '--to', 'banner', bare).status, 2);
  const { status, out, err } = concord('convert', '--from', 'adatp4774', '--to', 'banner', '--lenient', bare);
  assert.deepEqual([status, out], [0, 'OAK OPEN // REAL\n']);
  assert.match(err, /bare\.xml:1:1: .* is in no namespace/);
});

test('notations that are read only are not written', () => {
  assert.equal(concord('convert', '--from', 'json', '--to', 'adatp4778', label('OPEN')).status, 2);
});
