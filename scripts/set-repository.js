// Replaces the placeholder, or the name that replaced it before, with the repository's real name in every file that links to
// it: `node scripts/set-repository.js OWNER/NAME [FOLDER]`.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a GitHub owner and repository can be called. */
const form = /^[A-Za-z0-9](?:-?[A-Za-z0-9])*\/[A-Za-z0-9._-]+$/;
/** Files in which links to the repository are replaced; fixtures and the lock file name other repositories. */
const patterns = ["package.json", "*.md", "*.yml", "*.yaml", "recipes/Dockerfile", ":!fixtures", ":!test"];

/** Rewrites the files in the folder, and returns the names of those that changed. */
export function setRepository(name, folder) {
  if (!form.test(name)) throw new Error(`${name} is not OWNER/NAME`);
  const before = repositoryIn(folder);
  const files = filesOf(folder);
  return files.filter((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const changed = renamed(text, before, name);
    if (changed !== text) writeFileSync(join(folder, file), changed);
    return changed !== text;
  });
}

/** The name that package.json has now. */
export function repositoryIn(folder) {
  const { repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(repository.url)[1];
}

/** Only whole names: not a repository whose name begins with this one. `OWNER/NAME@v1` is how a workflow names an action. */
function renamed(text, before, name) {
  const escaped = before.replace(/[.]/g, "\\.");
  return text
    .replace(new RegExp(`(github\\.com/)${escaped}(?![\\w-])(?!\\.(?!git\\b)\\w)`, "g"), `$1${name}`)
    .replace(new RegExp(`(uses: )${escaped}(?=@)`, "g"), `$1${name}`);
}

function filesOf(folder) {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "--", ...patterns],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`git cannot list the files: ${stderr}`);
  return stdout.split("\n").filter((file) => file !== "");
}

if (process.argv[1] === import.meta.filename) {
  const [name = "", folder = fileURLToPath(new URL("../", import.meta.url))] = process.argv.slice(2);
  if (form.test(name)) {
    const files = setRepository(name, folder);
    console.log(
      files.length === 0 ? "Nothing changed." : `Changed:\n${files.map((file) => `  ${file}`).join("\n")}`,
    );
  } else {
    console.error(`usage: node scripts/set-repository.js OWNER/NAME`);
    process.exitCode = 2;
  }
}
