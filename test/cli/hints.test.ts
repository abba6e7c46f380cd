import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

/** The folder in which all command lines run, so that their paths are short. */
const cwd = fileURLToPath(new URL("../../fixtures/sample-rust/", import.meta.url));
const bin = fileURLToPath(new URL("../../bin/run.js", import.meta.url));

const kafka = "plugins/kafkaexporter.so";
const check = `check-all plugins --host otelcol`;
const message = "plugin was built with a different version of package internal/goarch";

/** Words as a shell splits them, of lines without quotes. */
function words(line: string): readonly string[] {
  return line === "" ? [] : line.split(" ");
}

/** What was typed, what stderr says, and the command line in its hint. */
type Row = readonly [typed: string | readonly string[], says: string, run: string];

const corrected: readonly Row[] = [
  // The version and the help
  ["-v", "unknown flag -v", "--version"],
  ["version", "unknown command version", "--version"],
  ["--verison", "unknown flag --verison", "--version"],
  ["-version", "unknown flag -version", "--version"],
  ["help version", "unknown command version", "--version"],
  ["-?", "unknown flag -?", "--help"],
  ["hlep", "unknown command hlep", "help"],
  ["help lst", "unknown command lst", "help list"],
  ["--help lsit", "unknown command lsit", "--help list"],
  ["list -help", "unknown flag -help", "list --help"],
  // Commands
  ["lsit plugins", "unknown command lsit", "list plugins"],
  ["List plugins", "unknown command List", "list plugins"],
  ["LIST plugins", "unknown command LIST", "list plugins"],
  ["ls plugins", "unknown command ls", "list plugins"],
  ["insp otelcol", "unknown command insp", "inspect otelcol"],
  ["ckeck-all plugins --host otelcol", "unknown command ckeck-all", check],
  ["checkall plugins --host otelcol", "unknown command checkall", check],
  ["check plugins --host otelcol", "unknown command check", check],
  ["check all plugins --host otelcol", "unknown command check", check],
  [`check ${kafka} --host otelcol`, "unknown command check", `validate ${kafka} --host otelcol`],
  ["help check", "unknown command check", "help check-all"],
  ["rules", "unknown command rules", "explain"],
  ["plugins list plugins", "unknown command plugins", "list plugins"],
  ["-- list plugins", "no command before --", "list plugins"],
  // Paths
  ["plugins", "plugins is a path, not a command", "list plugins"],
  [`./${kafka}`, "is a path, not a command", `inspect ./${kafka}`],
  [`${kafka} --host otelcol`, "is a path, not a command", `validate ${kafka} --host otelcol`],
  ["plugins --host otelcol", "plugins is a path, not a command", check],
  ["validate plugins --host otelcol", "plugins is a folder, not a file", check],
  [
    "validate plugins plugins --host otelcol",
    "is a folder, not a file",
    "check-all plugins plugins --host otelcol",
  ],
  ["inspect plugins", "plugins is a folder, not a file", "list plugins"],
  [`check-all ${kafka} --host otelcol`, "is a file, not a folder", `validate ${kafka} --host otelcol`],
  [`lock ${kafka} --host otelcol`, "is a file, not a folder", `validate ${kafka} --host otelcol`],
  [`list ${kafka}`, "is a file, not a folder", `inspect ${kafka}`],
  // explain
  [`explain ${kafka}`, "is a path, not a rule", `inspect ${kafka}`],
  [`explain ${kafka} --host otelcol`, "only be used with --error", `validate ${kafka} --host otelcol`],
  [["explain", message], `unknown rule ${message}`, `explain --error '${message}'`],
  [`explain ${message}`, "a loader's message must be one argument", `explain --error '${message}'`],
  [["explain", "toolchain mismatch"], "unknown rule toolchain mismatch", "explain toolchain-mismatch"],
  ["explain Toolchain-Mismatch", "unknown rule Toolchain-Mismatch", "explain toolchain-mismatch"],
  // Flags
  [`--json explain ${message}`, "must be one argument", `explain --error '${message}'`],
  ["--jsno", "unknown flag --jsno", "--json"],
  ["check-all plugins --hots otelcol", "unknown flag --hots", check],
  ["check-all plugins --hosts=otelcol", "unknown flag --hosts=otelcol", "check-all plugins --host=otelcol"],
  ["check-all plugins --Host otelcol", "unknown flag --Host", check],
  ["check-all plugins —host otelcol", "begins with a long dash", check],
  ["check-all plugins -host otelcol", "unknown flag -host", check],
  [`${check} --require-manifests`, "unknown flag --require-manifests", `${check} --require-manifest`],
  [`${check} --format json`, "unknown flag --format", `${check} --output json`],
  [`${check} --output-format=json`, "unknown flag --output-format=json", `${check} --output=json`],
  ["inspect otelcol -o json", "unknown flag -o", "inspect otelcol --json"],
  [`${check} --json=true`, "--json takes no value", `${check} --json`],
  ["list plugins --json true", "--json takes no value", "list plugins --json"],
  ["list plugins --recursive=false", "--recursive takes no value", "list plugins --no-recursive"],
  ["list plugins --color never", "--color takes no value", "list plugins --no-color"],
  ["--color=always list plugins", "--color takes no value", "--color list plugins"],
  ["list plugins --host otelcol", "unknown flag --host", check],
  [`inspect ${kafka} --host otelcol`, "unknown flag --host", `validate ${kafka} --host otelcol`],
  ["--host otelcol check-all plugins", "no command before --host", "check-all --host otelcol plugins"],
  // Values
  [
    `${check} --severity toolchian-mismatch=note`,
    "unknown rule",
    `${check} --severity toolchain-mismatch=note`,
  ],
  [
    `${check} --severity toolchain-mismatch=warn`,
    "RULE=LEVEL",
    `${check} --severity toolchain-mismatch=warning`,
  ],
  [`${check} -o jsno`, "unknown format jsno", `${check} -o json`],
  [`${check} -o JSON`, "unknown format JSON", `${check} -o json`],
  ["list plugins -o jsno=/dev/null", "unknown format jsno", "list plugins -o json=/dev/null"],
  [`${check} --policy strikt`, "--policy strikt: expected one of proof, strict", `${check} --policy strict`],
  [`${check} --fail-on warnings`, "--fail-on warnings: expected one of error,", `${check} --fail-on warning`],
  ["list plugins --columns plugin,biult", "unknown column biult", "list plugins --columns plugin,built"],
  ["list plugins --sort Plugin", "unknown column Plugin", "list plugins --sort plugin"],
  ["schema manifst", "unknown schema manifst", "schema manifest"],
  ["completion bahs", "bahs: expected one of bash", "completion bash"],
  [
    `inspect ${kafka} --field toolchain_versoin`,
    "no field toolchain_versoin",
    `inspect ${kafka} --field toolchain_version`,
  ],
];

