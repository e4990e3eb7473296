#include "idl/compiler/emit/reserved_words.hpp"

#include <string>

namespace corbel::idl {
namespace {

// A space before and after each word.
constexpr std::string_view kWords =
    " BIG_ENDIAN BUFSIZ BYTE_ORDER CHAR_BIT CHAR_MAX CHAR_MIN CLOCKS_PER_SEC E2BIG EACCES "
    "EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD EBADMSG "
    "EBADR EBADRQC EBADSLT EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED "
    "ECONNREFUSED ECONNRESET EDEADLK EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST EFAULT "
    "EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN "
    "EISDIR EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC "
    "ELIBBAD ELIBEXEC ELIBMAX ELIBSCN ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE "
    "EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ENFILE ENOANO ENOBUFS "
    "ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET "
    "ENOPKG ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM "
    "ENOTRECOVERABLE ENOTSOCK ENOTSUP ENOTTY ENOTUNIQ ENXIO EOF EOPNOTSUPP EOVERFLOW "
    "EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG "
    "EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT "
    "ESTALE ESTRPIPE ETIME ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK "
    "EXDEV EXFULL EXIT_FAILURE EXIT_SUCCESS FD_SETSIZE FILENAME_MAX FOPEN_MAX F_LOCK F_OK "
    "F_TEST F_TLOCK F_ULOCK HOST_NAME_MAX HUGE_VAL INFINITY INT16_MAX INT16_MIN INT32_MAX "
    "INT32_MIN INT64_MAX INT64_MIN INT8_MAX INT8_MIN INT_MAX INT_MIN IOV_MAX LC_ADDRESS LC_ALL "
    "LC_COLLATE LC_CTYPE LC_MESSAGES LC_MONETARY LC_NAME LC_NUMERIC LC_TELEPHONE LC_TIME "
    "LINE_MAX LITTLE_ENDIAN LLONG_MAX LLONG_MIN LOGIN_NAME_MAX LONG_MAX LONG_MIN L_INCR L_SET "
    "L_XTND MB_CUR_MAX MB_LEN_MAX M_E M_PI NAME_MAX NAN NULL PATH_MAX PDP_ENDIAN PIPE_BUF "
    "PTRDIFF_MAX PTRDIFF_MIN RAND_MAX R_OK SCHAR_MAX SCHAR_MIN SEEK_CUR SEEK_END SEEK_SET "
    "SHRT_MAX SHRT_MIN SIGABRT SIGALRM SIGCHLD SIGFPE SIGHUP SIGILL SIGINT SIGKILL SIGPIPE "
    "SIGSEGV SIGTERM SIGUSR1 SIGUSR2 SIG_DFL SIG_ERR SIG_IGN SIZE_MAX SSIZE_MAX TIME_UTC "
    "TMP_MAX UCHAR_MAX UINT16_MAX UINT32_MAX UINT64_MAX UINT8_MAX UINT_MAX ULLONG_MAX "
    "ULONG_MAX USHRT_MAX WCHAR_MAX WCHAR_MIN WEOF W_OK X_OK alignas alignof alloca and and_eq "
    "asm assert auto be16toh be32toh be64toh bitand bitor bool break case catch char char16_t "
    "char32_t char8_t class co_await co_return co_yield compl concept const const_cast "
    "consteval constexpr constinit continue decltype default delete do double dynamic_cast "
    "else enum errno explicit export extern false float for friend goto htobe16 htobe32 "
    "htobe64 htole16 htole32 htole64 if inline int le16toh le32toh le64toh linux long mutable "
    "namespace new noexcept not not_eq nullptr offsetof operator or or_eq private protected "
    "public register reinterpret_cast requires return sched_priority short signed sizeof "
    "static static_assert static_cast stderr stdin stdout struct switch template this "
    "thread_local throw timeradd timerclear timercmp timerisset timersub true try typedef "
    "typeid typename union unix unsigned using virtual void volatile wchar_t while xor xor_eq ";

constexpr std::string_view kGlobals =
    " FILE abort abs access acct acos alarm asin atan atexit atof atoi atol bcmp bcopy brk "
    "bsearch bzero calloc ceil chdir chmod chown chroot clock clock_t clone close confstr "
    "corbel cos crypt ctermid ctime daemon daylight difftime div div_t dup encrypt environ erf "
    "execl execv exit exp fabs fclose fdopen feof ferror fflush ffs fgetc floor fmod fopen "
    "fork fpos_t fputc fread free fseek fsync ftell ftruncate fwrite gamma getc getchar getenv "
    "getpid gets getw gmtime index int16_t int32_t int64_t int8_t intmax_t intptr_t isalpha "
    "isatty isdigit isspace j0 j1 jn kill labs ldiv lgamma link locale_t localtime lockf log "
    "lseek malloc max_align_t mblen memcpy memset mktime modf nice nullptr_t off_t open pause "
    "perror pid_t pipe popen pow printf profil ptrdiff_t putc putchar puts putw qsort raise "
    "rand random read readlink realloc remove rename revoke rewind rindex rmdir sbrk scanf "
    "select setenv signal sigset_t sin size_t sleep sprintf sqrt srand srandom sscanf ssize_t "
    "stat std strcat strchr strcmp strcpy strlen swab symlink sync syscall sysconf system tan "
    "time time_t timer_t timezone tmpfile tolower toupper truncate ttyname tzname u_char uint "
    "uint16_t uint32_t uint64_t uint8_t uintmax_t uintptr_t ulong umask ungetc unlink ushort "
    "usleep vfork wait wctype_t wint_t write y0 y1 yn ";

bool contains(std::string_view words, std::string_view word) {
  return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

}  // namespace

bool is_reserved_word(std::string_view word) { return contains(kWords, word); }

bool is_reserved_global(std::string_view word) { return contains(kGlobals, word); }

}  // namespace corbel::idl
