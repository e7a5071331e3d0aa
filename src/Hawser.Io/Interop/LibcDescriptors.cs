using System.Runtime.InteropServices;

namespace Hawser.Io.Interop;

/// <summary>The C library's way to hand descriptors to another process over a UNIX socket (unix(7), SCM_RIGHTS).</summary>
internal static unsafe partial class LibcDescriptors
{
    private const string Library = "libc";

    public const int Rights = 1;
    public const int CloseOnExec = 0x40000000;
    public const int WaitAll = 0x100;
    public const int ReceiveTimeout = 20;
    public const int SendTimeout = 21;

    /// <summary>sizeof(struct cmsghdr), after which the descriptors follow.</summary>
    public const int ControlHeaderBytes = 16;

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(int fd, Message* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvmsg(int fd, Message* message, int flags);

    /// <summary>For a descriptor that blocks: unlike that of <see cref="Libc"/> it lets a collection happen meanwhile.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint length);

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public void* Name;
        public uint NameLength;
        public Block* Blocks;
        public nuint BlockCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Block
    {
        public void* Data;
        public nuint Length;
    }

    /// <summary>struct cmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ControlHeader
    {
        public nuint Length;
        public int Level;
        public int Type;
    }
}
