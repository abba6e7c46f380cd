import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, testWith } from "../../support/need.ts";
import { cases } from "./cases.ts";
import { confusion, isRight, type Row } from "./confusion.ts";
import { answerOf, predictLoad, reallyOpen, type Loader } from "./ground.ts";
import { loaders, type Candidate } from "./loaders.ts";
import { arm64Sysroot } from "./machine.ts";
import { buildHost, Workbench } from "./workbench.ts";

/*
 * Every file is made by the real compilers and linkers, opened by a real process with dlopen(path, RTLD_NOW | RTLD_GLOBAL), and
 * what came of it compared with what was predicted, to the letter.
 */

const folder = mkdtempSync(join(tmpdir(), "dlopen-"));
const candidates = loaders();
const benches = new Map<string, Workbench>();
const answers = new Map<string, readonly Row[]>();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One for all loaders that are asked about the same files. */
function benchOf({ flavour, machine }: Candidate): Workbench {
  const name = `${flavour}-${machine.id}`;
  const bench = benches.get(name) ?? new Workbench(join(folder, name), flavour, machine);
  benches.set(name, bench);
  return bench;
}

function ask(loader: Loader, candidate: Candidate): readonly Row[] {
  const bench = benchOf(candidate);
  return casesOf(candidate).map(({ name, host = "plain", make }) => {
    const [program, path] = [buildHost(bench, host, candidate.linking), make(bench)];
    const prediction = predictLoad(loader, program, path);
    const check = "first" in prediction ? prediction.first.check : undefined;
    const real = reallyOpen(loader, program, path);
    // The folder has another name in every run.
    const plain = (text: string | null): string | null => text?.replaceAll(bench.folder, "") ?? null;
    const told = answerOf(prediction);
    return {
      name,
      check,
      told: { ...told, message: plain(told.message) },
      real: { ...real, message: plain(real.message) },
    };
  });
}

function casesOf({ flavour, machine, linking }: Candidate): typeof cases {
  return cases.filter(
    ({ only, belongsTo, host }) =>
      (only ?? flavour) === flavour &&
      (belongsTo?.machine ?? machine.name) === machine.name &&
      // A static host is linked to no library.
      (linking === "dynamic" || host !== "linked"),
  );
}

for (const candidate of candidates) {
  const { name, loader, lack, optional } = candidate;
  const group = (): void => {
    beforeAll(() => {
      if (loader !== undefined) answers.set(name, ask(loader, candidate));
    });

    it.each(casesOf(candidate))("predicts $name", (one) => {
      const row = answers.get(name)?.find((each) => each.name === one.name);
      const mayBeUnknown =
        one.mayBeUnknown === "everywhere" ||
        one.mayBeUnknown === name ||
        one.inWorkingFolder === candidate.flavour;
      if (mayBeUnknown && row?.told.outcome === "unknown") return;
      expect(row?.told).toEqual(row?.real);
    });
  };
  describeWith(lack, name, group, { optional });
}

it.each(candidates)("there are enough files for the numbers of $name to mean something", (candidate) => {
  expect(casesOf(candidate).length).toBeGreaterThan(100);
});

/** The document names releases; with others, the numbers may be others. */
const RELEASES = [
  "Debian GLIBC 2.36",
  "glibc 2.31",
  "glibc 2.41",
  "musl 1.2.3",
  "musl 1.2.5",
  "Debian GLIBC 2.36 on arm64",
  "glibc 2.41 on arm64",
  "Debian GLIBC 2.36, static",
] as const;

function lackOfReleases(): string | undefined {
  const lacking = candidates.find(({ lack }) => lack !== undefined)?.lack;
  return lacking ?? (releasesAtHand() ? undefined : "loaders of other releases than those in the document");
}

function releasesAtHand(): boolean {
  const [gnu, , , musl, , arm] = candidates.map(({ loader }) => loader?.system);
  const glibc = (system: typeof gnu, libc: string): string | undefined =>
    existsSync(libc) ? system?.glibc(libc).release?.join(".") : undefined;
  return (
    glibc(gnu, "/lib/x86_64-linux-gnu/libc.so.6") === "2.36" &&
    glibc(arm, join(arm64Sysroot, "lib/libc.so.6")) === "2.36" &&
    musl?.muslReleaseOf("/lib/ld-musl-x86_64.so.1")?.join(".") === "1.2.3"
  );
}

