import { advise } from "../../../language/fix.ts";
import type { Carrier } from "../../../manifest/claim.ts";
import type { ManifestRule } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

export const manifestUnreadable = {
  id: "manifest-unreadable",
  group: "manifest",
  title: "a manifest cannot be read",
  checkTitle: "manifest readable",
  severity: "error",
  otherSeverities: "warning if another carrier is used",
  loader: "checked",
  evaluate: ({ universal, slices }) =>
    slices.flatMap(({ arch, claim }) =>
      claim.carriers.flatMap((carrier): readonly FindingDraft[] => {
        if (carrier.content.kind !== "unreadable") return [];
        return [
          {
            ...(universal ? { arch } : {}),
            // If another carrier is used, the unreadable one decides nothing.
            ...(claim.chosen === undefined ? {} : { severity: "warning" as const }),
            subject: carrier.location,
            message: `manifest in ${carrier.location} ${carrier.content.reason}${place(carrier)}`,
            fix: [isReserved(carrier) ? fill : embedAgain],
          },
        ];
      }),
    ),
} satisfies ManifestRule;

const embedAgain = advise(
  "Embed the manifest as JSON in UTF-8 and build the file again; `plugins inspect` shows what is there now.",
);
const fill = advise(
  "If the build reserved the section, put the manifest into it: `plugins embed FILE --manifest manifest.json`.",
);

/** Whether it is a section that the build left empty, to be filled by `plugins embed`. */
function isReserved({ source, content }: Carrier): boolean {
  return source === "section" && content.kind === "unreadable" && content.room !== undefined;
}

function place({ offset, content }: Carrier): string {
  if (content.kind !== "unreadable" || offset === undefined) return "";
  return ` (offset 0x${(offset + content.offset).toString(16)})`;
}
