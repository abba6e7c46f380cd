import type { MessageCheck } from "../check.ts";
import { DYLD, DYLD_NEWER } from "../dyld/messages.ts";
import { GLIBC } from "../glibc/messages.ts";
import { GO, PREVIOUS_FAILURE } from "../go/messages.ts";
import { MUSL } from "../musl/messages.ts";
import { compiled, longestLead, patternOfWords, type CompiledForm } from "./form.ts";
import type { LoaderMessage } from "./loader-message.ts";
import { unwrappedLog } from "./log-text.ts";
import { openingBefore, sameFile, type Opening } from "./named-file.ts";
import { processEnd } from "./process-end.ts";
import { isRefusal, listStart, tellingPlace, triedList, type TriedList } from "./tried-list.ts";

const dyldForms = compiled("dyld", DYLD);

/** At the same place in a text the first one counts. */
const allForms: readonly CompiledForm[] = [
  ...compiled("go", GO),
  ...compiled("glibc", GLIBC),
  ...dyldForms,
  ...compiled("musl", MUSL),
];

const newerSystems = Object.values(DYLD_NEWER).map(({ words }) => patternOfWords(words));

/** A message, and how often it is in a text. */
export interface CountedMessage {
  readonly message: LoaderMessage;
  readonly count: number;
}

/** Different messages of a text that are explained: a log that has more is about something else. */
const mostMessages = 50;

/**
 * The first loader message in a text, whatever log, panic or quotation it was copied from; undefined if the text contains no known
 * one. The time it takes grows only linearly with the text's length.
 */
export function parseLoaderMessage(text: string): LoaderMessage | undefined {
  const plain = unwrappedLog(text);
  for (const { message } of placedMessages(plain)) return message;
  return undefined;
}

/**
 * All loader messages in a text, in its order: each one once, with the number of lines that have it. The fields of a structured log
 * that repeat one error in the same line count once.
 */
export function parseLoaderMessages(text: string): readonly CountedMessage[] {
  const plain = unwrappedLog(text);
  const all = new Map<string, { message: LoaderMessage; count: number; end: number }>();
  let last: LoaderMessage | undefined;
  for (const { message, start, end } of placedMessages(plain)) {
    const known = all.get(keyOf(message));
    if (known !== undefined) {
      if (plain.slice(known.end, start).includes("\n")) known.count++;
      known.end = end;
    } else if (all.size < mostMessages && !isRest(message, last)) {
      all.set(keyOf(message), { message, count: 1, end });
    }
    last = message;
  }
  return [...all.values()].map(({ message, count }) => ({ message, count }));
}

/** That package plugin repeats an error makes no other one of it, and neither does a different process id. */
function keyOf(message: LoaderMessage): string {
  const text = message.text.replace(` ${PREVIOUS_FAILURE}`, "").replace(/^dyld\[\d+\]/, "dyld");
  return JSON.stringify({ ...message, text, previousFailure: false });
}

/** Go's older releases print what they then throw: the second text names less than the first. */
function isRest(message: LoaderMessage, last: LoaderMessage | undefined): boolean {
  const names = message.subject !== undefined || message.path !== undefined;
  return !names && last?.check === message.check && last.loader === message.loader;
}

/** A message, and where it is in the text. */
interface Placed {
  readonly message: LoaderMessage;
  readonly start: number;
  readonly end: number;
}

function* placedMessages(text: string): Generator<Placed> {
  let found = false;
  for (const weak of [false, true]) {
    for (const placed of messagesOf(text, weak)) {
      found = true;
      yield placed;
    }
    if (found) return;
  }
}

/** Goes through the text once: each form remembers where it is found next. */
function* messagesOf(text: string, weak: boolean): Generator<Placed> {
  const searches = allForms
    .filter((form) => (form.weak ?? false) === weak && form.with?.test(text) !== false)
    .map((form) => ({ form, match: matchFrom(form, text, 0) }));
  let list = weak ? undefined : listStart(text, 0);
  let from = 0;
  for (;;) {
    let first: Hit | undefined;
    for (const search of searches) {
      if (search.match !== null && search.match.index < from) {
        search.match = matchFrom(search.form, text, from);
      }
      const { form, match } = search;
      if (match === null || match.index >= (first?.at ?? Infinity)) continue;
      first = { form, at: match.index, length: match[0].length, groups: match.groups ?? {} };
    }
    if (list !== undefined && list < from) list = listStart(text, from);
    const tried = list !== undefined && list < (first?.at ?? Infinity) ? triedList(text, list) : undefined;
    if (list !== undefined && tried !== undefined) {
      const placed = listMessage(text, list, tried, from);
      yield placed;
      from = placed.end;
      continue;
    }
    if (first === undefined) return;
    const placed = messageOf(first, text, from);
    // The rest of what package plugin says in one line: the reason of the loader that it called.
    if (placed.start >= from) yield placed;
    from = Math.max(placed.end, first.at + 1);
  }
}

