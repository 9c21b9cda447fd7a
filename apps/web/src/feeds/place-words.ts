import { say } from '../words/say.ts';

/** A place in a source in words: `line 12, byte 340`; whatever fields it has, in their order. */
export function placeWords(place: unknown): string {
  if (typeof place === 'string') return place;
  if (typeof place === 'number') return say('place.offset', { at: place });
  if (typeof place !== 'object' || place === null) return '–';
  const parts = Object.entries(place).flatMap(([name, at]) => {
    if (typeof at !== 'number' && typeof at !== 'string') return [];
    if (name === 'line') return [say('place.line', { at })];
    if (name === 'offset' || name === 'byte') return [say('place.offset', { at })];
    return [`${name} ${at}`];
  });
  return parts.join(', ') || '–';
}
