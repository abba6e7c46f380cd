import type { LoaderResult } from "../../check/model/result.ts";

/** What the loader is predicted to answer, after "loader" or "The loader". */
export const loaderAnswers = {
  loads: "would load it",
  refused: "would refuse it",
  crash: "would crash the host",
  unknown: "has an unknown answer",
} as const satisfies Record<LoaderResult["outcome"], string>;
