using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>
/// What the process says on standard error at start and stop, in HAProxy's shape:
/// <c>[ALERT]    (pid) : text</c>. The first warning or alert is preceded by two notices: version and path.
/// May be called from any thread: each message is one write.
/// </summary>
public sealed unsafe class ProcessMessages
{
    private const int StandardError = 2;

    /// <summary>Of what is said during the start, so much is kept.</summary>
    private const int KeptCharacters = 64 * 1024;

    private readonly string _program;
    private readonly string _version;
    private readonly object _gate = new();
    private readonly StringBuilder _startup = new();
    private bool _introduced;
    private bool _hasStarted;

    /// <param name="program">The name in messages of the process itself: <c>[hawser.main()]</c>.</param>
    /// <param name="version">For the notice before the first warning.</param>
    public ProcessMessages(string program, string version)
    {
        _program = program;
        _version = version;
    }

    /// <summary>Nothing is written (<c>-q</c>, or after the process has detached); warnings are still counted.</summary>
    public bool IsQuiet { get; set; }

    public int Warnings { get; private set; }

    public int Alerts { get; private set; }

    public void Alert(string text)
    {
        Alerts++;
        Introduce();
        Write("[ALERT]   ", text);
    }

    /// <summary>An alert of the process as a whole.</summary>
    public void MainAlert(string text) => Alert(Main(text));

    public void Warning(string text)
    {
        Warnings++;
        Introduce();
        Write("[WARNING] ", text);
    }

    /// <summary>A warning of the process as a whole.</summary>
    public void MainWarning(string text) => Warning(Main(text));

    public void Notice(string text) => Write("[NOTICE]  ", text);

    public void Diagnostic(string text) => Write("[DIAG]    ", text);

    private string Main(string text) => $"[{_program}.main()] {text}";

    private void Introduce()
    {
        lock (_gate)
        {
            if (_introduced) return;
            _introduced = true;
        }
        Write("[NOTICE]  ", $"{_program} version is {_version}");
        Write("[NOTICE]  ", $"path to executable is {Environment.ProcessPath}");
    }

    /// <summary>The start is over: what follows is not kept.</summary>
    public void Started() => _hasStarted = true;

    /// <summary>
    /// What was said until <see cref="Started"/>, or in the last reload ("show startup-logs").
    /// </summary>
    public string StartupLogs
    {
        get
        {
            lock (_gate) return _startup.ToString();
        }
    }

    /// <summary>For one reload: says where this one says it, and keeps what it says to itself.</summary>
    /// <param name="isQuiet">Only kept.</param>
    public ProcessMessages ForReload(bool isQuiet) => new(_program, _version) { IsQuiet = isQuiet || IsQuiet, _introduced = true };

    /// <summary>What a reload has said takes the place of what the start, or the reload before, has said.</summary>
    public void Replace(string startupLogs)
    {
        lock (_gate) _startup.Clear().Append(startupLogs);
    }

    private void Write(string label, string text)
    {
        string line = $"{label} ({LibcProcess.getpid()}) : {text}\n";
        if (!_hasStarted)
        {
            lock (_gate)
            {
                if (_startup.Length + line.Length <= KeptCharacters) _startup.Append(line);
            }
        }

        if (!IsQuiet) WriteAll(StandardError, line);
    }

    /// <summary>Writes all of the text; what the descriptor does not take is given up.</summary>
    public static void WriteAll(int descriptor, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            nint written = 0;
            while (written < bytes.Length)
            {
                nint count = LibcProcess.write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (count > 0) written += count;
                else if (Marshal.GetLastPInvokeError() != LibcProcess.Interrupted) return;
            }
        }
    }
}
