using System;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Kernels;

/// <summary>Datagrams, standard output and the file system: a simulated proxy only logs to them.</summary>
internal sealed unsafe partial class SimKernel
{
    private static readonly KernelError[] s_logFailures = [KernelError.NoBufferSpace, KernelError.WouldBlock];

    /// <summary>Of two log targets that say the same, the unix socket never fails, and is read; UDP may fail.</summary>
    public override int SendDatagram(int fd, ReadOnlySpan<byte> data, in SocketAddress destination)
    {
        if (Find(fd) is not SimSocket { IsDatagram: true })
            return -(int)KernelError.NotASocket;
        if (destination.Family != SocketAddresses.UnixFamily)
            return Faults.Strikes(FaultKind.LogFailure) ? Fail(s_logFailures[Faults.Pick(2)]) : data.Length;
        World.Note(Act.Log, value: data.Length);
        Watcher.OnLogLine(data);
        return data.Length;
    }

    public override int Write(int fd, ReadOnlySpan<byte> data) => data.Length;

    public override int Read(int fd, Span<byte> buffer) => -(int)KernelError.WouldBlock;

    public override int DeleteFile(string path) => -(int)KernelError.NoSuchFile;

    public override int RenameFile(string from, string to) => -(int)KernelError.NoSuchFile;

    public override int SetFileMode(string path, int mode) => -(int)KernelError.NoSuchFile;

    public override int SetFileOwner(string path, int user, int group) => -(int)KernelError.NoSuchFile;
}
