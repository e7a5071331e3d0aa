using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Io.Interop;

namespace Hawser.Io.Sockets;

/// <summary>A listening socket on its way from one process to another.</summary>
/// <param name="Interface">"interface" of its bind line; empty without.</param>
public readonly record struct HandedSocket(int Descriptor, string Interface);

/// <summary>
/// The protocol by which an old process hands its listening sockets to a new one over a "stats socket" with "expose-fd
/// listeners" (management manual, "-x"). As seen on the wire between two HAProxy 2.6: the new process sends
/// "_getsocks" and a line feed; the old one answers with the number of sockets, 32 bits in the machine's order, then with
/// messages that each carry some descriptors and for each of them a namespace and an interface, both as a byte of length
/// and the name, and 32 bits of options; the new one acknowledges each message with 32 bits.
/// </summary>
public static unsafe class ListenerHandover
{
    /// <summary>The command, without its line feed.</summary>
    public const string Command = "_getsocks";

    /// <summary>The kernel takes 253 in one message.</summary>
    private const int DescriptorsPerMessage = 252;

    private const int OptionsBytes = 4;
    private const int NameBytesMaximum = 255;
    private const int EntryBytesMaximum = 2 + (2 * NameBytesMaximum) + OptionsBytes;
    private const int TimeoutSeconds = 5;

    /// <summary>The old process's side; the socket may be non-blocking: what is said fits into its buffer.</summary>
    /// <returns>False when the new process is gone.</returns>
    public static bool TryGive(int socket, IReadOnlyList<HandedSocket> sockets)
    {
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, sockets.Count);
        if (!TrySend(socket, count, []))
            return false;
        for (int first = 0; first < sockets.Count; first += DescriptorsPerMessage)
        {
            int many = Math.Min(DescriptorsPerMessage, sockets.Count - first);
            int[] descriptors = new int[many];
            List<byte> entries = [];
            for (int i = 0; i < many; i++)
            {
                HandedSocket one = sockets[first + i];
                byte[] name = Encoding.UTF8.GetBytes(one.Interface);
                descriptors[i] = one.Descriptor;
                entries.Add(0);
                entries.Add((byte)name.Length);
                entries.AddRange(name);
                entries.AddRange(new byte[OptionsBytes]);
            }

            if (!TrySend(socket, CollectionsMarshal.AsSpan(entries), descriptors))
                return false;
        }

