/** Results that are kept; a folder of plugins repeats few texts. */
const MOST = 1000;
/** Longer texts are worked out again each time, in UTF-16 units: what is kept stays within a few megabytes. */
const LONGEST = 4096;

/**
 * Keeps what `make` makes of a text, which depends on nothing else and is never changed. All plugins of a folder name the same few
 * compilers, targets and flags.
 */
export function memo<Result>(make: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.result;
    if (text.length > LONGEST) return make(text);
    // V8 makes a part of a long text by pointing into it: kept, it would keep the whole.
    const own = Buffer.from(text, "utf16le").toString("utf16le");
    const result = make(own);
    if (known.size >= MOST) known.clear();
    known.set(own, { result });
    return result;
  };
}
