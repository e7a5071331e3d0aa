using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>
/// Daemon mode without <c>fork</c>, which a running .NET process does not survive: the foreground process starts the
/// same binary again in a new session, with the same arguments, directory and descriptors, and waits on a pipe. The
/// child starts up completely (reads the configuration, binds, drops privileges) and then either says that it is
/// ready or ends; the parent takes over its status. So a script sees exactly what it sees with HAProxy.
/// </summary>
public sealed unsafe class Daemon
{
    /// <summary>Tells the child which descriptor its parent waits on. Removed from the child's environment at once.</summary>
    private const string ReadyVariable = "HAWSER_DAEMON_READY_FD";

    private const string OwnBinary = "/proc/self/exe";
    private const byte Ready = 1;
    private const int SignalPipe = 13;
    private const int FirstOrdinaryDescriptor = 3;

    private readonly int _readyDescriptor;

    private Daemon(int readyDescriptor)
    {
        _readyDescriptor = readyDescriptor;
    }

    /// <summary>This process as the child of <see cref="Start"/>; null when it is an ordinary one.</summary>
    public static Daemon? Current()
    {
        string? text = Environment.GetEnvironmentVariable(ReadyVariable);
        if (text is null) return null;
        Environment.SetEnvironmentVariable(ReadyVariable, null);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)) return null;
        if (descriptor < FirstOrdinaryDescriptor) return null;
        // Fails for a number that is not open: then somebody else has set the variable.
        bool isOpen = LibcProcess.fcntl(
            descriptor, LibcProcess.SetDescriptorFlags, LibcProcess.DescriptorCloseOnExec) == 0;
        return isOpen ? new Daemon(descriptor) : null;
    }

    /// <summary>Starts the daemon and waits until it is ready or has ended. Returns the status to exit with.</summary>
    /// <param name="arguments">The arguments of this process, without its name.</param>
    public static int Start(IReadOnlyList<string> arguments, ProcessMessages messages)
    {
        int* ends = stackalloc int[2];
        if (LibcProcess.pipe2(ends, LibcProcess.CloseOnExec) != 0) return Fail("pipe", Marshal.GetLastPInvokeError());
        _ = LibcProcess.fcntl(ends[1], LibcProcess.SetDescriptorFlags, 0);
        int error = Spawn(arguments, ends[1], out int child);
        _ = LibcProcess.close(ends[1]);
        if (error != 0) return Fail("posix_spawn", error);
        return WaitForReady(ends[0]) ? 0 : WaitForStatus(child);

        int Fail(string call, int number)
        {
            messages.MainAlert($"Cannot start the daemon: {call}: {Marshal.GetPInvokeErrorMessage(number)}.");
            return 1;
        }
    }

    /// <summary>Opens <c>/dev/null</c> while it can still be reached, before <c>chroot</c>.</summary>
    public static int OpenNowhere() =>
        LibcProcess.open("/dev/null", LibcProcess.OpenReadWrite | LibcProcess.CloseOnExec, 0);

    /// <summary>
    /// Leaves the terminal for <paramref name="nowhere"/> and releases the parent, which then exits with status 0.
    /// </summary>
    public void Detach(int nowhere)
    {
        byte ready = Ready;
        for (int standard = 0; standard < FirstOrdinaryDescriptor && nowhere >= 0; standard++)
            _ = LibcProcess.dup2(nowhere, standard);
        if (nowhere >= FirstOrdinaryDescriptor) _ = LibcProcess.close(nowhere);
        _ = LibcProcess.write(_readyDescriptor, &ready, 1);
        _ = LibcProcess.close(_readyDescriptor);
    }

    private static int Spawn(IReadOnlyList<string> arguments, int readyDescriptor, out int child)
    {
        List<string> words = new(arguments.Count + 1) { Environment.GetCommandLineArgs()[0] };
        words.AddRange(arguments);
        List<string> environment = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment.Add($"{variable.Key}={variable.Value}");
        environment.Add(string.Create(CultureInfo.InvariantCulture, $"{ReadyVariable}={readyDescriptor}"));

        LibcProcess.SpawnAttributes attributes;
        LibcProcess.SignalSet defaults;
        _ = LibcProcess.posix_spawnattr_init(&attributes);
        _ = LibcProcess.sigemptyset(&defaults);
        _ = LibcProcess.sigaddset(&defaults, SignalPipe);
        _ = LibcProcess.posix_spawnattr_setsigdefault(&attributes, &defaults);
        _ = LibcProcess.posix_spawnattr_setflags(
            &attributes, LibcProcess.SpawnNewSession | LibcProcess.SpawnSetSignalDefaults);
        byte** argumentBlock = ToBlock(words);
        byte** environmentBlock = ToBlock(environment);
        int process;
        int error = LibcProcess.posix_spawn(
            &process, OwnBinary, null, &attributes, argumentBlock, environmentBlock);
        FreeBlock(argumentBlock);
        FreeBlock(environmentBlock);
        _ = LibcProcess.posix_spawnattr_destroy(&attributes);
        child = process;
        return error;
    }

    private static bool WaitForReady(int descriptor)
    {
        byte answer = 0;
        nint count;
        do count = LibcProcess.read(descriptor, &answer, 1);
        while (count < 0 && Marshal.GetLastPInvokeError() == LibcProcess.Interrupted);
        return count == 1 && answer == Ready;
    }

    private static int WaitForStatus(int child)
    {
        int status;
        while (LibcProcess.waitpid(child, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibcProcess.Interrupted) return 1;
        }
        bool hasExited = (status & 0x7f) == 0;
        int code = (status >> 8) & 0xff;
        return hasExited && code != 0 ? code : 1;
    }

    private static byte** ToBlock(List<string> words)
    {
        byte** block = (byte**)NativeMemory.Alloc((nuint)(words.Count + 1), (nuint)sizeof(byte*));
        for (int index = 0; index < words.Count; index++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(words[index]);
            byte* word = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(word, bytes.Length));
            word[bytes.Length] = 0;
            block[index] = word;
        }
        block[words.Count] = null;
        return block;
    }

    private static void FreeBlock(byte** block)
    {
        for (byte** word = block; *word != null; word++) NativeMemory.Free(*word);
        NativeMemory.Free(block);
    }
}
