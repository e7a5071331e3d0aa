using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser;

/// <summary>
/// The visible list of everything in the binary. A name is on when the feature works, not when it is planned:
/// configurations and test suites ask <c>feature(NAME)</c> before they use it.
/// </summary>
internal static class Features
{
    /// <summary>HAProxy's names of build options, in its alphabetical order.</summary>
    public static readonly ImmutableArray<(string Name, bool IsOn)> List =
    [
        ("51DEGREES", false),
        ("ACCEPT4", true),
        ("ACME", false),
        ("BACKTRACE", false),
        ("CLOSEFROM", false),
        ("CPU_AFFINITY", false),
        ("CRYPT_H", false),
        ("DEVICEATLAS", false),
        ("DL", false),
        ("ECH", false),
        ("ENGINE", false),
        ("EPOLL", true),
        ("EVPORTS", false),
        ("FCGI", false),
        ("GETADDRINFO", true),
        ("H2", false),
        ("HAVE_TCP_MD5SIG", false),
        ("KQUEUE", false),
        ("KTLS", false),
        ("LIBATOMIC", false),
        ("LIBCRYPT", false),
        ("LINUX_CAP", false),
        ("LINUX_SPLICE", true),
        ("LINUX_TPROXY", true),
        ("LUA", false),
        ("MATH", false),
        ("MEMORY_PROFILING", false),
        ("NETFILTER", false),
        ("NS", false),
        ("OBSOLETE_LINKER", false),
        ("OPENSSL", false),
        ("OPENSSL_AWSLC", false),
        ("OPENSSL_WOLFSSL", false),
        ("OT", false),
        ("PCRE", false),
        ("PCRE2", true),
        ("PCRE2_JIT", true),
        ("PCRE_JIT", false),
        ("POLL", false),
        ("PRCTL", false),
        ("PROCCTL", false),
        ("PROMEX", true),
        ("PTHREAD_EMULATION", false),
        ("QUIC", false),
        ("QUIC_OPENSSL_COMPAT", false),
        ("RT", false),
        ("SHM_OPEN", false),
        ("SLZ", false),
        ("SPOE", false),
        ("SSL", false),
        ("STATIC_PCRE", false),
        ("STATIC_PCRE2", false),
        ("SYSTEMD", false),
        ("TFO", true),
        ("THREAD", true),
        ("THREAD_DUMP", false),
        ("TPROXY", true),
        ("TRACE", false),
        ("WURFL", false),
        ("ZLIB", false),
    ];

    /// <summary>For <c>feature(NAME)</c>.</summary>
    public static readonly FrozenSet<string> Working = Select();

    private static FrozenSet<string> Select()
    {
        List<string> names = [];
        foreach ((string name, bool isOn) in List)
        {
            if (isOn) names.Add(name);
        }
        return names.ToFrozenSet();
    }
}
