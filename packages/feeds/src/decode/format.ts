/** The formats that are read: RTCM 3, AIVDM/AIVDO sentences, two-line elements, orbit mean-elements messages. */
export const FORMATS = ['rtcm3', 'ais', 'tle', 'omm'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** How many bytes of a source `detectFormat` looks at, at most. */
export const DETECTION_BYTES = 65_536;

const EXTENSIONS: ReadonlyMap<string, Format> = new Map([
  ['rtcm', 'rtcm3'],
  ['rtcm3', 'rtcm3'],
  ['ais', 'ais'],
  ['aivdm', 'ais'],
  ['tle', 'tle'],
  ['3le', 'tle'],
  ['omm', 'omm'],
]);

/**
 * Tells the format by what the first bytes are, and where they say nothing by the name's extension; undefined where
 * neither does. Content goes first: a name is only what somebody called it.
 */
export function detectFormat(name: string, firstBytes: Uint8Array): Format | undefined {
  const bytes = firstBytes.subarray(0, DETECTION_BYTES);
  // latin1 maps every byte to one character, so that offsets and tests stay what they are.
  const text = new TextDecoder('latin1').decode(bytes);
  if (hasRtcmFrame(bytes)) return 'rtcm3';
  if (/(?:^|\n|\\)[!$][A-Z]{2}VD[MO],\d,\d,/.test(text)) return 'ais';
  if (/^\s*(?:ï»¿)?\s*[[{]/.test(text) && /"(?:OBJECT_NAME|NORAD_CAT_ID|MEAN_MOTION|OBJECT_ID)"/.test(text)) {
    return 'omm';
  }
  if (
    /^(?:ï»¿)?\s*(?:<\?xml[^>]*>\s*)?<(?:ndm|omm)[\s>]/.test(text) ||
    /^(?:ï»¿)?\s*CCSDS_OMM_VERS/.test(text)
  ) {
    return 'omm';
  }
  if (/(?:^|\n|ï»¿)1 [ 0-9A-Z][ 0-9]{4}[A-Z ] [^\r\n]{50,}\r?\n2 [ 0-9A-Z][ 0-9]{4} /.test(text))
    return 'tle';
  return EXTENSIONS.get(/\.([0-9a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '');
}

/**
 * Two announced frames in a row that end where the next begins, or one that fills all there is: chance gives a
 * preamble with its six zero bits once in 16,384 bytes, not twice at the right distance.
 */
function hasRtcmFrame(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xd3); at >= 0 && at + 6 <= bytes.length; at = bytes.indexOf(0xd3, at + 1)) {
    const high = bytes[at + 1] as number;
    if (high > 3) continue;
    const next = at + 6 + (high << 8) + (bytes[at + 2] as number);
    if (next === bytes.length && at === 0) return true;
    if (bytes[next] === 0xd3 && (bytes[next + 1] ?? 255) <= 3) return true;
  }
  return false;
}