function tellCase(name: string): string {
  const cells = candidates.map(({ name: loader }) => {
    const row = answers.get(loader)?.find((each) => each.name === name);
    if (row === undefined) return "–";
    return row.check === undefined ? row.told.outcome : `${row.told.outcome}: \`${row.check}\``;
  });
  return `| ${name.replaceAll("|", "\\|")} | ${cells.join(" | ")} |`;
}

/** Files that are asked about on one machine alone, by the reason. */
function leftOut(): string {
  const reasons = new Map<string, readonly string[]>();
  for (const { name, belongsTo } of cases) {
    if (belongsTo === undefined) continue;
    const why = `Asked on ${belongsTo.machine} alone, since ${belongsTo.because}`;
    reasons.set(why, [...(reasons.get(why) ?? []), name]);
  }
  return [...reasons].map(([why, names]) => `${why}: ${names.join(", ")}.`).join("\n");
}

function document(): string {
  const lasting = new Set(cases.filter(({ processor }) => processor !== true).map(({ name }) => name));
  const tables = candidates.map(({ name }, index) => {
    const rows = (answers.get(name) ?? []).filter((row) => lasting.has(row.name));
    const title = RELEASES[index] ?? name;
    return `## ${title}\n\n${rows.length} files, ${rows.filter(isRight).length} of them predicted exactly.\n\n${confusion(rows)}`;
  });
  return `# Predicting dlopen

\`src/loader/dlopen\` predicts, from the files alone, what \`dlopen(path, RTLD_NOW | RTLD_GLOBAL)\` answers, for the loaders of
glibc and musl. gcc, binutils and lld make the files below when the tests run; a real process with a real loader opens
each of them, and the result is compared with the prediction, outcome and message (\`test/loader/dlopen\`). A crash has no
message: the process is gone. The loaders are those of Debian 11, 12 and 13; qemu-user runs the arm64 processes, with
pages of 4 KiB. A static host contains the loader, and loads the C library a second time.

- \`loads\`: dlopen returns a handle
- \`refused\`: dlopen returns an error
- \`crash\`: the host's process dies of SIGBUS, SIGSEGV or a failed assertion in the loader
- \`unknown\`: the files do not contain the answer, and nothing is guessed

A prediction means the same for dlopen, plugin.Open and dyld. A loader goes through its checks in a fixed order, and some
of them depend on facts that the files do not contain. Something unknown never passes: if nothing else stands in the way,
the prediction is \`unknown\`. An obstacle that comes later is still certain, so the prediction is \`refused\` or \`crash\`. But
the loader may stop earlier with another message: no message is predicted then, and what is unknown is shown beside the
obstacle. If even the obstacle depends on what is unknown, the prediction is \`unknown\`.

What the target must have, such as a later glibc than the host's or another library, is open until a file (\`--sysroot\`) or a
flag (\`--target-glibc\`) tells; until then the prediction is \`unknown\`, with the needs listed. For x86-64 and arm64 the lists that
glibc publishes say what each release from 2.17 to 2.42 has in which library: \`scripts/glibc-abi.js\` makes
\`src/loader/glibc/generated/abi.ts\` of them.

${tables.join("\n\n")}

## The files

The prediction for each, and the check that it fails. \`–\` means that the loader is not asked.

${leftOut()}

| file | ${RELEASES.join(" | ")} |
| --- | ${RELEASES.map(() => "---").join(" | ")} |
${cases
  .filter(({ name }) => lasting.has(name))
  .map(({ name }) => tellCase(name))
  .join("\n")}

## What is not predicted

- what a library's own code does when it is loaded: constructors, resolvers of indirect functions
- what the kernel forbids: a noexec mount, SELinux, too little memory
- a static host with a different release of glibc at run time than its own, and one without threads, which does not record
  its release: whatever needs the C library is unknown; a static PIE with a search path or exported symbols
- libraries that the host has opened before; LD_PRELOAD, LD_AUDIT; LD_LIBRARY_PATH unless it is given
- a relative or empty folder of a search path, and a relative path in DT_NEEDED: the working folder of the host's process is not known
- filters (DT_FILTER, DT_AUXILIARY): unknown
- a file for a different machine under musl, which maps it and calls its code: unknown
`;
}

testWith(
  lackOfReleases(),
  "the table of loaders is what they say",
  async () => {
    const text = await format(document(), { parser: "markdown", printWidth: 110 });
    await expect(text).toMatchFileSnapshot("../../../docs/loader-dlopen.md");
  },
  { optional: true },
);
