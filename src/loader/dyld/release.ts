/** A release of macOS, as exactly as it was named: "27" stands for all that begin with it. */
export interface MacosRelease {
  /** From the major number on, at most three. */
  readonly parts: readonly number[];
}

const form = /^[1-9]\d{0,3}(\.\d{1,3}){0,2}$/;

/** @returns undefined if it is not a release of macOS: "26", "15.4", "10.15.7" are. */
export function parseMacosRelease(text: string): MacosRelease | undefined {
  return form.test(text) ? { parts: text.split(".").map(Number) } : undefined;
}

export function macosName({ parts }: MacosRelease): string {
  return `macOS ${parts.join(".")}`;
}

/**
 * Whether a release is `packed` (xxxx.yy.zz in nibbles, loader.h) or newer; undefined if it is not named exactly enough to tell: "26"
 * can be 26.0 or 26.4.
 */
export function isMacosAtLeast({ parts }: MacosRelease, packed: number): boolean | undefined {
  const floor = [packed >>> 16, (packed >>> 8) & 0xff, packed & 0xff];
  for (const [index, part] of floor.entries()) {
    const ours = parts[index];
    if (ours === undefined) return floor.slice(index).every((each) => each === 0) ? true : undefined;
    if (ours !== part) return ours > part;
  }
  return true;
}
