import { dyldForms } from "./dyld-form.ts";
import type { CompiledForm } from "./form.ts";
import { glibcForms } from "./glibc-form.ts";
import { goForms } from "./go-form.ts";
import type { LoaderMessage, MessageCheck } from "./loader-message.ts";
import { unwrappedLog } from "./log-text.ts";
import { muslForms } from "./musl-form.ts";
import { openingBefore, sameFile, type Opening } from "./named-file.ts";

/** At the same place the first one counts: longer texts stand before their beginnings. */
const allForms: readonly CompiledForm[] = [...goForms, ...glibcForms, ...dyldForms, ...muslForms];

interface Hit {
  readonly form: CompiledForm;
  readonly at: number;
  readonly length: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/**
 * The first loader's message in a text, whatever log, panic or quotation it was copied out of; undefined where the
 * text has none that is known. The time it takes is bounded by the text's length.
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

function messageOf({ form, at, length, groups }: Hit, text: string): LoaderMessage {
  const opening = openingBefore(text, at);
  const path = opening.opened ?? groups["path"] ?? (form.before === "path" ? opening.file : undefined);
  const name = subjectName(form, groups, opening);
  const about = subjectOf(form, name, opening);
  const end = at + length;
  const repeated = /^\s*\(previous failure\)/.exec(text.slice(end, end + 64))?.[0] ?? "";
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
 * glibc says "No such file or directory" of three things: a library that is missing (it then names the library, by
 * what the plugin needs), a file for another machine, and a file that is not there.
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

/** Names of the parts that a subject stands in, where it is not called as its kind. */
const partOf: Readonly<Record<string, readonly string[]>> = {
  library: ["library", "installname"],
  "plugin-path": ["package"],
  "load-command": ["command"],
  "relocation-type": ["type"],
};

function subjectName(form: CompiledForm, groups: Hit["groups"], { file }: Opening): string | undefined {
  if (form.subject === undefined) return undefined;
  const names = partOf[form.subject] ?? [form.subject];
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
