import { describe, expect, it } from "vitest";
import { DYLD } from "../../../src/loader/dyld/messages.ts";
import type { LoaderMessage, MessageLoader } from "../../../src/loader/explain/loader-message.ts";
import { meaningOf } from "../../../src/loader/explain/meanings.ts";
import { parseLoaderMessage } from "../../../src/loader/explain/parse.ts";
import { GLIBC, glibcMessage } from "../../../src/loader/glibc/messages.ts";
import { GO } from "../../../src/loader/go/messages.ts";
import { filled, type MessageForm } from "../../../src/loader/message-form.ts";
import { MUSL } from "../../../src/loader/musl/messages.ts";

/* Every message that a prediction can contain is recognized when somebody pastes it. */

const plugin = "/opt/otel/plugins/x.so";

/** What stands in a hole. A hole that is not here fails the test. */
const examples: Readonly<Record<string, string>> = {
  told: "the planets do not align",
  system: "macOS 14.0",
  subtype: "0x80000002",
  release: "14.0",
  provided: "1.0.0",
  handle: "0x7ff8",
  errno: "13",
  bytes: "0x7F 0x45 0x4C 0x46 0x02 0x01 0x01 0x00",
  at: "@loader_path",
  address: "0x4000",
  any: "dl-lookup.c: 107: check_match: Assertion `version->filename'",
  architecture: "i386,arm64e",
  bits: "0x00000010",
  class: "ELFCLASS32",
  command: "LC_VERSION_MIN_*",
  count: "65536",
  definer: "/usr/lib/libowner.so.2",
  dylib: "/usr/lib/libSystem.B.dylib",
  end: "0x9000",
  expected: "0x00004000",
  image: `<00112233-4455-6677-8899-AABBCCDDEEFF> ${plugin}`,
  index: "12",
  installname: "@rpath/libssl 3.dylib",
  length: "4096",
  library: "libcurl.so.4",
  listed: "x86_64",
  needed: "'x86_64h' or 'x86_64'",
  offset: "99",
  order: "big",
  ordinal: "9",
  other: "__DATA_CONST",
  package: "github.com/IBM/sarama",
  path: plugin,
  permissions: "r-x",
  place: "<no uuid> /usr/lib/libowner.dylib",
  platform: "iOS-simulator",
  reason: "Invalid argument",
  revision: "3",
  rpath: "@loader_path/../lib",
  section: "__unwind_info",
  segment: "__LINKEDIT",
  signed: "0x00003000",
  size: "100",
  slice: "arm64",
  space: "vm",
  start: "0x1000",
  symbol: "_otel_host_api",
  table: "symbol table",
  type: "0x63",
  uuid: "00112233-4455-6677-8899-AABBCCDDEEFF",
  version: "GLIBC_2.99",
  why: `tried: '/usr/lib/libssl.3.dylib' (no such file)`,
};

/** An errno that says nothing about the file. */
const otherErrno = "Stale file handle";

/** What else is in a text with a message that means something only there. */
const surroundings: Readonly<Record<string, string>> = {
  "plugin\\.lastmoduleinit": "goroutine 1 [running]:\nplugin.lastmoduleinit()\n",
  "plugin\\.[oO]pen": "goroutine 1 [running]:\nplugin.Open(0x1)\n",
};

const exampleOf = (hole: string): string => {
  const value = examples[hole];
  if (value === undefined) throw new Error(`no example of ${hole}`);
  return value;
};

function wordsOf(form: MessageForm): string {
  const template = `${form.prefix ?? ""}${form.words}${form.suffix ?? ""}`;
  const holes = [...template.matchAll(/\{([a-z]+)\}/g)].map(([, name = ""]) => name);
  const isOfSystem = form.check === "system-call";
  const example = (hole: string): string => (isOfSystem && hole === "reason" ? otherErrno : exampleOf(hole));
  return filled(form, Object.fromEntries(holes.map((hole) => [hole, example(hole)])) as never);
}

