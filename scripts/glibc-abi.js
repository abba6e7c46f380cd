// Rewrites src/loader/glibc/generated/abi.ts: which symbols, with which versions, each release of glibc has in which library. Made from
// the ABI lists that glibc publishes with its sources (sysdeps/**/*.abilist), which its own tests hold against what is built.
//
//   node scripts/glibc-abi.js FOLDER-OF-A-GLIBC-CLONE
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const [clone] = process.argv.slice(2);
if (clone === undefined) throw new Error("usage: node scripts/glibc-abi.js FOLDER-OF-A-GLIBC-CLONE");

const [first, last] = [17, 42];

/** What one package of every distribution has. libnsl and libcrypt come from elsewhere today, and are left out. */
const sonames = {
  libc: "libc.so.6",
  libm: "libm.so.6",
  libpthread: "libpthread.so.0",
  libdl: "libdl.so.2",
  librt: "librt.so.1",
  libresolv: "libresolv.so.2",
  libutil: "libutil.so.1",
  libanl: "libanl.so.1",
  libmvec: "libmvec.so.1",
};

const machines = {
  x86_64: { folder: /^sysdeps\/unix\/sysv\/linux\/x86_64\/(?!x32)/, loader: "ld-linux-x86-64.so.2" },
  aarch64: { folder: /^(?:ports\/)?sysdeps\/unix\/sysv\/linux\/aarch64\//, loader: "ld-linux-aarch64.so.1" },
};

const git = (...words) =>
  execFileSync("git", ["-C", clone, ...words], { encoding: "utf8", maxBuffer: 2 ** 28 });

/** "VERSION NAME KIND" a line; until 2.25 a line with the version, then " NAME KIND" for each symbol. */
function* symbolsIn(text) {
  let version = "";
  for (const line of text.split("\n")) {
    const [one, two, three] = line.trim().split(" ");
    if (line.startsWith(" ")) {
      if (two !== "A") yield [version, one];
    } else if (three === undefined) version = one;
    else if (three !== "A") yield [one, two];
  }
}

/** For a machine: library, version, name -> the releases that have it. */
function releasesOf({ folder, loader }) {
  const found = new Map();
  for (let release = first; release <= last; release++) {
    const tag = `glibc-2.${release}`;
    const paths = git("ls-tree", "-r", "--name-only", tag)
      .split("\n")
      .filter((path) => folder.test(path) && path.endsWith(".abilist"));
    for (const path of paths) {
      const base = /([^/]+)\.abilist$/.exec(path)[1];
      const library = base === "ld" ? loader : sonames[base];
      if (library === undefined) continue;
      for (const [version, name] of symbolsIn(git("show", `${tag}:${path}`))) {
        const key = `${library} ${version}`;
        if (!found.has(key)) found.set(key, new Map());
        const names = found.get(key);
        names.set(name, [...(names.get(name) ?? []), release]);
      }
    }
  }
  return found;
}

/** "name", with ">34" if it came later than its version, and "<34" from where on it is gone. */
function written(version, name, releases) {
  const usual = Math.max(first, Number(/^GLIBC_2\.(\d+)/.exec(version)?.[1] ?? first));
  const [from, to] = [releases[0], releases.at(-1)];
  if (to - from + 1 !== releases.length) throw new Error(`${name} of ${version} comes back`);
  return name + (from > usual ? `>${from}` : "") + (to < last ? `<${to + 1}` : "");
}

const lists = Object.entries(machines).map(([machine, where]) => {
  const lines = [...releasesOf(where)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, names]) => {
      const version = key.split(" ")[1];
      const all = [...names].sort(([one], [other]) => (one < other ? -1 : 1));
      return `${key} ${all.map(([name, releases]) => written(version, name, releases)).join(" ")}`;
    });
  return `  ${machine}: \`\n${lines.join("\n")}\n\`,`;
});

writeFileSync(
  new URL("../src/loader/glibc/generated/abi.ts", import.meta.url),
  `// Made by scripts/glibc-abi.js. Do not edit.

/** The first and the last release that is listed: 2.${first}, 2.${last}. */
export const abiReleases = { first: ${first}, last: ${last} } as const;

/**
 * A line for each version in each library: the library, the version, its symbols. \`name>34\` is there from 2.34 on, if that is not the
 * release of the version; \`name<34\` was there before 2.34.
 */
export const abiLists = {
${lists.join("\n")}
} as const;
`,
);
