import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { CEDAR_SCHEMA, type CedarPolicy } from '@concord/agreement';

const SCHEMA = 'concord';
/** One set for all: a new one replaces it, so that engines come and go without anything left behind. */
const POLICIES = 'concord';

/** Whose policies are loaded; the WebAssembly module holds one set by that name for the whole process. */
let loaded: Engine | undefined;
let schemaLoaded = false;

const messages = (errors: readonly { readonly message: string }[]): string[] =>
  errors.map((one) => one.message);

const NONE: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map();

/** What is asked of Cedar: entities, circumstances. */
export interface Question {
  readonly principal: cedar.EntityJson;
  readonly resource: cedar.EntityJson;
  readonly context: cedar.Context;
}

/**
 * Cedar, with one set of policies. Whatever it complains of (a policy that it cannot read or that does not fit the
 * schema, a request that does not, an error in evaluation) is kept and means deny: a `forbid` that fails is passed
 * over by Cedar, which would make an error a permission.
 */
export class Engine {
  readonly #policies: Readonly<Record<string, string>>;
  readonly #annotations = new Map<string, Readonly<Record<string, string>>>();
  /** What is wrong with the policies themselves: while there is anything, every answer is deny. */
  readonly #broken: string[];
  readonly #problems = new Set<string>();

  constructor(policies: readonly CedarPolicy[]) {
    this.#policies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
    this.#broken = this.#examine(policies);
    for (const one of this.#broken) this.#problems.add(one);
  }

  /** All complaints so far. */
  get problems(): readonly string[] {
    return [...this.#problems];
  }

  #examine(policies: readonly CedarPolicy[]): string[] {
    if (new Set(policies.map((one) => one.id)).size !== policies.length) return ['two policies have one id'];
    try {
      const answer = cedar.validate({
        schema: CEDAR_SCHEMA as cedar.SchemaJson<string>,
        policies: { staticPolicies: this.#policies },
      });
      if (answer.type === 'failure') return messages(answer.errors);
      return answer.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
    } catch (cause) {
      return [`Cedar failed: ${String(cause)}`];
    }
  }

  #load(): string[] {
    if (loaded === this) return [];
    loaded = undefined;
    if (!schemaLoaded) {
      const schema = cedar.preparseSchema(SCHEMA, CEDAR_SCHEMA as cedar.SchemaJson<string>);
      if (schema.type === 'failure') return messages(schema.errors);
      schemaLoaded = true;
    }
    const answer = cedar.preparsePolicySet(POLICIES, { staticPolicies: this.#policies });
    if (answer.type === 'failure') return messages(answer.errors);
    loaded = this;
    return [];
  }

  /** Annotations of the policies that permit; none where anything forbids, or is wrong. */
  permits({ principal, resource, context }: Question): ReadonlyMap<string, Readonly<Record<string, string>>> {
    if (this.#broken.length > 0) return NONE;
    try {
      const wrong = this.#load();
      if (wrong.length > 0) return this.complain(wrong);
      const answer = cedar.statefulIsAuthorized({
        principal: principal.uid,
        action: { type: 'Concord::Action', id: 'release' },
        resource: resource.uid,
        context,
        entities: [principal, resource],
        preparsedSchemaName: SCHEMA,
        validateRequest: true,
        preparsedPolicySetId: POLICIES,
      });
      if (answer.type === 'failure') return this.complain(messages(answer.errors));
      const { decision, diagnostics } = answer.response;
      if (diagnostics.errors.length > 0)
        return this.complain(diagnostics.errors.map((one) => `${one.policyId}: ${one.error.message}`));
      if (decision !== 'allow') return NONE;
      return new Map(diagnostics.reason.map((id) => [id, this.#annotationsOf(id)]));
    } catch (cause) {
      loaded = undefined;
      return this.complain([`Cedar failed: ${String(cause)}`]);
    }
  }

  /** As Cedar itself reads them from the text of the policy. */
  #annotationsOf(id: string): Readonly<Record<string, string>> {
    let annotations = this.#annotations.get(id);
    if (!annotations) {
      const parts = cedar.policyToJson(this.#policies[id] ?? '');
      if (parts.type === 'failure') throw new Error(`${id} cannot be read again`);
      annotations = parts.json.annotations ?? {};
      this.#annotations.set(id, annotations);
    }
    return annotations;
  }

  /** Keeps complaints; enough to see what is wrong, never without bound. */
  complain(problems: readonly string[]): typeof NONE {
    for (const one of problems) if (this.#problems.size < 100) this.#problems.add(one);
    return NONE;
  }
}
