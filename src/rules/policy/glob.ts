/** What a pattern is made of. */
type Part =
  { readonly kind: "letter"; readonly letter: string } | { readonly kind: "one" | "within" | "across" };

/**
 * Whether the pattern matches the whole text: `*` any letters except a slash, `**` any letters, `?` one letter except a
 * slash, everything else itself. All ways through the pattern are followed at once, so that no pattern takes longer
 * than its length times the text's.
 */
export function matches(pattern: string, text: string): boolean {
  const parts = partsOf(pattern);
  let places = reachable(new Set([0]), parts);
  for (const letter of text) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === undefined || !takes(part, letter)) continue;
      next.add(part.kind === "within" || part.kind === "across" ? place : place + 1);
    }
    if (next.size === 0) return false;
    places = reachable(next, parts);
  }
  return places.has(parts.length);
}

/** The same for the end of a path, in whole names: `kafka.so` and `plugins/*.so` match `dist/plugins/kafka.so`. */
export function matchesEnd(pattern: string, path: string): boolean {
  return matches(pattern, path) || matches(`**/${pattern}`, path);
}

function partsOf(pattern: string): readonly Part[] {
  return (pattern.match(/\*\*|[^]/gu) ?? []).map((text): Part => {
    if (text === "**") return { kind: "across" };
    if (text === "*") return { kind: "within" };
    return text === "?" ? { kind: "one" } : { kind: "letter", letter: text };
  });
}

function takes(part: Part, letter: string): boolean {
  if (part.kind === "letter") return part.letter === letter;
  return part.kind === "across" || letter !== "/";
}

/** A star may match nothing, so that what follows it can be reached, too. */
function reachable(places: Set<number>, parts: readonly Part[]): Set<number> {
  for (const place of places) {
    const kind = parts[place]?.kind;
    if (kind === "within" || kind === "across") places.add(place + 1);
  }
  return places;
}
