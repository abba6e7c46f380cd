/** glibc itself: its libc, also that of Alpha and Itanium, and its loader. */
const glibcItself = /^(?:libc\.so\.6(?:\.1)?|ld-linux[\w-]*\.so\.\d|ld64\.so\.\d)$/;

/** The other libraries of glibc that musl has no part of. */
const glibcFurther =
  /^(?:libresolv\.so\.2|libanl\.so\.1|libmvec\.so\.1|libnsl\.so\.1|libnss_\w+\.so\.2|libBrokenLocale\.so\.1|libthread_db\.so\.1)$/;

/** Those whose functions musl has in its one file. */
const glibcCommon = /^(?:libm\.so\.6(?:\.1)?|libdl\.so\.2|libpthread\.so\.0|librt\.so\.1|libutil\.so\.1)$/;

/** By the name that Alpine's linker writes into files, and musl's loader; the same file is both. */
const muslItself = /^(?:libc\.musl-[\w-]+\.so\.1|ld-musl-[\w-]+\.so\.1)$/;

/** What musl takes as itself, whatever follows the dot (musl: ldso/dynlink.c, load_library: reserved). */
const muslReserved = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

/** What code of gcc and of g++ needs. */
const gccRuntime = /^(?:libgcc_s\.so\.[124]|libstdc\+\+\.so\.6)$/;

/** glibc's libc or its loader, which musl's systems do not have under these names. */
export function isGlibcItself(library: string): boolean {
  return glibcItself.test(library);
}

/** A library that only glibc has, by its name or path; not libc, libpthread and others, to whose names musl answers as well. */
export function isGlibcLibrary(library: string): boolean {
  const name = nameOf(library);
  return glibcFurther.test(name) || (glibcItself.test(name) && !muslReserved.test(name));
}

/** musl under a name of its own, or a path to it: glibc's systems have neither. */
export function isMuslLibrary(library: string): boolean {
  return muslItself.test(nameOf(library));
}

/** Whether musl's loader searches for no file of that name, since it is itself. */
export function isReservedByMusl(library: string): boolean {
  return muslReserved.test(library);
}

/** A part of a C library or of gcc's runtime, by its name or path. `libc.so` is musl's name and bionic's. */
export function isSystemLibrary(library: string): boolean {
  const name = nameOf(library);
  return (
    name === "libc.so" ||
    [glibcItself, glibcFurther, glibcCommon, muslItself, gccRuntime].some((names) => names.test(name))
  );
}

function nameOf(library: string): string {
  return library.slice(library.lastIndexOf("/") + 1);
}