interface Hit {
  readonly form: CompiledForm;
  readonly at: number;
  readonly length: number;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

function matchFrom(form: CompiledForm, text: string, from: number): RegExpExecArray | null {
  form.pattern.lastIndex = from;
  return form.pattern.exec(text);
}

/** @param floor where the message before this one ends */
function messageOf({ form, at: from, length, groups: found }: Hit, text: string, floor: number): Placed {
  const lead = form.lead?.exec(text.slice(Math.max(floor, from - longestLead), from));
  const at = from - (lead?.[0].length ?? 0);
  const groups: Hit["groups"] = { ...lead?.groups, ...found };
  const opening = openingFor(text, at, floor);
  const path = opening.opened ?? groups["path"] ?? (form.before === "path" ? opening.file : undefined);
  const name = subjectName(form, groups, opening);
  const about = subjectOf(form, name, opening);
  const told = form.check === "missing-dylib" ? libraryList(text, from, from + length) : undefined;
  const end = Math.max(told?.end ?? 0, from + length);
  const fatal =
    opening.by === undefined ? processEnd(form.loader, path, text, startOf(form, opening, at)) : undefined;
  const start = fatal ?? startOf(form, opening, at);
  const next = text.slice(end, end + 64);
  const repeated = next.trimStart().startsWith(PREVIOUS_FAILURE) ? ` ${PREVIOUS_FAILURE}` : "";
  const message: LoaderMessage = {
    loader: form.loader,
    check: about.check,
    outcome: fatal === undefined ? (form.outcome ?? "refused") : "crash",
    text: oneLine(`${text.slice(start, end)}${repeated}`),
    ...optional("path", path ?? about.path),
    ...(about.subject === undefined ? {} : { subject: about.subject }),
    ...optional("version", form.subject === "version" ? undefined : trimmed(groups["version"])),
    ...optional(
      "definer",
      trimmed(groups["definer"]) ?? (form.before === "definer" ? opening.file : undefined),
    ),
    ...optional("needed", groups["needed"]?.replaceAll("'", "")),
    ...optional("reason", trimmed(groups["reason"])),
    ...optional("builtFor", form.loader === "dyld" ? newerSystem(text, from, end) : undefined),
    ...(told?.because === undefined ? {} : { because: told.because }),
    previousFailure: repeated !== "",
  };
  return { message, start, end };
}

/** An opening belongs to the message before this one if a line has ended since; not if this is what that message goes on with. */
function openingFor(text: string, at: number, floor: number): Opening {
  const opening = openingBefore(text, at);
  const isEarlier = opening.start < floor && text.slice(floor, at).includes("\n");
  return isEarlier ? openingBefore(text, at, floor) : opening;
}

/** Of dyld, which names no file before its words, all that comes before is somebody else's. */
function startOf(form: CompiledForm, opening: Opening, at: number): number {
  return form.loader === "dyld" && opening.by === undefined ? at : opening.start;
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

/** What dyld lists after a library that it did not load. */
interface LibraryList {
  readonly end: number;
  /** Why it did not take a file that is there. */
  readonly because?: LoaderMessage;
}

function libraryList(text: string, from: number, end: number): LibraryList | undefined {
  const start = listStart(text, from);
  const tried = start === undefined || start > end + 16 ? undefined : triedList(text, start);
  if (tried === undefined) return undefined;
  const place = tellingPlace(tried.places, undefined);
  if (place === undefined || !isRefusal(place)) return { end: tried.end };
  return { end: tried.end, because: { ...reasonMessage(place.reason), path: place.path } };
}

/** What dyld says of the places that it tried, of which that counts that was asked for. */
function listMessage(text: string, at: number, { places, end }: TriedList, floor: number): Placed {
  const opening = openingFor(text, at, floor);
  const place = tellingPlace(places, opening.opened);
  const fatal = opening.by === undefined ? processEnd("dyld", undefined, text, at) : undefined;
  const start = fatal ?? (opening.by === undefined ? at : opening.start);
  const message: LoaderMessage = {
    ...reasonMessage(place?.reason ?? ""),
    ...(fatal === undefined ? {} : { outcome: "crash" as const }),
    ...optional("path", opening.opened ?? place?.path),
    text: oneLine(text.slice(start, end)),
  };
  return { message, start, end };
}

/** What one reason of dyld's says. One that is unknown stays what it is: it is never read as a different one. */
function reasonMessage(reason: string): LoaderMessage {
  let first: Hit | undefined;
  for (const form of dyldForms) {
    const match = matchFrom(form, reason, 0);
    if (match === null || match.index >= (first?.at ?? Infinity)) continue;
    if (form.weak === true && match.index > 0) continue;
    // Words that other failures use, too: here they must be all of it.
    if (form.weak === true && !/^(?:,|$)/.test(reason.slice(match[0].length))) continue;
    first = { form, at: match.index, length: match[0].length, groups: match.groups ?? {} };
  }
  if (first !== undefined) return messageOf(first, reason, 0).message;
  return {
    loader: "dyld",
    check: "unknown-reason",
    outcome: "refused",
    text: oneLine(reason),
    ...optional("reason", oneLine(reason)),
    previousFailure: false,
  };
}

/** The later release that a file is built for, if dyld says so in the same paragraph. */
function newerSystem(text: string, from: number, end: number): string | undefined {
  const [paragraph = ""] = text.slice(from, end + 512).split("\n\n");
  for (const pattern of newerSystems) {
    const system = pattern.exec(paragraph)?.groups?.["system"];
    if (system !== undefined) return system;
  }
  return undefined;
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Without the full stop or colon of the sentence around it. */
function trimmed(name: string | undefined): string | undefined {
  return name?.trim().replace(/[.:]+$/, "");
}

function optional<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value === undefined || value === "" ? {} : ({ [key]: value } as Record<Key, string>);
}
