// How much time and memory `plugins` takes, compared with other tools that run in turn with it. Absolute figures say more about the machine.
//   node bench/run.js [--write] [ROW…]     BENCH_ROUNDS=7
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { spawnSync } from "node:child_process";
import { growth, rows } from "./rows.js";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const args = process.argv.slice(2);
const writes = args.includes("--write");
const asked = args.filter((each) => each !== "--write");
const unknown = asked.filter((each) => !(each in rows) && each !== "growth");
if (unknown.length > 0) {
  console.error(`no such row: ${unknown.join(", ")}; there are ${Object.keys(rows).join(", ")}, growth`);
  process.exit(2);
}
const names =
  asked.length === 0 ? Object.keys(rows) : Object.keys(rows).filter((each) => asked.includes(each));

const found = [];
for (const name of names) {
  const measured = await rows[name](rounds);
  if (measured.length === 0) console.log(`${name}: skipped, its peer is not installed`);
  for (const row of measured) {
    found.push(row);
    console.log(lineOf(row));
  }
}
const series = asked.length === 0 || asked.includes("growth") ? growth(Math.min(rounds, 3)) : [];
for (const each of series)
  console.log(
    `${each.name} by ${each.what}: ${each.points.map(([size, cpu]) => `${size}: ${cpu.toFixed(0)} ms`).join(", ")}`,
  );
if (writes) writeFileSync(new URL("../docs/benchmarks.md", import.meta.url), page());

function lineOf({ name, goal, unit, ours, theirs, wall }) {
  const ratio = ours / theirs;
  const figures = `${ours.toPrecision(3)} / ${theirs.toPrecision(3)} ${unit}`;
  const inWall = wall === undefined ? "" : `, wall ${wall.toFixed(2)}`;
  return `${ratio.toFixed(2).padStart(6)}  ${ratio <= goal ? "met " : "over"} ${String(goal).padEnd(4)} ${name}  (${figures}${inWall})`;
}

function page() {
  const version = (command, ...args) =>
    (spawnSync(command, args, { encoding: "utf8" }).stdout ?? "").split("\n")[0];
  const table = found.map(
    ({ name, goal, unit, ours, theirs, wall }) =>
      `| ${name} | ${(ours / theirs).toFixed(2)} | ${goal} | ${ours.toPrecision(3)} / ${theirs.toPrecision(3)} ${unit} | ${wall === undefined ? "" : wall.toFixed(2)} |`,
  );
  const charts = series.map(
    ({ name, what, points }) => `\`\`\`mermaid
xychart-beta
  title "${name}: CPU time in ms by ${what}"
  x-axis "${what}" [${points.map(([size]) => size).join(", ")}]
  y-axis "ms" 0 --> ${Math.ceil(Math.max(...points.map(([, cpu]) => cpu)) * 1.1)}
  line [${points.map(([, cpu]) => cpu.toFixed(0)).join(", ")}]
\`\`\`

| ${what} | CPU ms |
| ---: | ---: |
${points.map(([size, cpu]) => `| ${size} | ${cpu.toFixed(0)} |`).join("\n")}
`,
  );
  return `# Benchmarks

\`npm run bench\` builds its inputs, runs each command in turn with a peer, and prints medians of CPU time and their ratio. The ratio is what
counts: times say more about the machine. \`npm run bench -- --write\` rewrites this page. The latest run: Node ${process.version},
${version("go", "version").replace("go version ", "")}, ${version("nm", "--version")}, ${cpus().length} CPUs, ${rounds} rounds.

| what / with what | ratio | goal | CPU time or memory | ratio in wall time |
| --- | ---: | ---: | ---: | ---: |
${table.join("\n")}

The cost of a file is what a run takes beyond \`list --json\` of an empty folder, divided by the count of files.

Some ratios are over their goals:

- \`list\` searches all names in a file for a manifest, which may be a variable of any package: 1.2 MB in an ordinary Go plugin. That is a third
  of its time. \`go version -m\` reads the build info alone.
- \`check-all\` reads all dynamic symbols, relocations and Go's own tables to predict the loader's answer. \`nm -D\` prints the symbols, of
  which a Rust library exports one.
- The results of all files are kept until the end, some 6 KB a file: a cause is told once for all files that have it.

## Growth

What is read decides how long it takes.

${charts.join("\n")}
\`\`\`json
${JSON.stringify({ node: process.version, rounds, rows: found, growth: series }, null, 1)}
\`\`\`
`;
}
