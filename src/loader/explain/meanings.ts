import { isGlibcLibrary, isMuslLibrary } from "../../evidence/system/library-name.ts";
import type { MessageCheck } from "../check.ts";
import { MUSL_ERRNO } from "../musl/messages.ts";
import { dlopenMeanings } from "./dlopen-meaning.ts";
import { dyldMeanings } from "./dyld-meaning.ts";
import { goMeanings } from "./go-meaning.ts";
import type { LoaderMessage } from "./loader-message.ts";
import type { Meaning } from "./meaning.ts";
import { isFirstPackage, isStandardPackage } from "./package-origin.ts";
import { symbolMeanings, systemMeanings } from "./symbol-meaning.ts";
import { isGlibcName, isGoThreadLocal, rustSymbol, versionOrigin } from "./symbol-origin.ts";

/** What a message names decides which of the causes of a check it is. */
type PackageKey = "package-hash/first" | "package-hash/standard" | "package-hash/module";

const meanings = {
  ...goMeanings,
  ...dlopenMeanings,
  ...dyldMeanings,
  ...symbolMeanings,
  ...systemMeanings,
} satisfies Readonly<Record<Exclude<MessageCheck, "package-hash"> | PackageKey, Meaning>>;

type MeaningKey = keyof typeof meanings;

/** A meaning, and what follows from a name in the message. */
type Choice = MeaningKey | readonly [MeaningKey, Readonly<Record<string, string>>];

/** What a message means, with holes for what differs. */
export function meaningOf(message: LoaderMessage): Meaning {
  const choice = choiceFor[message.check]?.(message) ?? plainKey(message);
  return typeof choice === "string" ? meanings[choice] : { ...meanings[choice[0]], named: choice[1] };
}

function plainKey({ check, subject }: LoaderMessage): MeaningKey {
  if (check !== "package-hash") return check;
  const name = subject?.name ?? "";
  if (isFirstPackage(name)) return "package-hash/first";
  return isStandardPackage(name) ? "package-hash/standard" : "package-hash/module";
}

/** For checks that a message says more about than that they failed. Undefined if it does not. */
const choiceFor: Readonly<Partial<Record<MessageCheck, (message: LoaderMessage) => Choice | undefined>>> = {
  "undefined-symbol": undefinedSymbol,
  "symbol-version": symbolVersion,
  "missing-library": missingLibrary,
  "static-tls": ({ loader, subject }) => {
    if (loader !== "musl") return undefined;
    return isGoThreadLocal(subject?.name) ? "static-tls/musl-go" : "static-tls/musl";
  },
  magic: ({ text }) => (text.endsWith("/libc.so: invalid ELF header") ? "magic/linker-script" : undefined),
  "no-permission": ({ text }) => (text.includes("sandbox") ? "no-permission/sandbox" : undefined),
  "relocation-type": ({ outcome }) => (outcome === "crash" ? "relocation-type/table" : undefined),
  architecture: (message) => unnamed(message, "architecture/unnamed"),
  "missing-slice": (message) => unnamed(message, "missing-slice/unnamed"),
  platform: (message) => unnamed(message, "platform/unnamed"),
  "library-validation": libraryValidation,
  "signature-refused": ({ reason }) => (reason === undefined ? undefined : "signature-refused/told"),
  "missing-symbol": missingSymbol,
  "missing-dylib": ({ builtFor, because }) => {
    if (because !== undefined) return "missing-dylib/refused";
    return builtFor === undefined ? undefined : "missing-dylib/newer-system";
  },
};

function undefinedSymbol({ loader, subject, version, definer }: LoaderMessage): Choice | undefined {
  const rust = rustChoice(subject?.name);
  if (rust !== undefined) return rust;
  if (loader === "musl" && isGlibcName(subject?.name ?? "")) return "undefined-symbol/glibc-name";
  const origin = version === undefined ? undefined : versionOrigin(version);
  switch (origin?.kind) {
    case "glibc-release":
      return ["undefined-symbol/glibc-release", { release: origin.release }];
    case "glibc-always":
      return "undefined-symbol/glibc-always";
    case "glibc-private":
      return "undefined-symbol/glibc-private";
    case "gcc-release":
    case undefined:
      return definer === undefined ? undefined : "undefined-symbol/other-version";
  }
}

function rustChoice(symbol: string | undefined): Choice | undefined {
  const rust = symbol === undefined ? undefined : rustSymbol(symbol);
  if (rust === undefined) return undefined;
  return [rust.isStandard ? "undefined-symbol/rust-std" : "undefined-symbol/rust", { crate: rust.crate }];
}

function symbolVersion({ subject }: LoaderMessage): Choice | undefined {
  if (subject === undefined) return "symbol-version/table";
  const origin = versionOrigin(subject.name);
  switch (origin?.kind) {
    case "glibc-release":
      return ["symbol-version/glibc-release", { release: origin.release }];
    case "gcc-release":
      return ["symbol-version/gcc-release", { release: origin.release }];
    case "glibc-private":
      return "symbol-version/glibc-private";
    case "glibc-always":
    case undefined:
      return undefined;
  }
}

function missingLibrary({ loader, subject, reason }: LoaderMessage): Choice | undefined {
  const name = subject?.name ?? "";
  if (loader === "glibc" && isMuslLibrary(name)) return "missing-library/musl";
  if (loader === "musl" && isGlibcLibrary(name)) return "missing-library/glibc";
  const isThere = reason !== undefined && reason !== MUSL_ERRNO.missing;
  return isThere ? "missing-library/refused" : undefined;
}

function unnamed({ subject }: LoaderMessage, key: MeaningKey): MeaningKey | undefined {
  return subject === undefined ? key : undefined;
}

function libraryValidation({ text }: LoaderMessage): MeaningKey | undefined {
  if (text.includes("no Team ID")) return "library-validation/ad-hoc";
  if (text.includes("is a platform binary, but")) return "library-validation/platform";
  return text.includes("F_CHECK_LV") ? "library-validation/unknown" : undefined;
}

function missingSymbol({ subject, builtFor, text }: LoaderMessage): Choice | undefined {
  if (text.includes("dlsym(")) return "missing-symbol/lookup";
  const rust = rustChoice(subject?.name);
  if (rust !== undefined) return rust;
  return builtFor === undefined ? undefined : "missing-symbol/newer-system";
}
