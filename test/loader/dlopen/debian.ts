import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { lackOf } from "../../support/need.ts";

/** Kept between runs. */
const cache = fileURLToPath(new URL("../../.cache/debian/", import.meta.url));
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Another Debian's C libraries, unpacked, or why they are not at hand. */
export type OtherDebian = { readonly root: string } | { readonly missing: string };

/** glibc 2.31, from Debian 11, and what a C compiler needs to build for it. */
export function earlierDebian(): OtherDebian {
  return debian("bullseye", "amd64", ["libc6", "libc6-dev", "linux-libc-dev"]);
}

/** glibc 2.41 and musl 1.2.5, from Debian 13. */
export function laterDebian(architecture: "amd64" | "arm64" = "amd64"): OtherDebian {
  return debian("trixie", architecture, ["libc6", "musl"]);
}

/** By Debian's own client, laid out without being installed. */
function debian(suite: string, architecture: string, packages: readonly string[]): OtherDebian {
  if (process.arch !== "x64") return { missing: "not x86-64" };
  const place = join(cache, architecture === "amd64" ? suite : `${suite}-${architecture}`);
  if (existsSync(place)) return { root: place };
  const lack = lackOf("apt-get", "dpkg-deb") ?? (existsSync(keyring) ? undefined : `no ${keyring}`);
  if (lack !== undefined) return { missing: lack };
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${place}-`);
  try {
    fetchInto(folder, suite, architecture, packages);
    renameSync(join(folder, "root"), place);
  } catch (error) {
    if (!existsSync(place))
      return {
        missing: `no answer of Debian's archive: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`,
      };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { root: place };
}

function fetchInto(folder: string, suite: string, architecture: string, packages: readonly string[]): void {
  const sources = join(folder, "sources.list");
  writeFileSync(sources, `deb [signed-by=${keyring}] http://deb.debian.org/debian ${suite} main\n`);
  for (const each of ["lists/partial", "cache/archives/partial", "packages", "root"])
    mkdirSync(join(folder, each), { recursive: true });
  const options = {
    "APT::Architecture": architecture,
    "APT::Architectures": architecture,
    "Dir::Etc::sourcelist": sources,
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State::Lists": join(folder, "lists"),
    // Otherwise a package that is installed in a later version is not to be had.
    "Dir::State::status": "/dev/null",
    "Dir::Cache": join(folder, "cache"),
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
  };
  const words = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  const apt = (...args: readonly string[]): void => {
    run(join(folder, "packages"), ["apt-get", ...words, "-q", ...args]);
  };
  apt("update");
  apt("download", ...packages);
  for (const archive of readdirSync(join(folder, "packages")))
    run(folder, ["dpkg-deb", "-x", join(folder, "packages", archive), join(folder, "root")]);
  keepLinksInside(join(folder, "root"));
}

/** A link to /lib/… would lead to the libraries of this machine. */
function keepLinksInside(root: string): void {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const target = entry.isSymbolicLink() ? readlinkSync(path) : "";
    if (!target.startsWith("/")) continue;
    rmSync(path);
    symlinkSync(relative(entry.parentPath, join(root, target)), path);
  }
}

function run(cwd: string, [program, ...args]: readonly [string, ...string[]]): void {
  execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"], timeout: 120_000 });
}
