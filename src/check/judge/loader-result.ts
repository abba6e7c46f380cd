import type { PredictedLoad } from "../../loader/predict-load.ts";
import { causeOf } from "../../loader/prediction.ts";
import type { LoaderResult } from "../model/result.ts";

const worstFirst = ["crash", "refused", "unknown", "loads"] as const;

/** What the loader would answer, for several slices the worst; undefined if no answer can be predicted. */
export function loaderResult(
  predicted: readonly PredictedLoad[],
  packages?: LoaderResult["packages"],
): { readonly loader?: LoaderResult } {
  const worst = worstFirst
    .map((outcome) => predicted.find(({ prediction }) => prediction.outcome === outcome))
    .find((each) => each !== undefined);
  if (worst === undefined) return {};
  return { loader: { ...resultOf(worst), ...(packages === undefined ? {} : { packages }) } };
}

function resultOf({ prediction, opener }: PredictedLoad): LoaderResult {
  const { outcome, needs } = prediction;
  const plain = { outcome, opener, message: null, reason: null, check: null, further: [], needs };
  switch (prediction.outcome) {
    case "loads":
      return plain;
    case "unknown":
      return { ...plain, reason: prediction.why };
    case "refused":
    case "crash": {
      const { first, further } = prediction;
      return {
        ...plain,
        message: first.message,
        reason: causeOf(prediction),
        check: first.check,
        further: further.map(({ outcome, check, message, subject = null }) => ({
          outcome,
          check,
          message,
          subject,
        })),
      };
    }
  }
}
