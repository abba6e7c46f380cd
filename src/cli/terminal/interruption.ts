const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * From now on Ctrl-C, and whatever else ends a program from outside, waits until the program pauses between two tasks. Then `tidy` is
 * called, and the process ends by the signal, as it would have done at once.
 * @returns what ends this. A signal that has come before still ends the process.
 */
export function holdInterruptions(tidy?: () => void): () => void {
  const end = (signal: NodeJS.Signals): void => {
    tidy?.();
    stop();
    process.kill(process.pid, signal);
  };
  const stop = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  // Between two of these the event loop polls once, which is when Node learns of a signal.
  return () => {
    setImmediate(() => setImmediate(stop));
  };
}
