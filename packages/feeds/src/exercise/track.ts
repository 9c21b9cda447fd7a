import type { PlanePoint } from './plane.ts';

/** Where something on a track is and goes: the course in degrees from north, the turn in degrees a kilometre. */
export interface TrackPoint extends PlanePoint {
  readonly course: number;
  readonly turn: number;
}

/**
 * A closed track of two straights joined by half circles, run clockwise: up one side, down the other. Without straights
 * it is a circle. Kilometres.
 */
export interface Track {
  readonly middle: PlanePoint;
  /** Direction of the straights, degrees from north. */
  readonly bearing: number;
  readonly halfStraight: number;
  readonly radius: number;
}

const DEGREE = Math.PI / 180;

export const trackLength = ({ halfStraight, radius }: Track): number =>
  4 * halfStraight + 2 * Math.PI * radius;

/** The point at a distance along a track. */
export function onTrack(track: Track, distance: number): TrackPoint {
  const { middle, bearing, halfStraight, radius } = track;
  const length = trackLength(track);
  const half = length / 2;
  const total = ((distance % length) + length) % length;
  const back = total >= half;
  const s = back ? total - half : total;
  // In the first half: up the left straight, then round to the right.
  const straight = Math.min(s, 2 * halfStraight);
  const turned = (s - straight) / radius;
  let [forward, right] = [straight - halfStraight + radius * Math.sin(turned), -radius * Math.cos(turned)];
  if (back) [forward, right] = [-forward, -right];
  const [cos, sin] = [Math.cos(bearing * DEGREE), Math.sin(bearing * DEGREE)];
  return {
    x: middle.x + forward * sin + right * cos,
    y: middle.y + forward * cos - right * sin,
    course: (((bearing + (back ? 180 : 0) + turned / DEGREE) % 360) + 360) % 360,
    turn: s > straight ? 1 / (radius * DEGREE) : 0,
  };
}
