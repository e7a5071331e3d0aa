using System.Collections.Generic;
using System.Net;
using System.Runtime.InteropServices;

namespace Hawser.Io.Interop;

/// <summary>
/// The C library's older resolver, for systems whose getaddrinfo() is broken ("-dG", "nogetaddrinfo"). IPv4 only. Its
/// answer lies in static memory: at start only, on one thread.
/// </summary>
public static unsafe partial class HostByName
{
    private const int AddressBytes = 4;

    /// <summary>All IPv4 addresses of the name; empty when it is unknown.</summary>
    public static IPAddress[] Find(string name)
    {
        HostEntry* entry = gethostbyname(name);
        List<IPAddress> found = [];
        if (entry == null || entry->Length != AddressBytes)
            return [];
        for (byte** address = entry->Addresses; *address != null; address++)
            found.Add(new IPAddress(new System.ReadOnlySpan<byte>(*address, AddressBytes)));
        return [.. found];
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial HostEntry* gethostbyname(string name);

    /// <summary>struct hostent.</summary>
    public struct HostEntry
    {
        public byte* Name;
        public byte** Aliases;
        public int Family;
        public int Length;
        public byte** Addresses;
    }
}
