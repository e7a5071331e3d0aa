using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>User and group names, resolved by the system's name service.</summary>
public static unsafe class Users
{
    /// <summary>The result of a search that found its name; any other is an error number, 0 for a name nobody has.</summary>
    public const int Found = -1;

    private const int FirstCapacityBytes = 4096;
    private const int LastCapacityBytes = 1 << 20;

    /// <returns><see cref="Found"/>, or an error number: 0 when there is no such user.</returns>
    public static int TryFindUser(string name, out uint id)
    {
        id = 0;
        for (int capacity = FirstCapacityBytes; ; capacity *= 4)
        {
            byte[] buffer = new byte[capacity];
            fixed (byte* start = buffer)
            {
                LibcProcess.UserEntry entry;
                LibcProcess.UserEntry* found;
                int error = LibcProcess.getpwnam_r(name, &entry, start, (nuint)capacity, &found);
                if (error == LibcProcess.BufferTooSmall && capacity < LastCapacityBytes) continue;
                if (error != 0 || found == null) return error;
                id = entry.User;
                return Found;
            }
        }
    }

    /// <returns><see cref="Found"/>, or an error number: 0 when there is no such group.</returns>
    public static int TryFindGroup(string name, out uint id)
    {
        id = 0;
        for (int capacity = FirstCapacityBytes; ; capacity *= 4)
        {
            byte[] buffer = new byte[capacity];
            fixed (byte* start = buffer)
            {
                LibcProcess.GroupEntry entry;
                LibcProcess.GroupEntry* found;
                int error = LibcProcess.getgrnam_r(name, &entry, start, (nuint)capacity, &found);
                if (error == LibcProcess.BufferTooSmall && capacity < LastCapacityBytes) continue;
                if (error != 0 || found == null) return error;
                id = entry.Group;
                return Found;
            }
        }
    }
}
