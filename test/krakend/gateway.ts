import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildModule } from "../collector/go-module.ts";
import { readBuiltHost, type BuiltHost } from "../support/plugin-module.ts";

/** The gateway that is built here where no other is given. */
const ownRelease = "1.26.8";

/** A KrakenD that was built on this machine: its modules must lie where this machine keeps its own, unless -trimpath was given. */
const given = process.env["KRAKEND_BINARY"];

/** The gateway under test, built where it is missing. */
export async function findGateway(): Promise<BuiltHost> {
  const module = fileURLToPath(new URL("gateway", import.meta.url));
  return readBuiltHost(
    given ?? (await buildModule("krakend", { module, package: ".", release: ownRelease })),
  );
}

/** What `test-plugin` says of a client plugin that it opens. */
export function testPlugin(
  gateway: BuiltHost,
  plugin: string,
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(gateway.path, ["test-plugin", "-c", plugin], {
    encoding: "utf8",
  });
  return { code: status, output: stdout + stderr };
}
