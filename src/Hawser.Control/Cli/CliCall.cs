using System;
using Hawser.Base.Time;
using Hawser.Io.Loop;

namespace Hawser.Control.Cli;

/// <summary>One command being run: its words, who asked, what it may touch, where it answers.</summary>
public sealed class CliCall
{
    private readonly string[] _words;
    private readonly Action<Milliseconds> _wake;

    /// <param name="words">All of the command's words.</param>
    /// <param name="name">How many of them are its name.</param>
    /// <param name="wake">Lets the command go on after a time; at once for none.</param>
    internal CliCall(
        CliContext context, CliSession session, CliOutput output, EventLoop loop, string[] words, int name, string? payload,
        Action<Milliseconds> wake)
    {
        Context = context;
        Session = session;
        Output = output;
        Loop = loop;
        Payload = payload;
        _words = words;
        NameLength = name;
        _wake = wake;
    }

    public CliContext Context { get; }

    public CliSession Session { get; }

    public CliOutput Output { get; }

    /// <summary>Loop 0.</summary>
    public EventLoop Loop { get; }

    /// <summary>The client's connection.</summary>
    internal int Descriptor { get; init; } = -1;

    /// <summary>Null when there is none.</summary>
    public string? Payload { get; }

    public int NameLength { get; }

    /// <summary>The words after the command's name.</summary>
    public ReadOnlySpan<string> Arguments => _words.AsSpan(NameLength);

    public ReadOnlySpan<string> Words => _words;

    /// <summary>The connection is gone: a command that waits for something gives up.</summary>
    public bool IsCancelled { get; internal set; }

    /// <summary>Any input, or the end of it, ends a wait of this command.</summary>
    public bool StopsAtInput { get; set; }

    /// <summary>The client has sent something while the command waited; it is discarded.</summary>
    public bool IsInterrupted { get; internal set; }

    /// <summary>An argument, or an empty text.</summary>
    public string Argument(int index) => NameLength + index < _words.Length ? _words[NameLength + index] : "";

    public void Error(string text) => Say(CliSeverity.Error, text);

    public void Info(string text) => Say(CliSeverity.Info, text);

    /// <summary>A message, with its severity if the client wants to see it. Without a text nothing is said.</summary>
    public void Say(CliSeverity severity, string text)
    {
        Severity(severity);
        Output.Write(text);
        if (!text.EndsWith('\n'))
            Output.Write((byte)'\n');
    }

    /// <summary>What stands before a message, for one that is written in pieces.</summary>
    public void Severity(CliSeverity severity)
    {
        if (Session.SeverityOutput == CliSeverityOutput.Number)
            Output.Write($"[{(int)severity}]: ");
        else if (Session.SeverityOutput == CliSeverityOutput.Text)
            Output.Write($"[{CliSeverities.Name(severity)}]: ");
    }

    /// <summary>Lets a command that paused for it go on; on loop 0.</summary>
    public void Wake() => _wake(Milliseconds.None);

    /// <summary>As <see cref="Wake"/>, after a time; the last call counts.</summary>
    public void WakeAfter(Milliseconds time) => _wake(time);
}
