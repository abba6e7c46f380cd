import { glibcReleaseOf, isLibcAtLeast, type Release } from "../elf/libc-release.ts";

/**
 * Names of functions that glibc exports and musl does not, in families: what _FORTIFY_SOURCE calls, glibc's own resolver, name
 * services, streams, and what its libraries call in each other (ABI lists of glibc 2.17 to 2.42, sysdeps/unix/sysv/linux,
 * against musl 1.2.5).
 */
const glibcFamilies: readonly RegExp[] = [
  /^__\w+_chk$/,
  /^__fdelt_(?:chk|warn)$/,
  /^__(?:chk|fortify)_fail$/,
  /^__isoc2[0-9]_/,
  /^__res_(?!state$)/,
  /^res_n(?!.*send$)/,
  /^__?libc_(?!start_main$|current_sig)/,
  /^_dl_(?!debug_)/,
  /^_IO_(?!(?:feof|ferror|getc|putc)(?:_unlocked)?$)/,
  /^_?gnu_/,
  /^__?backtrace/,
  /^backtrace(?:_symbols(?:_fd)?)?$/,
  /^_{0,2}nss_/,
  /^_?obstack_/,
  /^argp_/,
  /^argz_/,
  /^envz_/,
  /^__gconv/,
  /^__(?:malloc|realloc|free|memalign|malloc_initialize|after_morecore)_hook$/,
  /^mall(?:info2?|opt|oc_(?:trim|info|stats|get_state|set_state))$/,
  /^__open(?:at)?(?:64)?_2$/,
  /^__\w+_finite$/,
  /^_ZGV[bcdeN]/,
  /^pthread_(?:attr_[gs]etaffinity_np|rwlockattr_[gs]etkind_np|mutexattr_[gs]etkind_np|yield|clockjoin_np)$/,
];

/** More of them, each by itself. */
const glibcNames: ReadonlySet<string> = new Set(
  (
    "__asprintf __bzero __ctype_b __ctype_tolower __ctype_toupper __cxa_thread_atexit_impl __fentry__ __finitel " +
    "__getpagesize __isinf __isnan __mempcpy __nanosleep __pthread_key_create __pthread_mutex_lock __pthread_mutex_unlock " +
    "__pthread_once __pthread_register_cancel __pthread_unregister_cancel __pthread_unwind_next __rawmemchr " +
    "__register_atfork __sched_cpufree __secure_getenv __snprintf __stpcpy __strdup __strndup __sysconf __underflow " +
    "__vsnprintf arc4random arc4random_buf arc4random_uniform c8rtomb callrpc canonicalize_file_name cbc_crypt cfree " +
    "close_range closefrom dladdr1 dlmopen dlvsym drand48_r ecb_crypt ecvt_r endnetgrent epoll_pwait2 erand48_r " +
    "error_at_line error_message_count error_one_per_line error_print_progname execveat fcloseall fcntl64 fcvt_r " +
    "fedisableexcept feenableexcept fegetexcept fgetgrent_r fgetpwent_r fgetspent_r fsconfig fsmount fsopen fspick " +
    "gai_cancel gai_error gai_strerror_l gai_suspend getaddrinfo_a getcontext getcpu getdate_r getgrent_r gethostent_r " +
    "getnetgrent getprotobyname_r getpt getpw getpwent_r getrpcbyname getrpcbynumber getrpcent getservent_r getsgent " +
    "getsgnam getspent_r getutent_r getutid_r getutline_r glob_pattern_p group_member h_errlist h_nerr inet_net_pton " +
    "inet_neta initstate_r innetgr jrand48_r lcong48_r lrand48_r makecontext mbrtoc8 mcheck mount_setattr move_mount " +
    "mprobe mrand48_r mtrace muntrace nrand48_r open_tree parse_printf_format pidfd_getfd pidfd_open pidfd_send_signal " +
    "printf_size printf_size_info process_madvise process_mrelease qecvt qecvt_r qfcvt qfcvt_r qgcvt random_r rawmemchr " +
    "register_printf_function register_printf_specifier rpmatch seed48_r setcontext setnetgrent setstate_r sigabbrev_np " +
    "sigdescr_np sigreturn sigstack srand48_r srandom_r sstk strerrordesc_np strerrorname_np strfromd strfromf strfroml " +
    "strptime_l strtoq strtouq swapcontext sys_errlist sys_nerr sys_siglist tdestroy_r twalk_r uselib ustat vlimit vtimes " +
    "wordexp_r"
  ).split(" "),
);

/**
 * Whether a name is one that glibc defines and musl does not: then a file that needs it was linked against glibc. Of names that are in
 * neither list nothing is known.
 */
export function isGlibcName(symbol: string): boolean {
  return glibcNames.has(symbol) || glibcFamilies.some((family) => family.test(symbol));
}

