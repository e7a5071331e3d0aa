using System.Runtime.InteropServices;

namespace Hawser.Io.Interop;

/// <summary>
/// The C library's process functions, as Linux on 64 bits declares them: identity, limits, signals, start of a child.
/// They run at start and stop only. Identity goes through the C library, not the bare system calls, because only it
/// changes all threads of the process at once. Each returns -1 (or null) and leaves the reason in the last error,
/// except the posix_spawn and get…_r families, which return the error number.
/// </summary>
public static unsafe partial class LibcProcess
{
    private const string Library = "libc";

    public const int PermissionDenied = 1;
    public const int NoSuchEntry = 2;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int BufferTooSmall = 34;

    public const int OpenReadWrite = 2;
    public const int OpenWriteOnly = 1;
    public const int OpenCreate = 0x40;
    public const int OpenTruncate = 0x200;
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    public const int LimitFileSize = 1;
    public const int LimitData = 2;
    public const int LimitCore = 4;
    public const int LimitOpenFiles = 7;
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>F_SETFD and FD_CLOEXEC of fcntl.</summary>
    public const int SetDescriptorFlags = 2;
    public const int DescriptorCloseOnExec = 1;

    [LibraryImport(Library)]
    public static partial int getpid();

    /// <summary>Gives free memory of all arenas back to the system, but for so many bytes at the top. 1: there was some.</summary>
    [LibraryImport(Library)]
    public static partial int malloc_trim(nuint pad);

    [LibraryImport(Library)]
    public static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int process, int signal);

    [LibraryImport(Library)]
    public static partial int pause();

    /// <summary>PR_SET_DUMPABLE of prctl.</summary>
    public const int SetDumpable = 4;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setenv(byte* name, byte* value, int replaces);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int unsetenv(byte* name);

    /// <summary>Fills a cpu_set_t; returns the bytes of it that the kernel knows.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sched_getaffinity(int process, nuint length, byte* set);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, ResourceLimit* limit);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setuid(uint user);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setgid(uint group);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setgroups(nuint count, uint* groups);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getgroups(int capacity, uint* groups);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chroot(string directory);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chdir(string directory);

    [LibraryImport(Library, SetLastError = true)]
    public static partial byte* mkdtemp(byte* template);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int rmdir(byte* path);

    [LibraryImport(Library, EntryPoint = "chdir", SetLastError = true)]
    public static partial int ChangeDirectory(byte* path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getpwnam_r(string name, UserEntry* entry, byte* buffer, nuint length, UserEntry** result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrnam_r(string name, GroupEntry* entry, byte* buffer, nuint length, GroupEntry** result);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int dup2(int from, int to);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int process, int* status, int options);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sigaction(int signal, SignalAction* action, SignalAction* previous);

    [LibraryImport(Library)]
    public static partial int sigemptyset(SignalSet* set);

    [LibraryImport(Library)]
    public static partial int sigaddset(SignalSet* set, int signal);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(
        int* process, string path, void* fileActions, SpawnAttributes* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(SpawnAttributes* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(SpawnAttributes* attributes, short flags);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigdefault(SpawnAttributes* attributes, SignalSet* signals);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_destroy(SpawnAttributes* attributes);

    /// <summary>POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSID.</summary>
    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnNewSession = 0x80;

    /// <summary>struct rlimit.</summary>
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    /// <summary>struct passwd.</summary>
    public struct UserEntry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public byte* Information;
        public byte* Home;
        public byte* Shell;
    }

    /// <summary>struct group.</summary>
    public struct GroupEntry
    {
        public byte* Name;
        public byte* Password;
        public uint Group;
        public byte** Members;
    }

    /// <summary>sigset_t.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    public struct SignalSet
    {
        public ulong First;
    }

    /// <summary>struct sigaction: SIG_DFL is 0, SIG_IGN is 1 in <see cref="Handler"/>.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 152)]
    public struct SignalAction
    {
        public const nint Default = 0;
        public const nint Ignore = 1;

        public nint Handler;
    }

    /// <summary>posix_spawnattr_t.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 336)]
    public struct SpawnAttributes
    {
        public ulong First;
    }
}