/** Nobody can tell which command line was meant: the hint names the help, or what can be given. */
const explained: readonly Row[] = [
  ["frobnicate", "unknown command frobnicate", "Run `plugins --help` for a description."],
  ["otelcol2", "unknown command otelcol2", "Run `plugins --help` for a description."],
  ["--bogus", "unknown flag --bogus", "Run `plugins --help` for the commands."],
  [
    "--quiet",
    "no command before --quiet",
    "--quiet is a flag of check-all, lock, manifest, merge, validate.",
  ],
  [[""], "the command is empty", "Run `plugins --help` for the commands."],
  [["list", ""], "an argument is empty", "See `plugins list --help`."],
  [["check-all", "--host", ""], "the value of --host is empty", "See `plugins check-all --help`."],
  [`${check} --target-cpu=`, "the value of --target-cpu is empty", "See `plugins check-all --help`."],
  ["check-all --host=", "the value of --host is empty", "See `plugins check-all --help`."],
  ["check-all plugins --host", "--host expects a value", "See `plugins check-all --help`."],
  [
    "inspect a b",
    "unexpected argument b",
    "Usage: `plugins inspect FILE [FLAGS]`. See `plugins inspect --help`.",
  ],
  ["diff one", "missing argument B", "Usage: `plugins diff A B [FLAGS]`. See `plugins diff --help`."],
  ["diff", "missing arguments A, B", "See `plugins diff --help`."],
  ["merge", "missing argument REPORT", "See `plugins merge --help`."],
  ["list -x", "unknown flag -x", "See `plugins list --help`."],
  ["list --bogus --bogsu", "unknown flags --bogus, --bogsu", "See `plugins list --help`."],
  ["list --toString", "unknown flag --toString", "See `plugins list --help`."],
  ["completion --shell bash", "unknown flag --shell", "See `plugins completion --help`."],
  [
    "list --locked",
    "unknown flag --locked",
    "--locked is a flag of check-all. See `plugins check-all --help`.",
  ],
  [
    "list -q",
    "unknown flag -q",
    "-q is a flag of check-all, lock, manifest, merge, validate. See `plugins list --help`.",
  ],
  ["validate otelcol --shard 1/2", "unknown flag --shard", "--shard is a flag of check-all."],
  // `plugins list` has no --symbols: the same arguments would fail again.
  ["inspect plugins --symbols", "plugins is a folder", "`plugins list` lists the plugins in a folder."],
  ["list plugins --color=alwyas", "--color takes no value", "Use --color or --no-color."],
  [
    `${check} --policy frob`,
    "--policy frob: expected one of proof, strict, loader",
    "See `plugins check-all --help`.",
  ],
  [`${check} --max-warnings x`, "--max-warnings: expected an integer", "See `plugins check-all --help`."],
  [
    `${check} --quiet --verbose`,
    "--quiet and --verbose cannot be combined",
    "See `plugins check-all --help`.",
  ],
  [`${check} --null`, "--null can only be used with --files-from", "See `plugins check-all --help`."],
  [`${check} -o yaml`, "unknown format yaml", "Formats: table, json,"],
  [`${check} --severity frob=error`, "unknown rule frob", "`plugins explain` lists the rules."],
  ["list plugins --columns verdict", "unknown column verdict", "Columns: plugin, language,"],
  ["list -- -h", "-h: no such folder", "See `plugins list --help`."],
  ["explain x", "unknown rule x", "`plugins explain` lists all rules."],
  ["explain a b", "unexpected argument b", "See `plugins explain --help`."],
];

