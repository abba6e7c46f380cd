import { expect } from "vitest";
import { builtFixtures, type Fixture } from "../support/built-fixtures.ts";
import { testWith } from "../support/need.ts";

/** The columns: what was done to the finished file. */
const strips: readonly (readonly [string, (fixture: Fixture) => boolean])[] = [
  ["as linked", ({ stripped }) => stripped === "no"],
  ["linked without symbols", ({ stripped }) => stripped === "-s -w" || stripped.startsWith("-C strip")],
  ["`strip`", ({ stripped }) => stripped === "strip"],
  ["`llvm-strip`", ({ stripped }) => stripped === "llvm-strip"],
  ["no section headers", ({ stripped }) => stripped.includes("--strip-sections")],
];

const kinds: Readonly<Record<string, string>> = {
  plugin: "plugin",
  "c-shared": "c-shared library",
  cdylib: "plugin",
  shared: "plugin",
  dylib: "plugin",
  bundle: "plugin",
};

const shapes: Readonly<Record<string, string>> = {
  "section bytes": "section",
  "symbol bytes": "symbol, array of bytes",
  "symbol c-string": "symbol, pointer to the text",
  "symbol rust-str": "symbol, pointer and length (`&str`, `&[u8]`)",
  "symbol go-string": "variable, string (also `//go:embed`)",
  "symbol go-bytes": "variable, `[]byte` (`//go:embed`)",
  "ldflags go-string": '`-ldflags "-X …"`',
};

/** What happens to a manifest, in a word, with how many files show it. */
function cell(fixtures: readonly Fixture[]): string {
  if (fixtures.length === 0) return "–";
  const places = new Map<string, number>();
  for (const { places: found } of fixtures) {
    const first = found[0] ?? "lost";
    places.set(first, (places.get(first) ?? 0) + 1);
  }
  return [...places].map(([place, count]) => `${place} (${count})`).join(", ");
}

function table(): string {
  const fixtures = builtFixtures().fixtures.filter(
    ({ id, format, members }) => format !== "none" && members === undefined && !id.startsWith("compat/"),
  );
  const rows = new Map<string, Fixture[]>();
  for (const fixture of fixtures) {
    const shape = shapes[`${fixture.carrier} ${fixture.shape}`];
    if (shape === undefined) continue;
    const role = kinds[fixture.kind] ?? "host";
    const format = fixture.format === "elf" ? "ELF" : "Mach-O";
    const key = [
      format,
      fixture.language === "c" ? "C" : fixture.language === "go" ? "Go" : "Rust",
      role,
      shape,
    ].join(" | ");
    rows.set(key, [...(rows.get(key) ?? []), fixture]);
  }
  const lines = [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => `| ${key} | ${strips.map(([, has]) => cell(each.filter(has))).join(" | ")} |`);
  return [
    `| format | language | file | carrier | ${strips.map(([name]) => name).join(" | ")} |`,
    `| ${"--- | ".repeat(4 + strips.length).trim()}`,
    ...lines,
  ].join("\n");
}

const text = (): string => `# Carriers

Where a manifest can be read from, depending on how its author embedded it and what was done to the file afterwards. A cell
names the place that is read first and, in parentheses, how many files show it. Each of these files is made by the real
toolchain when the tests run (\`fixtures/build.js\`: gcc, clang with lld, go, cargo and rustc), and each is a test in
\`test/manifest/matrix.test.ts\`. \`–\` means that no file was made for the cell.

- \`section\`: the section, by its name
- \`dynamic-symbol\`: the dynamic symbol table, or the export trie in Mach-O
- \`static-symbol\`: the static symbol table
- \`build-info\`: the linker flags that Go records
- \`lost\`: nothing in the file names the manifest anymore

${table()}

Go and C for macOS are linked by clang and lld against our own minimal SDK; Apple's linker may lay things out differently. What
it leaves in a Go plugin after stripping is built by hand, in \`test/manifest/mach-o-go-plugin.test.ts\`.
Rust for Mach-O is compiled with \`no_core\` and linked by lld, because the toolchain for Linux does not include its standard
library.
`;

testWith(
  builtFixtures().lack(/^(elf|macho)\//),
  "the table of carriers is what the fixtures show",
  async () => {
    await expect(text()).toMatchFileSnapshot("../../docs/carriers.md");
  },
);
