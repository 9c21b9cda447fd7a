import type { Decoder } from '@concord/intake';
import { FeedError } from '../error.ts';
import { AisItems } from './ais.ts';
import { CatalogueItems } from './catalogue.ts';
import type { DecodeContext } from './context.ts';
import type { Format } from './format.ts';
import { Rtcm3Decoder } from './rtcm3.ts';

/**
 * A decoder of one format, from bytes to items. Bytes may be cut anywhere; nothing in them makes it throw.
 *
 * ```ts
 * const decoder = createDecoder('ais', { now: () => Date.now() });
 * const { items, quarantined, through } = decoder.push(bytes);
 * ```
 *
 * @throws FeedError `format-unknown`
 */
export function createDecoder(format: Format, context: DecodeContext): Decoder {
  switch (format) {
    case 'rtcm3':
      return new Rtcm3Decoder(context);
    case 'ais':
      return new AisItems(context);
    case 'tle':
    case 'omm':
      return new CatalogueItems(format, context);
    default:
      throw new FeedError('format-unknown', `there is no decoder of ${String(format)}`);
  }
}