/** Pastes a line into a shell that knows the program. @returns its exit code. */
async function pasted(line: string): Promise<number | null> {
  const script = `plugins() { "${process.execPath}" "${bin}" "$@"; }\n${line}`;
  const child = spawn("sh", ["-c", script], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  await text(child.stdout);
  return closed;
}

async function twoLines(typed: Row[0]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCli(typeof typed === "string" ? words(typed) : typed, { cwd });
  expect([code, stdout.startsWith("{") ? "" : stdout]).toEqual([2, ""]);
  const [first = "", ...hints] = stderr.trimEnd().split("\n");
  expect(first).toMatch(/^plugins: /);
  expect(hints).toHaveLength(1);
  return [first, ...hints];
}

describe("a mistaken command line is exit 2, with one line that says why and one hint", () => {
  it.concurrent.each(corrected)("that can be pasted: %j", async (typed, says, run) => {
    const [first, hint] = await twoLines(typed);
    expect(first).toContain(says);
    expect(hint).toMatch(/Run `plugins .*`\.$/);
    expect(hint).toContain(`Run \`plugins ${run}\`.`);
    expect([0, 1]).toContain(await pasted(`plugins ${run}`));
  });

  it.concurrent.each(explained)("that names the help: %j", async (typed, says, hint) => {
    const [first, second] = await twoLines(typed);
    expect(first).toContain(says);
    expect(second).toContain(hint);
    expect(second).not.toContain("Run `plugins list");
  });
});

describe("help", () => {
  it.concurrent.each(["help check-all", "--help check-all", "-h check-all", "check-all -h"])(
    "is shown for: %s",
    async (line) => {
      const { code, stdout, stderr } = await runCli(words(line));
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("$ plugins check-all [DIR...] --host FILE [FLAGS]");
    },
  );

  it.concurrent("of help is that of the program", async () => {
    expect((await runCli(["help", "help"])).stdout).toContain("$ plugins COMMAND --help");
  });
});
