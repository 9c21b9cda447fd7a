import type { FeedIntake } from '@concord/intake';
import { isPartyId, type PartyId } from '@concord/label';
import { FeedError } from '../error.ts';
import { publicAddress } from '../ntrip/address.ts';
import { startNtripFeed } from '../ntrip/client.ts';
import { startCatalogueFeed } from '../omm.ts';
import type { RunningFeed } from '../running-feed.ts';
import { serveCatalogue } from './catalogue-server.ts';
import { fleetOf } from './fleet.ts';
import { ImageFeed } from './image-feed.ts';
import { RadioFeed } from './radio-feed.ts';
import { seeded } from './random.ts';
import { catalogueText, satellitesOf } from './satellites.ts';
import { StationNetwork } from './station-network.ts';
import { type Position, watersOf } from './waters.ts';

/** A feed of the exercise, to be opened by who knows its label. */
export interface ExerciseFeed {
  readonly party: PartyId;
  readonly feed: string;
  readonly source: string;
  readonly format: string;
}

export interface ExerciseOptions {
  /** Opens a feed. Its label has to have the data mode EXERCISE. */
  readonly intake: (feed: ExerciseFeed) => FeedIntake;
  /** Whose the receivers, satellites and images are, and whose the coast station; by default alder and birch. */
  readonly parties?: { readonly sensors: PartyId; readonly coast: PartyId };
  /** Milliseconds UTC; its first answer is the start. */
  readonly clock: { readonly now: () => number };
  /** The lane around which it is played. */
  readonly corridor: readonly Position[];
  /** The same seed and start give the same world. */
  readonly seed: string;
  /** Told what went wrong in the world itself; it goes on with the next step. */
  readonly onError: (cause: unknown) => void;
}

/** Milliseconds between two steps of the world. */
const STEP = 100;
/** How much of a gap (the machine was asleep) is played after all, milliseconds; what is older is left out. */
const MOST_BEHIND = 10_000;
const CATALOGUE_INTERVAL = 60_000;

/**
 * Starts an exercise: a world of its own that is sensed, encoded, sent over sockets of loopback and decoded as a real
 * one would be.
 *
 * Feeds of the sensors' party: `xr1` to `xr6`, receivers served in RTCM 3 by an NTRIP caster; `catalogue`, forty
 * satellites as OMM by HTTP; `imagery`, what two of them see of the corridor. Of the coast station's party:
 * `coastal-ais`, sixty vessels as AIVDM sentences.
 *
 * @throws FeedError `argument` where the corridor is none, or a label is of another data mode
 */
export async function startExercise(options: ExerciseOptions): Promise<RunningFeed> {
  const { clock, corridor, seed } = options;
  const parties = options.parties ?? { sensors: partyId('alder'), coast: partyId('birch') };
  const waters = watersOf(corridor);
  const start = clock.now();
  const open = (party: PartyId, feed: string, source: string, format: string): FeedIntake => {
    const intake = options.intake({ party, feed, source, format });
    if (intake.description.label.dataMode !== 'EXERCISE') {
      throw new FeedError('argument', `the label of ${feed} has to have the data mode EXERCISE`);
    }
    return intake;
  };
  const sensed = (feed: string, source: string, format: string): FeedIntake =>
    open(parties.sensors, feed, source, format);

  const fleet = fleetOf(waters, seed);
  const satellites = satellitesOf(waters.plane.origin, seed, start);
  const radio = new RadioFeed(open(parties.coast, 'coastal-ais', 'exercise', 'ais'), {
    fleet,
    waters,
    seed,
    start,
  });
  const images = new ImageFeed(sensed('imagery', 'exercise', 'image'), {
    ...{ imagers: satellites.imagers, fleet, waters, seed, start },
  });
  const stopping: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stopping.splice(0).reverse()) await end();
  };
  try {
    const network = await StationNetwork.open(waters, seed, start);
    stopping.push(() => network.close());
    const catalogue = await serveCatalogue(catalogueText(satellites.elsets));
    stopping.push(() => catalogue.close());
    const common = { now: clock.now, random: seeded(`${seed}/pauses`) };
    for (const { name, mount } of network.stations) {
      const address = { host: '127.0.0.1', port: network.port, mount, secure: false };
      const intake = sensed(name, publicAddress(address), 'rtcm3');
      const feed = startNtripFeed({ ...common, intake, address, receiver: name, stallMs: 5000 });
      stopping.push(() => feed.stop());
    }
    const following = startCatalogueFeed({
      ...common,
      intake: sensed('catalogue', catalogue.url, 'omm'),
      source: catalogue.url,
      intervalMs: CATALOGUE_INTERVAL,
      imaging: new Map(satellites.imagers.map(({ elset, halfSwath_km }) => [elset.satNo, { halfSwath_km }])),
    });
    stopping.push(() => following.stop());
    const timer = setInterval(() => {
      const now = clock.now();
      for (const part of [network, radio, images]) {
        try {
          part.step(now, now - MOST_BEHIND);
        } catch (cause) {
          options.onError(cause);
        }
      }
    }, STEP);
    stopping.push(async () => {
      clearInterval(timer);
      await Promise.all([radio.stop(), images.stop()]);
    });
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { stop };
}

function partyId(text: string): PartyId {
  if (!isPartyId(text)) throw new FeedError('argument', `"${text}" is no party`);
  return text;
}
