import {
  parseNtripUrl,
  publicAddress,
  type RunningFeed,
  startCatalogueFeed,
  startNtripFeed,
} from '@concord/feeds';
import type { Intake } from '@concord/intake';
import type { FeedConfig } from './config.ts';

/** Starts the feeds of a configuration. */
export function startConfiguredFeeds(feeds: readonly FeedConfig[], intake: Intake): RunningFeed[] {
  const common = { now: Date.now, random: Math.random };
  return feeds.map((feed) => {
    const { party, feed: name, label } = feed;
    if (feed.type === 'omm') {
      const { source, everySeconds } = feed;
      const opened = intake.open({ party, feed: name, source, format: 'omm', label });
      return startCatalogueFeed({ ...common, intake: opened, source, intervalMs: everySeconds * 1000 });
    }
    const address = parseNtripUrl(feed.url);
    const opened = intake.open({ party, feed: name, source: publicAddress(address), format: 'rtcm3', label });
    const { username: user, password = '' } = feed;
    const credentials = user === undefined ? {} : { user, password };
    return startNtripFeed({ ...common, intake: opened, address: { ...address, ...credentials } });
  });
}
