import type { Edit, EditRefusal } from "../../edit.ts";
import { EditedSource } from "../../edited-source.ts";
import { FormatError } from "../../format-error.ts";
import type { ByteSource } from "../../image.ts";
import { fileTypes } from "../constants.ts";
import { openMacho } from "../file.ts";
import { ImageDraft } from "./image-draft.ts";
import { placePayload } from "./placement.ts";
import { refusal } from "./refusal.ts";
import type { EmbedRequest } from "./request.ts";
import { resultProblem } from "./result-check.ts";
import { dropSignature, planSignature } from "./signature-plan.ts";
import { renewSignature, reserveSignature } from "./signature-renewal.ts";

const linked = new Set<number>([fileTypes.execute, fileTypes.dylib, fileTypes.bundle]);

/** Embeds into one image: a thin file, or a slice of a universal one. */
export function embedInThin(source: ByteSource, request: EmbedRequest): Edit | EditRefusal {
  try {
    const edit = embed(source, request);
    if (edit.kind === "refused") return edit;
    const problem = resultProblem(source, new EditedSource(source, edit.parts), request);
    return problem === undefined ? edit : refusal(`the changed file would not be sound: ${problem}`);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return refusal(`it is damaged, or of a form that is not read: ${error.message}`);
  }
}

function embed(source: ByteSource, request: EmbedRequest): Edit | EditRefusal {
  const file = openMacho(source);
  if (!linked.has(file.fileType)) {
    return refusal("it is not a library, bundle or executable", "Embed into the file that the linker makes.");
  }
  const image = new ImageDraft(source);
  const plan = planSignature(image, file, request.removeSignature);
  if (plan.kind === "refused") return plan;
  const dropped = plan.kind === "removed" ? dropSignature(image, plan.range) : undefined;
  if (dropped !== undefined) return dropped;
  const placed = placePayload(image, file, request);
  if (placed.kind === "refused") return placed;
  let done = placed.done;
  if (plan.kind === "renewed") {
    const place = reserveSignature(image, plan);
    if ("kind" in place) return place;
    image.writeHeader();
    renewSignature(image, plan, place);
    done += ", and renewed the ad-hoc signature";
  } else {
    image.writeHeader();
    if (plan.kind === "removed") done += ", and removed the signature";
  }
  return { kind: "edit", parts: image.changes.parts(source.size), done };
}
