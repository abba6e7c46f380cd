import { objectFormats } from "../../object/object-file.ts";
import type { Configuration } from "../../check/model/configuration.ts";
import type { InspectResult, ManifestResult, SliceDetails, SliceResult } from "../../check/model/result.ts";
import { claimsOf, mainManifest, sourceOf, type Claim } from "../model/claim.ts";
import type { Finding } from "../../rules/finding.ts";
import { claimTables } from "./block/claim-table.ts";
import { heading, labelled, paragraph, value } from "./layout/paragraph.ts";
import { causesOf } from "../model/cause.ts";
import { causeBlocks, type CauseView } from "./block/cause-block.ts";
import { configurationLines } from "./block/configuration-lines.ts";
import {
  dependencyLines,
  factLines,
  libraryLines,
  sectionLines,
  settingLines,
  symbolLines,
} from "./block/inspect-lists.ts";
import { onScreen } from "./layout/screen.ts";
import type { ScreenOptions, Style } from "./layout/style.ts";
import { sizeText } from "../model/size.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { sentence } from "../model/problem-text.ts";
import { counted } from "../model/verdict.ts";

/** Which lists are shown in full. */
export interface InspectView {
  readonly symbols: boolean;
  readonly sections: boolean;
  readonly dependencies: boolean;
  readonly configuration?: Configuration | null | undefined;
}

/** `plugins inspect`: what one file claims and proves; each slice of a universal file on its own. */
export function inspectScreen(
  result: InspectResult,
  view: InspectView,
  options: ScreenOptions,
): Promise<string> {
  return onScreen(options, (style) =>
    [
      ...headingOf(result, style),
      ...configurationLines(view.configuration, false, style),
      ...(result.unreadable === null
        ? []
        : paragraph(style.text(sentence(unreadableText(result.unreadable))), 2, style)),
      ...result.slices.flatMap((slice, at) => sliceLines(result, slice, result.details[at], view, style)),
      ...(result.findings.length === 0 ? [] : ["", style.paint.strong("Findings")]),
      ...causeBlocks(causesOf({ plugins: [], findings: result.findings }), inspected, style),
    ].join("\n"),
  );
}

const inspected: CauseView = { depth: "full", nameOf: undefined, isNumbered: false, indent: 2 };

function headingOf(result: InspectResult, style: Style): readonly string[] {
  if (result.unreadable !== null) {
    const name = style.paint.strong(value(result.path, style));
    return [`${name}${style.marks.dash}${style.paint.bad("unreadable")}`];
  }
  const only = result.slices.length === 1 ? result.slices[0] : undefined;
  const facts =
    only === undefined
      ? [
          ["universal", ...formatOf(result)].join(" "),
          counted(result.slices.length, "slice"),
          ...size(result.size),
        ]
      : [...sliceFacts(result, only, result.details[0]), ...size(result.size), ...buildId(result.details[0])];
  return heading({ name: result.path, facts: [facts] }, style);
}

const kinds = {
  executable: "executable",
  "shared-library": "shared library",
  bundle: "bundle",
  relocatable: "relocatable object",
  core: "core dump",
  other: "object of another type",
} as const satisfies Record<SliceResult["kind"], string>;

function sliceFacts(
  result: InspectResult,
  slice: SliceResult,
  details: SliceDetails | undefined,
): readonly string[] {
  return [
    [...formatOf(result), `${slice.bits}-bit`, kinds[slice.kind]].join(" "),
    ...(result.slices.length > 1 ? [] : [slice.arch]),
    ...(slice.endian === "big" ? ["big-endian"] : []),
    ...(details?.stripped === true ? ["stripped"] : []),
  ];
}

function buildId(details: SliceDetails | undefined): readonly string[] {
  return details === undefined || details.buildId === null ? [] : [`build id ${details.buildId}`];
}

function formatOf({ format }: InspectResult): readonly string[] {
  return format === null ? [] : [objectFormats[format].name];
}

function size(bytes: number | null): readonly string[] {
  return bytes === null ? [] : [sizeText(bytes)];
}

function sliceLines(
  result: InspectResult,
  slice: SliceResult,
  details: SliceDetails | undefined,
  view: InspectView,
  style: Style,
): readonly string[] {
  const universal = result.slices.length > 1;
  const manifest = mainManifest(slice.manifests);
  const claims = manifest === null || manifest.source === "derived" ? [] : claimsOf(manifest);
  return [
    ...(universal
      ? [
          "",
          ...heading(
            { name: slice.arch, facts: [[...sliceFacts(result, slice, details), ...buildId(details)]] },
            style,
          ),
        ]
      : []),
    "",
    ...claimTables(manifest, slice.evidence, findingsOf(result, slice), style),
    ...otherCarriers(slice.manifests, manifest, style),
    ...(details === undefined ? [] : detailLines(details, claims, view, style)),
    ...(details?.problems ?? []).flatMap((problem) => labelled("broken", problem, 0, style)),
  ];
}

function findingsOf({ slices, findings }: InspectResult, { arch }: SliceResult): readonly Finding[] {
  return slices.length === 1 ? findings : findings.filter((finding) => finding.arch === arch);
}

function detailLines(
  details: SliceDetails,
  claims: readonly Claim[],
  view: InspectView,
  style: Style,
): readonly string[] {
  return [
    ...factLines(details, style),
    ...symbolLines(details, view.symbols, style),
    ...libraryLines(details, style),
    ...(claims.length === 0 ? [undefined] : claims).flatMap((claim) =>
      dependencyLines(claim, details, view.dependencies, style),
    ),
    ...settingLines(details, style),
    ...sectionLines(details, view.sections, style),
  ];
}

/** The manifests that the table does not show, and whether they are the same as the one it shows. */
function otherCarriers(
  manifests: readonly ManifestResult[],
  first: ManifestResult | null,
  style: Style,
): readonly string[] {
  const others = manifests.filter((manifest) => manifest !== first);
  return others.map((other) => {
    const agrees = JSON.stringify(other.value) === JSON.stringify(first?.value);
    const words = agrees ? "the same" : "different";
    const place = `${sourceOf(other)} ${value(other.location, style)}`;
    return `Manifest in ${place}: ${agrees ? words : style.paint.bad(words)}`;
  });
}
