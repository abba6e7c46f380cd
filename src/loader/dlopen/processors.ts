import type { Prediction } from "../prediction.ts";

/**
 * The answer that does not depend on which processor the host runs on.
 * @param first on the processor that has the least.
 * @param graded folders of copies that only some processors open; empty if no copy depends on it.
 */
export function onEveryProcessor(
  first: Prediction,
  others: readonly Prediction[],
  graded: readonly string[],
): Prediction {
  if (others.length === 0) return first;
  const needs = [...new Set([first, ...others].flatMap((each) => each.needs))];
  if (others.every((each) => answer(each) === answer(first))) return { ...first, needs };
  const why = `Which copy of a library the loader opens depends on the processor, which is unknown: ${list(graded)} ${
    graded.length === 1 ? "is" : "are"
  } searched only on some, and the answers differ.`;
  if ([first, ...others].some((each) => each.outcome === "unknown" || each.outcome === "loads"))
    return { outcome: "unknown", why, needs };
  // It fails on each, but not in the same words.
  if (!("first" in first)) return { outcome: "unknown", why, needs };
  return { ...first, first: { ...first.first, message: null }, further: [], unknown: why, needs };
}

function answer(prediction: Prediction): string {
  return JSON.stringify({ ...prediction, needs: [] });
}

/** Enough to see where they are. */
const MOST = 3;

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST).join(", ");
  return names.length > MOST ? `${shown} and ${names.length - MOST} more folders` : shown;
}
