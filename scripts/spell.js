// Runs cspell twice over the files that git knows: once over all of them for words that must not appear (cspell.flagged.json),
// once over the prose for spelling (cspell.json, with our own words in cspell-words.txt).
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const cspell = fileURLToPath(new URL("../node_modules/cspell/bin.mjs", import.meta.url));
const prose = ["*.md", "schemas/*.json", "action.yml", ":!test", ":!fixtures/sample*"];

// Without the default configuration no dictionary is loaded, which is most of the time.
const flagged = check("cspell.flagged.json", ["."], ["--no-default-configuration"]);
const spelled = check("cspell.json", prose, []);
process.exitCode = flagged && spelled ? 0 : 1;

/** Whether cspell finds nothing under this configuration in the files that these patterns of git name. */
function check(config, patterns, more) {
  const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...patterns], {
    cwd: root,
    encoding: "utf8",
  });
  if (listed.status !== 0) throw new Error(`git cannot list the files: ${listed.stderr ?? listed.error}`);
  // No --cache: with one, cspell 9.8 can end with exit code 0 without having checked a file of a long list.
  const quiet = ["--no-progress", "--no-summary", "--no-show-suggestions"];
  const args = [cspell, "lint", "--config", config, "--file-list", "stdin", ...quiet, ...more];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    input: listed.stdout,
    stdio: ["pipe", "inherit", "inherit"],
  });
  return status === 0;
}
