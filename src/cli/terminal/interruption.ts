const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is to be done before the process ends; one for each part of the program that holds interruptions. */
const holders = new Set<{ readonly tidy: (() => void) | undefined }>();

/**
 * From now on Ctrl-C, and whatever else ends a program from outside, waits until the program pauses between two tasks. Then `tidy` is
 * called, and the process ends by the signal, as it would have done at once.
 * @returns what ends this. A signal that has come before still ends the process.
 */
export function holdInterruptions(tidy?: () => void): () => void {
  const holder = { tidy };
  if (holders.size === 0) for (const signal of signals) process.on(signal, end);
  holders.add(holder);
  // Between two of these the event loop polls once, which is when Node learns of a signal.
  return () => {
    setImmediate(() =>
      setImmediate(() => {
        if (holders.delete(holder) && holders.size === 0) stop();
      }),
    );
  };
}

function end(signal: NodeJS.Signals): void {
  for (const { tidy } of holders) tidy?.();
  holders.clear();
  stop();
  process.kill(process.pid, signal);
}

function stop(): void {
  for (const signal of signals) process.off(signal, end);
}
