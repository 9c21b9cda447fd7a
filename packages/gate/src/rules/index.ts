import type { AgreementCase, ClauseCase, ItemCase, OriginatorCase, Rule, ThirdPartyCase } from '../rule.ts';
import { area } from './area.ts';
import { assurance } from './assurance.ts';
import { caveats } from './caveats.ts';
import { ceiling } from './ceiling.ts';
import { clearance } from './clearance.ts';
import { confirmation } from './confirmation.ts';
import { coversKind } from './covers-kind.ts';
import { dataMode } from './data-mode.ts';
import { doorKnown } from './door-known.ts';
import { embargo } from './embargo.ts';
import { grantValid } from './grant-valid.ts';
import { homeClearance } from './home-clearance.ts';
import { inForce } from './in-force.ts';
import { itemState } from './item-state.ts';
import { labelKnown } from './label-known.ts';
import { minimumClearance } from './minimum-clearance.ts';
import { nationality } from './nationality.ts';
import { never } from './never.ts';
import { notSuspended } from './not-suspended.ts';
import { permissive } from './permissive.ts';
import { possible } from './possible.ts';
import { purpose } from './purpose.ts';
import { releasableTo } from './releasable-to.ts';
import { restrictive } from './restrictive.ts';
import { scope } from './scope.ts';
import { scopeArea } from './scope-area.ts';
import { suspicion } from './suspicion.ts';
import { thirdParty } from './third-party.ts';

/** The rules in the order in which they are asked. Any denial denies. */
export const ITEM_RULES: readonly Rule<ItemCase>[] = [labelKnown, doorKnown];

/** Between an originator and a reader of the same party. */
export const HOME_RULES: readonly Rule<OriginatorCase>[] = [homeClearance];

/** Between an originator and a reader of another party, whatever the agreement. */
export const FOREIGN_RULES: readonly Rule<OriginatorCase>[] = [itemState, releasableTo, caveats, never];

export const AGREEMENT_RULES: readonly Rule<AgreementCase>[] = [
  inForce,
  notSuspended,
  grantValid,
  clearance,
  minimumClearance,
  confirmation,
  nationality,
  restrictive,
  permissive,
  scope,
];

export const CLAUSE_RULES: readonly Rule<ClauseCase>[] = [
  coversKind,
  ceiling,
  purpose,
  area,
  scopeArea,
  embargo,
  assurance,
  suspicion,
  dataMode,
  possible,
];

/** For an originator from which no clause leads to the reader's party, when those of the others have been found. */
export const THIRD_PARTY_RULES: readonly Rule<ThirdPartyCase>[] = [thirdParty];
