/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. A second signal ends the process at once: whoever
 * presses Ctrl-C twice means it.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const stop = () => {
      if (++signals > 1) process.exit(130);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
  });
}
