import { signed, unsigned } from './layout.ts';

/** Angles are broadcast in semicircles; values here are radians. */
const SEMICIRCLE = Math.PI;

/** Message 1019, GPS ephemeris: 488 bits (RTCM 10403.3, table 3.5-21; IS-GPS-200, tables 20-I to 20-III). */
export const GPS_EPHEMERIS_LAYOUT = [
  unsigned('type', 12), // DF002
  unsigned('satellite', 6), // DF009
  unsigned('week', 10), // DF076, modulo 1024
  unsigned('uraIndex', 4), // DF077
  unsigned('codeOnL2', 2), // DF078
  signed('idot', 14, SEMICIRCLE * 2 ** -43), // DF079
  unsigned('iode', 8), // DF071
  unsigned('toc', 16, 2 ** 4), // DF081, s of week
  signed('af2', 8, 2 ** -55), // DF082
  signed('af1', 16, 2 ** -43), // DF083
  signed('af0', 22, 2 ** -31), // DF084
  unsigned('iodc', 10), // DF085
  signed('crs', 16, 2 ** -5), // DF086
  signed('deltaN', 16, SEMICIRCLE * 2 ** -43), // DF087
  signed('m0', 32, SEMICIRCLE * 2 ** -31), // DF088
  signed('cuc', 16, 2 ** -29), // DF089
  unsigned('e', 32, 2 ** -33), // DF090
  signed('cus', 16, 2 ** -29), // DF091
  unsigned('sqrtA', 32, 2 ** -19), // DF092
  unsigned('toe', 16, 2 ** 4), // DF093, s of week
  signed('cic', 16, 2 ** -29), // DF094
  signed('omega0', 32, SEMICIRCLE * 2 ** -31), // DF095
  signed('cis', 16, 2 ** -29), // DF096
  signed('i0', 32, SEMICIRCLE * 2 ** -31), // DF097
  signed('crc', 16, 2 ** -5), // DF098
  signed('omega', 32, SEMICIRCLE * 2 ** -31), // DF099
  signed('omegaDot', 24, SEMICIRCLE * 2 ** -43), // DF100
  signed('tgd', 8, 2 ** -31), // DF101
  unsigned('health', 6), // DF102
  unsigned('l2pDataOff', 1), // DF103
  unsigned('extendedFit', 1), // DF137
] as const;

/** Message 1042, BDS ephemeris: 511 bits (RTCM 10403.3, table 3.5-110; BDS-SIS-ICD-B1I 3.0, 5.2.4). */
export const BDS_EPHEMERIS_LAYOUT = [
  unsigned('type', 12), // DF002
  unsigned('satellite', 6), // DF488
  unsigned('week', 13), // DF489, BDT
  unsigned('uraIndex', 4), // DF490
  signed('idot', 14, SEMICIRCLE * 2 ** -43), // DF491
  unsigned('aode', 5), // DF492
  unsigned('toc', 17, 2 ** 3), // DF493, s of BDT week
  signed('af2', 11, 2 ** -66), // DF494
  signed('af1', 22, 2 ** -50), // DF495
  signed('af0', 24, 2 ** -33), // DF496
  unsigned('aodc', 5), // DF497
  signed('crs', 18, 2 ** -6), // DF498
  signed('deltaN', 16, SEMICIRCLE * 2 ** -43), // DF499
  signed('m0', 32, SEMICIRCLE * 2 ** -31), // DF500
  signed('cuc', 18, 2 ** -31), // DF501
  unsigned('e', 32, 2 ** -33), // DF502
  signed('cus', 18, 2 ** -31), // DF503
  unsigned('sqrtA', 32, 2 ** -19), // DF504
  unsigned('toe', 17, 2 ** 3), // DF505, s of BDT week
  signed('cic', 18, 2 ** -31), // DF506
  signed('omega0', 32, SEMICIRCLE * 2 ** -31), // DF507
  signed('cis', 18, 2 ** -31), // DF508
  signed('i0', 32, SEMICIRCLE * 2 ** -31), // DF509
  signed('crc', 18, 2 ** -6), // DF510
  signed('omega', 32, SEMICIRCLE * 2 ** -31), // DF511
  signed('omegaDot', 24, SEMICIRCLE * 2 ** -43), // DF512
  signed('tgd1', 10, 1e-10), // DF513
  signed('tgd2', 10, 1e-10), // DF514
  unsigned('health', 1), // DF515
] as const;

export type GpsEphemerisField = (typeof GPS_EPHEMERIS_LAYOUT)[number]['name'];
export type BdsEphemerisField = (typeof BDS_EPHEMERIS_LAYOUT)[number]['name'];