        return true;
    }

    /// <summary>The new process's side; blocks for some seconds at most.</summary>
    /// <returns>Null when there is no such socket, or it does not answer as it should.</returns>
    public static List<HandedSocket>? Take(string path)
    {
        if (!SocketAddresses.TryFromPath(path, out Kernels.SocketAddress address))
            return null;
        int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0)
            return null;
        List<HandedSocket>? taken = null;
        long* limit = stackalloc long[2] { TimeoutSeconds, 0 };
        Libc.setsockopt(socket, Libc.SOL_SOCKET, LibcDescriptors.ReceiveTimeout, limit, 2 * sizeof(long));
        Libc.setsockopt(socket, Libc.SOL_SOCKET, LibcDescriptors.SendTimeout, limit, 2 * sizeof(long));
        fixed (byte* bytes = address.Bytes)
        {
            if (Libc.connect(socket, bytes, (uint)address.Length) == 0 && TrySend(socket, Encoding.ASCII.GetBytes(Command + "\n"), []))
                taken = ReceiveAll(socket);
        }

        Libc.close(socket);
        return taken;
    }

    private static List<HandedSocket>? ReceiveAll(int socket)
    {
        Span<byte> header = stackalloc byte[4];
        int* descriptors = stackalloc int[DescriptorsPerMessage + 1];
        if (Receive(socket, header, LibcDescriptors.WaitAll, descriptors, out _) != header.Length)
            return null;
        int expected = BinaryPrimitives.ReadInt32LittleEndian(header);
        List<HandedSocket> taken = [];
        byte[] entries = new byte[DescriptorsPerMessage * EntryBytesMaximum];
        while (taken.Count < expected)
        {
            int length = Receive(socket, entries, 0, descriptors, out int count);
            if (length <= 0 || count == 0)
                break;
            int at = 0;
            for (int i = 0; i < count; i++)
                taken.Add(new HandedSocket(descriptors[i], ReadInterface(entries.AsSpan(0, length), ref at)));
            TrySend(socket, header, []);
        }

        if (taken.Count == expected)
            return taken;
        foreach (HandedSocket one in taken)
            Libc.close(one.Descriptor);
        return null;
    }

    /// <summary>Skips the namespace before and the options behind it; what is cut short is empty.</summary>
    private static string ReadInterface(ReadOnlySpan<byte> entries, ref int at)
    {
        _ = ReadName(entries, ref at);
        string name = Encoding.UTF8.GetString(ReadName(entries, ref at));
        at += OptionsBytes;
        return name;
    }

    private static ReadOnlySpan<byte> ReadName(ReadOnlySpan<byte> entries, ref int at)
    {
        if (at >= entries.Length)
            return [];
        int length = Math.Min(entries[at++], entries.Length - at);
        at += length;
        return entries.Slice(at - length, length);
    }

    private static bool TrySend(int socket, ReadOnlySpan<byte> data, ReadOnlySpan<int> descriptors)
    {
        int controlBytes = LibcDescriptors.ControlHeaderBytes + (descriptors.Length * sizeof(int));
        byte* control = stackalloc byte[LibcDescriptors.ControlHeaderBytes + (DescriptorsPerMessage * sizeof(int)) + sizeof(long)];
        fixed (byte* bytes = data)
        {
            LibcDescriptors.Block block = new() { Data = bytes, Length = (nuint)data.Length };
            LibcDescriptors.Message message = new() { Blocks = &block, BlockCount = 1 };
            if (!descriptors.IsEmpty)
            {
                *(LibcDescriptors.ControlHeader*)control = new LibcDescriptors.ControlHeader
                {
                    Length = (nuint)controlBytes,
                    Level = Libc.SOL_SOCKET,
                    Type = LibcDescriptors.Rights,
                };
                descriptors.CopyTo(new Span<int>(control + LibcDescriptors.ControlHeaderBytes, descriptors.Length));
                message.Control = control;
                // CMSG_SPACE: to whole words.
                message.ControlLength = (nuint)((controlBytes + sizeof(long) - 1) / sizeof(long) * sizeof(long));
            }

            return LibcDescriptors.sendmsg(socket, &message, Libc.MSG_NOSIGNAL) == data.Length;
        }
    }

    private static int Receive(int socket, Span<byte> data, int flags, int* descriptors, out int count)
    {
        count = 0;
        const int ControlBytes = LibcDescriptors.ControlHeaderBytes + ((DescriptorsPerMessage + 1) * sizeof(int)) + sizeof(long);
        byte* control = stackalloc byte[ControlBytes];
        fixed (byte* bytes = data)
        {
            LibcDescriptors.Block block = new() { Data = bytes, Length = (nuint)data.Length };
            LibcDescriptors.Message message = new() { Blocks = &block, BlockCount = 1, Control = control, ControlLength = ControlBytes };
            int length = (int)LibcDescriptors.recvmsg(socket, &message, flags | LibcDescriptors.CloseOnExec);
            LibcDescriptors.ControlHeader* header = (LibcDescriptors.ControlHeader*)control;
            if (length > 0 && message.ControlLength >= LibcDescriptors.ControlHeaderBytes && header->Level == Libc.SOL_SOCKET
                && header->Type == LibcDescriptors.Rights)
            {
                count = Math.Min(DescriptorsPerMessage + 1, ((int)header->Length - LibcDescriptors.ControlHeaderBytes) / sizeof(int));
                new ReadOnlySpan<int>(control + LibcDescriptors.ControlHeaderBytes, count).CopyTo(new Span<int>(descriptors, count));
            }

            return length;
        }
    }
}
