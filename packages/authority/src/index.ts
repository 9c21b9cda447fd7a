export { Authority, type AuthorityOptions, type GrantView, type Revocation, worldAt } from './authority.ts';
export { AuthorityError, type AuthorityErrorCode } from './error.ts';
export {
  type Agreement,
  type AuthorityStore,
  type Grant,
  type GrantState,
  grantState,
  type Officer,
} from './records.ts';
