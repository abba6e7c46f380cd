import type { CheckResult } from "../../check/model/result.ts";
import type { Gate } from "../../check/model/gate.ts";
import { causesOf, type Cause } from "./cause.ts";
import { isMissingManifest } from "./missing-manifest.ts";

/** The causes of a report that numbers them. Why a file is unreadable is in its row; which ones lack a manifest is one line. */
export function reportedCauses(result: CheckResult, { allowUnknown }: Gate): readonly Cause[] {
  return causesOf(result, allowUnknown).filter(
    ({ rule, members }) =>
      rule !== "plugin-unreadable" && !members.every(({ findings }) => findings.every(isMissingManifest)),
  );
}
