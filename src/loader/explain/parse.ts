import type { MessageCheck } from "../check.ts";
import { DYLD } from "../dyld/messages.ts";
import { GLIBC } from "../glibc/messages.ts";
import { GO, PREVIOUS_FAILURE } from "../go/messages.ts";
import { MUSL } from "../musl/messages.ts";
import { compiled, longestLead, type CompiledForm } from "./form.ts";
import type { LoaderMessage } from "./loader-message.ts";
import { unwrappedLog } from "./log-text.ts";
import { openingBefore, sameFile, type Opening } from "./named-file.ts";

/** At the same place in a text the first one counts. */
const allForms: readonly CompiledForm[] = [
  ...compiled("go", GO),
  ...compiled("glibc", GLIBC),
  ...compiled("dyld", DYLD),
  ...compiled("musl", MUSL),
];

interface Hit {
  readonly form: CompiledForm;
  readonly at: number;
  readonly length: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/**
 * The first loader message in a text, whatever log, panic or quotation it was copied from; undefined if the text contains no known
 * one. The time it takes grows only linearly with the text's length.
 */
export function parseLoaderMessage(text: string): LoaderMessage | undefined {
  const plain = unwrappedLog(text);
  const hit = firstHit(plain, false) ?? firstHit(plain, true);
  return hit === undefined ? undefined : messageOf(hit, plain);
}

function firstHit(text: string, weak: boolean): Hit | undefined {
  let first: Hit | undefined;
  for (const form of allForms) {
    if ((form.weak ?? false) !== weak || form.with?.test(text) === false) continue;
    form.pattern.lastIndex = 0;
    const match = form.pattern.exec(text);
    if (match === null || match.index >= (first?.at ?? Infinity)) continue;
    first = { form, at: match.index, length: match[0].length, groups: match.groups ?? {} };
  }
  return first;
}

function messageOf({ form, at: from, length, groups: found }: Hit, text: string): LoaderMessage {
  const lead = form.lead?.exec(text.slice(Math.max(0, from - longestLead), from));
  const at = from - (lead?.[0].length ?? 0);
  const groups: Hit["groups"] = { ...lead?.groups, ...found };
  const opening = openingBefore(text, at);
  const path = opening.opened ?? groups["path"] ?? (form.before === "path" ? opening.file : undefined);
  const name = subjectName(form, groups, opening);
  const about = subjectOf(form, name, opening);
  const end = from + length;
  const next = text.slice(end, end + 64);
  const repeated = next.trimStart().startsWith(PREVIOUS_FAILURE) ? ` ${PREVIOUS_FAILURE}` : "";
  return {
    loader: form.loader,
    check: about.check,
    outcome: form.outcome ?? "refused",
    text: `${text.slice(opening.start, end)}${repeated}`.replace(/\s+/g, " ").trim(),
    ...optional("path", path ?? about.path),
    ...(about.subject === undefined ? {} : { subject: about.subject }),
    ...optional("version", form.subject === "version" ? undefined : trimmed(groups["version"])),
    ...optional(
      "definer",
      trimmed(groups["definer"]) ?? (form.before === "definer" ? opening.file : undefined),
    ),
    ...optional("needed", groups["needed"]?.replaceAll("'", "")),
    ...optional("reason", groups["reason"]),
    previousFailure: repeated !== "",
  };
}

interface About {
  readonly check: MessageCheck;
  readonly subject?: NonNullable<LoaderMessage["subject"]>;
  readonly path?: string;
}

/**
 * glibc says "No such file or directory" of three things: a missing library (it then names the library, as the plugin does), a file
 * for another machine, and a missing file.
 */
function subjectOf(form: CompiledForm, name: string | undefined, { opened, by, file }: Opening): About {
  if (form.loader === "glibc" && form.check === "missing-library" && file !== undefined) {
    const isPlugin = opened === undefined ? file.includes("/") : sameFile(opened, file);
    // plugin.Open has found the file before it calls dlopen (realpath): then it is for another machine.
    if (isPlugin) return { check: by === "plugin.Open" ? "machine" : "missing-file", path: file };
    return { check: form.check, subject: { kind: "library", name: file } };
  }
  if (form.subject === undefined || name === undefined) return { check: form.check };
  return { check: form.check, subject: { kind: form.subject, name } };
}

/** The holes for a subject, if they do not have the name of its kind. */
const holesFor: Readonly<Record<string, readonly string[]>> = {
  library: ["library", "installname"],
  "plugin-path": ["package"],
  "load-command": ["command"],
  "relocation-type": ["type"],
};

function subjectName(form: CompiledForm, groups: Hit["groups"], { file }: Opening): string | undefined {
  if (form.subject === undefined) return undefined;
  const names = holesFor[form.subject] ?? [form.subject];
  const found = names.map((name) => groups[name]).find((name) => name !== undefined);
  return trimmed(found) ?? (form.before === form.subject ? file : undefined);
}

/** Without the full stop or colon of the sentence around it. */
function trimmed(name: string | undefined): string | undefined {
  return name?.trim().replace(/[.:]+$/, "");
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined || value === "" ? {} : ({ [key]: value } as Record<Key, string>);
}
