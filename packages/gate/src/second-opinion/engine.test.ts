import assert from 'node:assert/strict';
import { test } from 'node:test';
import { item, reader } from '../testing/small-world.ts';
import { Engine } from './engine.ts';
import { entity, itemEntity, readerEntity } from './entities.ts';

const PERMIT = 'permit (principal, action, resource);';
const question = {
  principal: readerEntity(reader(), [], undefined),
  resource: itemEntity(item(), []),
  context: {
    originator: entity('Party', 'alder'),
    others: [],
    door: entity('Door', 'api'),
    inForce: [],
    promises: [],
    thirdRules: [],
    live: [],
    lapsed: [],
    opened: [],
    suspected: [],
    joined: { cell: 7, areas: [] },
  },
};
const ask = (...texts: string[]) => {
  const engine = new Engine(texts.map((text, i) => ({ id: `p${i}`, text })));
  return { permits: [...engine.permits(question).keys()], problems: engine.problems };
};

test('what permits is named, with its annotations', () => {
  const engine = new Engine([{ id: 'x', text: `@clause("tracks")\n${PERMIT}` }]);
  assert.deepEqual([...engine.permits(question)], [['x', { clause: 'tracks' }]]);
  assert.deepEqual(engine.problems, []);
});

test('nothing is permitted without a policy, nor against one that forbids', () => {
  assert.deepEqual(ask(), { permits: [], problems: [] });
  assert.deepEqual(ask(PERMIT, 'forbid (principal, action, resource);'), { permits: [], problems: [] });
});

test('an error in a forbid denies, though Cedar passes over it', () => {
  const overflow =
    'forbid (principal, action, resource) when { context has joined && context.joined.cell * 9223372036854775807 > 0 };';
  const { permits, problems } = ask(PERMIT, overflow);
  assert.deepEqual(permits, []);
  assert.match(problems.join(), /p1: .*overflow/);
});

test('policies that cannot be read or do not fit the schema deny everything', () => {
  for (const bad of [
    'permit (',
    PERMIT.replace(';', ' when { resource.colour == "red" };'),
    'permit (principal, action, resource) when { resource.kind == "report" };',
  ]) {
    const { permits, problems } = ask(PERMIT, bad);
    assert.deepEqual(permits, [], bad);
    assert.ok(problems.length > 0);
  }
});

test('two policies of one id deny everything, for one of them would be lost', () => {
  const engine = new Engine([
    { id: 'x', text: PERMIT },
    { id: 'x', text: 'forbid (principal, action, resource);' },
  ]);
  assert.equal(engine.permits(question).size, 0);
  assert.deepEqual(engine.problems, ['two policies have one id']);
});

test('a question that does not fit the schema is denied', () => {
  const engine = new Engine([{ id: 'x', text: PERMIT }]);
  const { door: _door, ...less } = question.context;
  const wrong = [
    { ...question, context: less },
    { ...question, context: { ...question.context, door: entity('Door', 'window') } },
    { ...question, resource: itemEntity(item({ kind: 'chart' as 'report' }), []) },
    { ...question, resource: { ...question.resource, attrs: {} } },
    { ...question, principal: { ...question.principal, uid: { type: 'Concord::Party', id: 'alder' } } },
    { ...question, context: undefined as never },
  ];
  for (const one of wrong) assert.equal(engine.permits(one).size, 0);
  assert.ok(engine.problems.length >= 5, engine.problems.join('\n'));
  assert.equal(engine.permits(question).size, 1, 'and the next one is answered again');
});

test('engines take turns without taking one another’s policies', () => {
  const open = new Engine([{ id: 'x', text: PERMIT }]);
  const shut = new Engine([]);
  for (let i = 0; i < 3; i++) {
    assert.equal(open.permits(question).size, 1);
    assert.equal(shut.permits(question).size, 0);
  }
});
