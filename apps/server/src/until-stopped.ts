/**
 * Resolves at the first SIGINT or SIGTERM, or when the time is up. A second signal ends the process at once: whoever
 * presses Ctrl-C twice means it.
 */
export function untilStopped(afterMs?: number): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const stop = () => {
      if (++signals > 1) process.exit(130);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    if (afterMs !== undefined) setTimeout(resolve, afterMs);
  });
}
