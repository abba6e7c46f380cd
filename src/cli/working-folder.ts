/** The working folder; undefined where it was deleted: then nothing is near. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