/** Who made a Rust symbol: its crate, and whether the name is of one build of that crate. */
export interface RustSymbol {
  readonly crate: string;
  /** Crates of Rust itself, which a dylib called libstd holds. */
  readonly isStandard: boolean;
}

const standardCrates: ReadonlySet<string> = new Set([
  "std",
  "core",
  "alloc",
  "proc_macro",
  "test",
  "panic_unwind",
]);

/**
 * Reads a mangled name of Rust: `_ZN…17h<16 hex>E` (rustc_symbol_mangling: legacy.rs), or `_R…` (RFC 2603, v0.rs). Mach-O puts one more
 * underscore before it. Undefined for names of C++ and C.
 */
export function rustSymbol(symbol: string): RustSymbol | undefined {
  const name = symbol.startsWith("__ZN") || symbol.startsWith("__R") ? symbol.slice(1) : symbol;
  const crate = /^_ZN.*17h[\da-f]{16}E/.test(name) ? legacyCrate(name) : versionedCrate(name);
  return crate === undefined ? undefined : { crate, isStandard: standardCrates.has(crate) };
}

/** The first part of a path, `3std5error…`; of an implementation `_$LT$std..vec..Vec…`, the crate of the type. */
function legacyCrate(name: string): string | undefined {
  const [, digits = "", rest = ""] = /^_ZN(\d{1,4})(.*)$/s.exec(name) ?? [];
  const first = rest.slice(0, Number(digits));
  return /[A-Za-z]\w*?(?=\.\.|$)/.exec(first.replace(/^(?:_?\$\w{1,3}\$)+/, ""))?.[0];
}

/** The first crate root, `C` with a disambiguator `s<base 62>_`, and an identifier with its length. */
function versionedCrate(name: string): string | undefined {
  if (!/^_R\d*[NMXYIBC]/.test(name)) return undefined;
  const root = /C(?:s[\dA-Za-z]{0,16}_)?(\d{1,3})_?/.exec(name);
  if (root === null) return undefined;
  const from = root.index + root[0].length;
  return name.slice(from, from + Number(root[1])) || undefined;
}

/** What a version of a symbol in GNU's libraries says of the release that has it. */
export type VersionOrigin =
  | {
      /** A later release than the oldest that anything supports; `release` is the first that has the version. */
      readonly kind: "glibc-release" | "gcc-release";
      readonly release: string;
    }
  /** Every glibc has it: the library is missing, or another one. */
  | { readonly kind: "glibc-always" }
  /** What glibc's own libraries use of each other: it means one build. */
  | { readonly kind: "glibc-private" };

/** The oldest glibc that is supported: RHEL 7's. */
const oldestGlibc: Release = [2, 17];

/** The first GCC that has a version of libstdc++ (GCC: libstdc++ manual, ABI Policy and Guidelines, "Versioning"). */
const gccReleases: Readonly<Record<string, string>> = {
  "GLIBCXX_3.4.20": "4.9",
  "GLIBCXX_3.4.21": "5.1",
  "GLIBCXX_3.4.22": "6.1",
  "GLIBCXX_3.4.23": "7.1",
  "GLIBCXX_3.4.24": "7.2",
  "GLIBCXX_3.4.25": "8.1",
  "GLIBCXX_3.4.26": "9.1",
  "GLIBCXX_3.4.27": "9.2",
  "GLIBCXX_3.4.28": "9.3",
  "GLIBCXX_3.4.29": "11.1",
  "GLIBCXX_3.4.30": "12.1",
  "GLIBCXX_3.4.31": "13.1",
  "GLIBCXX_3.4.32": "13.2",
  "GLIBCXX_3.4.33": "14.1",
  "CXXABI_1.3.8": "4.9",
  "CXXABI_1.3.9": "5.1",
  "CXXABI_1.3.10": "6.1",
  "CXXABI_1.3.11": "7.1",
  "CXXABI_1.3.12": "9.1",
  "CXXABI_1.3.13": "11.1",
  "CXXABI_1.3.14": "13.1",
  "CXXABI_1.3.15": "14.1",
};

/** Undefined for versions of other libraries. */
export function versionOrigin(version: string): VersionOrigin | undefined {
  if (version === "GLIBC_PRIVATE") return { kind: "glibc-private" };
  const glibc = glibcReleaseOf(version);
  if (glibc !== undefined) {
    return isLibcAtLeast(oldestGlibc, ...glibc)
      ? { kind: "glibc-always" }
      : { kind: "glibc-release", release: glibc.slice(0, 2).join(".") };
  }
  const release = gccReleases[version];
  return release === undefined ? undefined : { kind: "gcc-release", release };
}

/** The symbol of the thread-local variable that holds Go's current goroutine (cmd/link: data.go, runtime.tlsg). */
export function isGoThreadLocal(symbol: string | undefined): boolean {
  return symbol === "runtime.tlsg";
}
