import { format } from "prettier";
import { expect, it } from "vitest";
import { add, hostFor, lc, library, misalign, type Change } from "./linkedit-library.ts";
import { predict } from "./open-host.ts";

const releases = ["11", "12", "13", "14", "15.4", "26", "27"] as const;

const miscount: Change = (bytes, { commandAt }) => {
  add(bytes, commandAt(lc.dysymtab) + 28, 3);
};

const files: readonly (readonly [string, Buffer])[] = [
  ["tables in order", library(() => undefined, "11.0", "27.0")],
  ["string pool not aligned, built with SDK 15", library(misalign, "11.0", "15.0")],
  ["string pool not aligned, built with SDK 26", library(misalign, "11.0", "26.0")],
  ["string pool not aligned, built with SDK 27", library(misalign, "11.0", "27.0")],
  ["tables that overlap, leave the segment or are miscounted", library(miscount, "11.0", "15.0")],
];

function row([name, bytes]: readonly [string, Buffer]): string {
  const hosts = [...releases, undefined].map((release) => hostFor("11.0", release));
  return `| ${name} | ${hosts.map((host) => predict(bytes, host).outcome).join(" | ")} |`;
}

it("the page on dyld has what is predicted for each release", async () => {
  const text = `# Predicting dyld

\`src/loader/dyld\` predicts, from the files alone, what \`dlopen\` answers on macOS. No Mac takes part in the tests: the checks are
those of [dyld's published source](https://github.com/apple-oss-distributions/dyld), and each place in the code names the function and the
release of dyld that it follows. What a prediction means is in [Predicting dlopen](loader-dlopen.md).

The checks and messages are those of dyld-1378 (macOS 26), unless a release is named: \`--target-macos 15.4\`. Then

- a plugin that is built for a newer release is unknown, since it may use what that release lacks
- a plugin that is built for that release or an older one needs no newer macOS
- what only macOS 15.4 and later check in load commands and segments is unknown on an earlier one
- the table below has one answer

Messages are worded as in macOS 26. \`plugins explain --error\` knows the words of other releases as well.

## The tables in \`__LINKEDIT\`

The segment at the end of a file holds tables: symbols, exports, fixups, the signature. macOS 12 to 26 do not look at their places
when they load a plugin; only \`dyld_info\` and the linker do. macOS 11 and earlier check them in their own way, which is not predicted.
macOS 27 refuses a file that is built with SDK 27 or later if its string pool does not start at a multiple of the size of a pointer.
\`llvm-strip\`, \`llvm-objcopy\` and rustc's \`strip\` option, which is on in Cargo's release profile, leave it that way if the number of
indirect symbols is odd, until LLVM's fix ([llvm/llvm-project#203680](https://github.com/llvm/llvm-project/pull/203680)).

The source of macOS 27's dyld is not published. Its answer is known from reports
([rust-lang/rust#157750](https://github.com/rust-lang/rust/issues/157750)), and what these do not say is unknown.
A release that is newer than macOS 26 is otherwise taken to load what macOS 26 does, and the prediction says so.

| file | ${releases.map((release) => `macOS ${release}`).join(" | ")} | release not named |
| --- | ${releases.map(() => "---").join(" | ")} | --- |
${files.map(row).join("\n")}

## What is not predicted

- what Gatekeeper and the system's policy decide: quarantine, notarization
- libraries of the system: those that the host links or every macOS has are taken to be there
- other words of releases before macOS 26 for the same refusal
`;
  await expect(await format(text, { parser: "markdown", printWidth: 110 })).toMatchFileSnapshot(
    "../../../docs/loader-dyld.md",
  );
});
