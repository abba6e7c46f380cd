import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildModule } from "../collector/go-module.ts";

/** A gateway that opens client plugins, and what a plugin has to be built with for it. */
export interface Gateway {
  readonly path: string;
  /** `1.26.8` */
  readonly release: string;
  /** Flags that reach the package hashes. */
  readonly flags: readonly string[];
  /** Version of every module that it links, by path. */
  readonly modules: ReadonlyMap<string, string>;
}

/** The gateway that is built here where no other is given. */
const ownRelease = "1.26.8";

/** A KrakenD that was built on this machine: its modules must lie where this machine keeps its own, unless -trimpath was given. */
const given = process.env["KRAKEND_BINARY"];

/** The gateway under test, built where it is missing. */
export async function findGateway(): Promise<Gateway> {
  const module = fileURLToPath(new URL("gateway", import.meta.url));
  const path = given ?? (await buildModule("krakend", { module, package: ".", release: ownRelease }));
  const lines = execFileSync("go", ["version", "-m", path], { cwd: "/", encoding: "utf8" }).split("\n");
  const columns = lines.map((line) => line.split("\t"));
  return {
    path,
    release: /: go(\S+)/.exec(lines[0] ?? "")?.[1] ?? "",
    flags: lines.includes("\tbuild\t-trimpath=true") ? ["-trimpath"] : [],
    modules: new Map(
      columns.flatMap(([, kind, name = "", version = ""]) => (kind === "dep" ? [[name, version]] : [])),
    ),
  };
}

/** What `test-plugin` says of a client plugin that it opens. */
export function testPlugin(
  gateway: Gateway,
  plugin: string,
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(gateway.path, ["test-plugin", "-c", plugin], {
    encoding: "utf8",
  });
  return { code: status, output: stdout + stderr };
}
