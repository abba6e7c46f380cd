// Puts the version of package.json into every recipe and page that installs this package or names a release of it. Part of
// `npm run version-packages`; a test fails when one of them names a different version.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const places = ["README.md", "docs/executables.md", "action.yml", "recipes", "docs/recipes"];
/** `OWNER/plugins@v1.2.3` for a workflow, `rev: v1.2.3` for pre-commit, `--branch v1.2.3`, and the release file's address and name. */
const release =
  /((?:\/|otelcol-)[\w.-]*@|rev: |--branch |releases\/download\/|otelcol-plugins-)(v?)\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?/g;

/** Rewrites the files below the folder, and returns how often they name a release. */
export function setReleaseVersion(folder) {
  const { name, version, repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = [
    `${name}@`,
    `/${/([^/]+?)(?:\.git)?$/.exec(repository.url)[1]}@`,
    "rev: ",
    "--branch ",
    "releases/download/",
    `${name}-`,
  ];
  let count = 0;
  for (const file of places.flatMap((place) => filesIn(join(folder, place)))) {
    const text = readFileSync(file, "utf8");
    const changed = text.replace(release, (all, head, v) => {
      if (!own.includes(head)) return all;
      count += 1;
      return `${head}${v}${version}`;
    });
    if (changed !== text) writeFileSync(file, changed);
  }
  return count;
}

function filesIn(path) {
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesIn(join(path, name)))
    : [path];
}

if (process.argv[1] === import.meta.filename)
  setReleaseVersion(fileURLToPath(new URL("../", import.meta.url)));
