import { text } from './kind.ts';
import type { Picture, PictureObject } from './picture.ts';

/** What an object is called: a ship's name where one was released, else the name of its series. */
export function titleOf(picture: Picture, object: PictureObject): string {
  const { item } = object.released;
  switch (object.layer) {
    case 'vessels':
      return text(picture.staticOf(object)?.['shipName']) ?? text(item['mmsi']) ?? object.series;
    case 'satellites':
      return text(item['satName']) ?? text(item['objectName']) ?? text(item['origObjectId']) ?? object.series;
    case 'scenes':
      return text(item['platform']) ?? object.series;
    default:
      return object.series;
  }
}