/** As a host prints it. */
const printed: Readonly<Record<MessageLoader, (form: MessageForm) => string>> = {
  go: (form) => {
    const around =
      form.outcome === "crash" ? `fatal error: ${wordsOf(form)}` : `plugin.Open("x"): ${wordsOf(form)}`;
    const context = Object.entries(surroundings).find(([pattern]) => form.with?.source.startsWith(pattern));
    return `${around}\n\n${context?.[1] ?? ""}`;
  },
  glibc: (form) => {
    const before = { path: plugin, library: exampleOf("library"), definer: exampleOf("definer") };
    return form.before === undefined ? wordsOf(form) : glibcMessage(before[form.before], wordsOf(form));
  },
  musl: wordsOf,
  dyld: (form) => {
    if (form.check === "missing-symbol" && form.outcome === "crash") return `dyld[123]: ${wordsOf(form)}`;
    const isWhole = ["missing-dylib", "missing-symbol"].includes(form.check);
    return `dlopen(${plugin}, 0x000A): ${isWhole ? wordsOf(form) : `tried: '${plugin}' (${wordsOf(form)})`}`;
  },
};

/** The holes that an explanation needs, and how it names them. */
function told(form: MessageForm, loader: MessageLoader): Partial<LoaderMessage> {
  const holes = new Set(
    [...`${form.words}${form.suffix ?? ""}`.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name),
  );
  const ofSubject = {
    library: ["library", "installname"],
    "plugin-path": ["package"],
    "load-command": ["command"],
  };
  const kind = form.subject ?? (form.before === "library" ? "library" : undefined);
  const names: readonly string[] =
    kind === undefined
      ? []
      : kind in ofSubject
        ? ofSubject[kind as keyof typeof ofSubject]
        : [kind.replace("relocation-", "")];
  const inPrefix = (name: string): boolean => form.prefix?.includes(`{${name}}`) === true;
  const name = names.find((each) => holes.has(each) || inPrefix(each));
  const subject =
    name === undefined ? (form.before === "library" ? exampleOf("library") : undefined) : exampleOf(name);
  return {
    ...(kind === undefined || subject === undefined ? {} : { subject: { kind, name: subject } }),
    ...(holes.has("needed") ? { needed: exampleOf("needed").replaceAll("'", "") } : {}),
    ...(holes.has("reason")
      ? { reason: form.check === "system-call" ? otherErrno : exampleOf("reason") }
      : {}),
    ...(holes.has("definer") || form.before === "definer" ? { definer: exampleOf("definer") } : {}),
    ...(holes.has("place") ? { definer: "/usr/lib/libowner.dylib" } : {}),
    ...(holes.has("version") && form.subject !== "version" ? { version: exampleOf("version") } : {}),
    ...(form.before === "path" || (loader !== "go" && holes.has("path")) ? { path: plugin } : {}),
  };
}

/** Two forms that differ only in how much of the message is there: the longer one is found in the text of both. */
const sameText: ReadonlySet<string> = new Set(["otherTeamAlone"]);

const tables: readonly (readonly [MessageLoader, Readonly<Record<string, MessageForm>>])[] = [
  ["go", GO],
  ["glibc", GLIBC],
  ["musl", MUSL],
  ["dyld", DYLD],
];

describe.each(tables)("a message of %s", (loader, table) => {
  it.each(Object.entries(table))("is explained: %s", (name, form) => {
    const message = parseLoaderMessage(printed[loader](form));
    expect(message).toMatchObject({
      loader,
      check: form.check,
      outcome: form.outcome ?? "refused",
      ...told(form, loader),
    });
    if (message === undefined) return;
    const { says, causes, next } = meaningOf(message);
    expect([says, ...causes].every((text) => /[.)]$/.test(text))).toBe(true);
    expect(causes.length).toBeGreaterThan(0);
    expect(next.length).toBeGreaterThan(0);
    if (!sameText.has(name)) expect(message.text).toContain(form.words.split("{")[0]?.trim());
  });
});
