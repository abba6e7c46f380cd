import { openArchive, type Archive, type ArchiveRequest } from "../../src/files/archive/archive.ts";
import { defaultLimits, type Limits } from "../../src/files/archive/limits.ts";
import { readSmallFile } from "../../src/files/files.ts";
import { memoryFiles } from "./memory-files.ts";

type Request = Partial<Omit<ArchiveRequest, "limits">> & { readonly limits?: Partial<Limits> };

/** Opens an archive that is in memory, as /a.tar. All its files are wanted if nothing is said. */
export function opened(bytes: Buffer, request: Request = {}): Promise<Archive> {
  const { wanted = [{ path: "/", recursive: true }], limits, ...choice } = request;
  const files = memoryFiles({ "/a.tar": bytes });
  return openArchive(files, "/a.tar", { ...choice, wanted, limits: { ...defaultLimits, ...limits } });
}

/** What is in an archive: the text of each file, where each link leads, and `/` behind each folder, by path. */
function contentOf({ files }: Archive, path = "/"): Readonly<Record<string, string>> {
  const below = path.endsWith("/") ? path : `${path}/`;
  const all = files.list(`/a.tar:${path}`).map(({ name, kind }): readonly [string, string][] => {
    const place = below + name;
    if (kind === "folder")
      return [[`${place}/`, ""], ...Object.entries(contentOf({ files } as Archive, place))];
    if (kind === "link") return [[place, `-> ${files.readLink(`/a.tar:${place}`) ?? ""}`]];
    if (kind !== "file") return [[place, kind]];
    return [[place, readSmallFile(files, `/a.tar:${place}`, 1e9)?.toString("utf8") ?? "too long"]];
  });
  return Object.fromEntries(all.flat().sort());
}

/** What is in an archive that is in memory. */
export async function contentIn(
  bytes: Buffer,
  request: Request = {},
): Promise<Readonly<Record<string, string>>> {
  const archive = await opened(bytes, request);
  try {
    return contentOf(archive);
  } finally {
    archive.close();
  }
}
