import type { Palette } from '../../theme/palette.ts';

/**
 * Marks are made here, so that the map needs neither sprites nor glyphs. Ids: `ship|birch`, `still|birch`,
 * `cell|birch|12`, `word|32°N`.
 */
export interface MarkColours {
  readonly palette: Palette;
  readonly parties: ReadonlyMap<string, string>;
}

const RATIO = 2;
export const MARK_RATIO = RATIO;

function canvas(size: number, draw: (c: CanvasRenderingContext2D) => void, height = size): ImageData {
  const element = document.createElement('canvas');
  element.width = size * RATIO;
  element.height = height * RATIO;
  const context = element.getContext('2d', { willReadFrequently: true });
  if (context === null) return new ImageData(size * RATIO, height * RATIO);
  context.scale(RATIO, RATIO);
  context.translate(size / 2, height / 2);
  context.lineJoin = 'round';
  draw(context);
  return context.getImageData(0, 0, size * RATIO, height * RATIO);
}

function path(c: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  c.beginPath();
  for (const [x, y] of points) c.lineTo(x, y);
  c.closePath();
}

const hexagon = (radius: number): [number, number][] =>
  Array.from({ length: 6 }, (_, i) => {
    const angle = ((i * 60 - 90) * Math.PI) / 180;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius];
  });

/** Draws a mark; ids that are not known become an empty image. */
export function drawMark(id: string, colours: MarkColours): ImageData {
  const [shape, party = '', count = ''] = id.split('|');
  const colour = colours.parties.get(party) ?? colours.palette.area;
  switch (shape) {
    case 'ship':
      return canvas(20, (c) => {
        path(c, [
          [0, -8],
          [4.4, -1],
          [4.4, 7],
          [-4.4, 7],
          [-4.4, -1],
        ]);
        finish(c, colour, colours.palette.halo);
      });
    case 'still':
      return canvas(16, (c) => {
        path(c, [
          [0, -5],
          [5, 0],
          [0, 5],
          [-5, 0],
        ]);
        finish(c, colour, colours.palette.halo);
      });
    case 'cell':
      return drawCell(colour, count, colours.palette);
    case 'word':
      return drawWord(party, colours.palette);
    case 'detection':
      return canvas(18, (c) => {
        c.lineWidth = 3.5;
        c.strokeStyle = colours.palette.halo;
        corners(c);
        c.lineWidth = 1.75;
        c.strokeStyle = colour;
        corners(c);
      });
    case 'event':
      return canvas(22, (c) => {
        path(c, [
          [0, -8],
          [8.5, 7],
          [-8.5, 7],
        ]);
        finish(c, colours.palette.event, colours.palette.halo);
        c.fillStyle = colours.palette.ink;
        c.fillRect(-1, -3, 2, 5.5);
        c.fillRect(-1, 3.8, 2, 2);
      });
    default:
      return new ImageData(1, 1);
  }
}

/** The sign of a cell, seen from afar; from near the cell itself is drawn around it. A single one needs no number. */
function drawCell(colour: string, count: string, palette: Palette): ImageData {
  const several = count !== '1';
  return canvas(28, (c) => {
    path(c, hexagon(several ? 11 : 6.5));
    finish(c, palette.ink, palette.halo);
    path(c, hexagon(several ? 11 : 6.5));
    c.lineWidth = 1.75;
    c.strokeStyle = colour;
    c.stroke();
    if (!several) return;
    c.fillStyle = colour;
    c.font = '600 10.5px sans-serif';
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillText(count, 0, 0.75, 17);
  });
}

function drawWord(text: string, palette: Palette): ImageData {
  const width = 12 + text.length * 6;
  return canvas(
    width,
    (c) => {
      c.font = '10px sans-serif';
      c.textBaseline = 'middle';
      c.fillStyle = palette.word;
      c.fillText(text, 4 - width / 2, 0);
    },
    16,
  );
}

function finish(c: CanvasRenderingContext2D, fill: string, halo: string): void {
  c.lineWidth = 2.5;
  c.strokeStyle = halo;
  c.stroke();
  c.fillStyle = fill;
  c.fill();
}

function corners(c: CanvasRenderingContext2D): void {
  const [far, arm] = [5.5, 3];
  for (const [x, y] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    c.beginPath();
    c.moveTo(x * far, y * (far - arm));
    c.lineTo(x * far, y * far);
    c.lineTo(x * (far - arm), y * far);
    c.stroke();
  }
  c.beginPath();
  c.arc(0, 0, 1, 0, 2 * Math.PI);
  c.stroke();
}
