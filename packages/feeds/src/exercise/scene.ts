import type { IncomingItem } from '@concord/intake';
import { type Vessel, vesselAt } from './fleet.ts';
import type { Take } from './image-taker.ts';
import { inRing, type PlanePoint } from './plane.ts';
import { between, normal, seeded } from './random.ts';
import { thumbnail } from './thumbnail.ts';
import type { Waters } from './waters.ts';

/** A hull is found where it fills about so many pixels. */
const PIXELS_NEEDED = 2.5;

/**
 * What an image comes to: one `eo.scene`, and an `eo.detection` for each vessel that was found in it.
 *
 * `eo.scene`, series = satellite, place = footprint: `{sceneId, satNo, platform, start, end, footprint, gsd_m,
 * cloudCover, thumbnail}`. `eo.detection`, series = satellite and number in its scene: `{sceneId, detectionId, ts, lat,
 * lon, length, heading, confidence}`, metres and degrees, with the errors of such measurements.
 */
export function sceneItems(
  take: Take,
  fleet: readonly Vessel[],
  waters: Waters,
  seed: string,
  start: number,
): IncomingItem[] {
  const { imager, footprint } = take;
  const { elset, platform, gsd_m } = imager;
  const sceneId = `EX-${elset.satNo}-${new Date(take.end).toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const random = seeded(`${seed}/${sceneId}`);
  const cloudCover = Math.round(between(random, 0.02, 0.35) * 100) / 100;
  const at = Math.round((take.start + take.end) / 2);
  const seen = fleet.flatMap((vessel) => {
    const point = vesselAt(vessel, at - start);
    return inRing(footprint, point) ? [{ vessel, point }] : [];
  });
  const detections: IncomingItem[] = [];
  for (const { vessel, point } of seen) {
    const clear = random() > cloudCover / 2;
    const pixels = vessel.length / gsd_m;
    const found = pixels >= PIXELS_NEEDED && clear && random() < 0.97;
    // Drawn in any case, so that one vessel's luck is not another's.
    const noise = { x: normal(random, gsd_m / 1000), y: normal(random, gsd_m / 1000) };
    const [length, heading, confidence] = [normal(random, gsd_m), normal(random, 40 / pixels), random()];
    if (!found) continue;
    const place = waters.plane.toPoint({ x: point.x + noise.x, y: point.y + noise.y });
    const number = String(detections.length + 1).padStart(2, '0');
    detections.push({
      kind: 'eo.detection',
      time: at,
      series: `${elset.satNo}/${number}`,
      place: { point: place },
      record: {
        sceneId,
        detectionId: `${sceneId}-${number}`,
        ts: new Date(at).toISOString(),
        lat: digits(place.lat, 6),
        lon: digits(place.lon, 6),
        length: Math.max(5, Math.round(vessel.length + length)),
        heading: Math.round(point.course + heading + 720) % 360,
        confidence: digits(Math.min(0.99, 0.6 + 0.35 * (1 - PIXELS_NEEDED / pixels) + 0.05 * confidence), 2),
      },
    });
  }
  const drawn = seen.map(({ vessel, point }) => ({ ...point, length: vessel.length }));
  return [
    {
      kind: 'eo.scene',
      time: take.end,
      series: String(elset.satNo),
      place: { ring: footprint.map((point) => waters.plane.toPoint(point)) },
      record: {
        sceneId,
        satNo: elset.satNo,
        platform,
        start: new Date(take.start).toISOString(),
        end: new Date(take.end).toISOString(),
        footprint: polygonOf(footprint, waters),
        gsd_m,
        cloudCover,
        thumbnail: thumbnail(footprint, drawn, cloudCover, random),
      },
    },
    ...detections,
  ];
}

const digits = (value: number, count: number): number => Number(value.toFixed(count));

/** As GeoJSON has it: the ring counterclockwise and closed (RFC 7946, 3.1.6). */
function polygonOf(
  ring: readonly PlanePoint[],
  { plane }: Waters,
): { type: 'Polygon'; coordinates: number[][][] } {
  const twice = ring.reduce((sum, { x, y }, i) => {
    const before = ring.at(i - 1) as PlanePoint;
    return sum + before.x * y - x * before.y;
  }, 0);
  const turned = twice < 0 ? ring.toReversed() : ring;
  const coordinates = turned.map((point) => {
    const { lat, lon } = plane.toPoint(point);
    return [digits(lon, 5), digits(lat, 5)];
  });
  return { type: 'Polygon', coordinates: [[...coordinates, coordinates[0] as number[]]] };
}
