import { jsonText, type InspectDocument } from "../../report/model/document.ts";
import { exitCodes } from "../../check/model/exit-code.ts";
import { fieldOf } from "../../report/model/field.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { visible } from "../../report/model/visible.ts";
import { unknownWord } from "../suggestion.ts";

/** One value from the document that `inspect` prints. */
export interface FieldAnswer {
  /** What goes to stdout; empty if this plugin does not have the field. */
  readonly text: string;
  /** Why it is empty. */
  readonly remark?: string;
  readonly exitCode: number;
}

/** How to write the value: unchanged for a script, safe for a terminal, or as one JSON document. */
export type FieldForm = "raw" | "visible" | "json";

/**
 * A string unchanged, anything else as JSON.
 * @throws UsageError if no plugin has such a field.
 */
export function fieldAnswer(document: InspectDocument, path: string, form: FieldForm): FieldAnswer {
  const field = fieldOf(document, path);
  switch (field.kind) {
    case "value": {
      const { value } = field;
      const plain = typeof value === "string" && form !== "json";
      const text = plain ? (form === "visible" ? visible(value) : value) : jsonText(value);
      return { text, exitCode: document.exitCode };
    }
    case "absent":
      return {
        text: form === "json" ? jsonText(null) : "",
        remark: `${document.path} has no ${path}: ${document.unreadable === null ? field.reason : unreadableText(document.unreadable)}`,
        exitCode: exitCodes.findings.code,
      };
    case "unknown":
      throw unknownWord(`there is no field ${path}`, path, field.known, []);
  }
}
