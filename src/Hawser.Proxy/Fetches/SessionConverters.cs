using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Bytes;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Converters that ask about the session or about proxies and servers by name (manual, section 7.3.1).</summary>
internal static class SessionConverters
{
    private const int LongestName = 256;
    private const int LongestDebugLine = 1024;

    private static readonly Dictionary<string, Func<Session, bool>> s_states = new(StringComparer.Ordinal)
    {
        ["stopping"] = static session => session.Home.Process.IsStopping,
        ["normal"] = static session => !IsError(session),
        ["error"] = IsError,
        ["forwarded"] = static session => session.Facts.WasForwarded,
        ["toapplet"] = static _ => false,
        ["processed"] = static session => session.Facts.WasForwarded,
    };

    public static ConverterRow[] Rows { get; } =
    [
        ByName("fe_exists", SampleType.Boolean, static (names, name, _) => name.IsEmpty || names.FindFrontend(name) is null ? 0 : 1, "3.3", "whether there is a frontend of that name"),
        ByName("nbsrv", SampleType.Integer, static (names, name, _) => !name.IsEmpty && names.FindBackend(name) is Backend backend ? ProxyFetches.UsableServers(backend) : null, "2.4", "servers that take sessions in the backend of that name"),
        ByName("srv_is_up", SampleType.Boolean, static (names, name, source) => ServerOf(names, name, source) is { } server ? (server.IsUp ? 1 : 0) : null, "3.1", "whether the server of that name is up"),
        ByName("srv_queue", SampleType.Integer, static (names, name, source) => ServerOf(names, name, source)?.Queue.Length, "2.5", "sessions that wait for the server of that name"),
        new("when", ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text, ArgumentType.Text), SampleType.Any, SampleType.Same, When, "3.1", "the input under a condition, else no value")
        {
            Prepare = PrepareWhen,
            ReadsSource = true,
        },
        Capture("capture-req", static session => session.RequestCaptures),
        Capture("capture-res", static session => session.ResponseCaptures),
        new("debug", ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text), SampleType.Any, SampleType.Same, Debug, "1.6", "the input, which is also written to the ring 'buf0', to standard output or error")
        {
            Prepare = static (arguments, _) => arguments.String(1) switch
            {
                "" or "buf0" or "stdout" or "stderr" => null,
                var other => $"sink '{other}' doesn't exist",
            },
            ReadsSource = true,
        },
    ];

    private delegate long? NameReader(NameDirectory names, ReadOnlySpan<char> name, SampleSource source);

    private sealed record Condition(Func<Session, bool>? State, NamedCondition? Acl, bool IsNegated);

    private static ConverterRow ByName(string name, SampleType output, NameReader read, string since, string description) =>
        new(name, ArgumentSignature.None, SampleType.String, output,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (sample.Bytes.Length > LongestName) return false;
                Span<char> text = stackalloc char[LongestName];
                int length = Encoding.UTF8.GetChars(sample.Bytes, text);
                if (read((NameDirectory)arguments.Prepared!, text[..length], source) is not { } value) return false;
                if (output == SampleType.Boolean) sample.SetBoolean(value != 0);
                else sample.SetInteger(value);
                return true;
            },
            since,
            description)
        {
            Prepare = static (arguments, context) =>
            {
                arguments.Prepared = context.Names;
                return null;
            },
            ReadsSource = true,
        };

    /// <summary>A slot that does not exist captures nothing, and then there is no value, as in HAProxy.</summary>
    private static ConverterRow Capture(
        string name, Func<Session, CaptureStore> find) =>
        new(name, ArgumentSignature.Required(ArgumentType.Integer), SampleType.String, SampleType.String,
            (SampleSource source, Arguments arguments, ref Sample sample) =>
            {
                if (SessionRows.SessionOf(source) is not { } session) return false;
                CaptureStore captures = find(session);
                if (arguments.Integer(0) < 0 || arguments.Integer(0) >= captures.Count) return false;
                captures.Set((int)arguments.Integer(0), sample.Bytes);
                return true;
            },
            "1.6",
            "the input, which is also captured in a slot")
        {
            ReadsSource = true,
        };

    /// <summary>Without a backend's name it is one of the session's.</summary>
    private static Server? ServerOf(NameDirectory names, ReadOnlySpan<char> name, SampleSource source)
    {
        if (name.Contains('/')) return names.FindServer(name) as Server;
        foreach (Server server in SessionRows.SessionOf(source)?.Backend?.Servers ?? [])
        {
            if (name.SequenceEqual(server.Name)) return server;
        }

        return null;
    }

    private static string? PrepareWhen(Arguments arguments, CompileContext context)
    {
        string keyword = arguments.String(0);
        bool isNegated = keyword.StartsWith('!');
        if (isNegated) keyword = keyword[1..];
        if (s_states.TryGetValue(keyword, out Func<Session, bool>? state))
        {
            arguments.Prepared = new Condition(state, null, isNegated);
            return null;
        }

        if (keyword != "acl")
            return $"expects a supported keyword among {{stopping,normal,error,forwarded,toapplet,processed,acl}} but got '{arguments.String(0)}'";
        if (!arguments.Has(1)) return "'acl' selector requires an extra argument with the ACL name";
        if (context.Conditions?.FindCondition(arguments.String(1)) is not { } acl) return $"ACL '{arguments.String(1)}' not found";
        arguments.Prepared = new Condition(null, acl, isNegated);
        return null;
    }

    private static bool When(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Condition condition = (Condition)arguments.Prepared!;
        if (condition.State is { } state)
            return SessionRows.SessionOf(source) is { } session && state(session) != condition.IsNegated;

        // An ACL is an expression of its own: what this one has so far is left alone.
        if (!source.Scratch.TryEnter()) return false;
        bool? holds = condition.Acl!.Holds(source);
        source.Scratch.Leave();
        return holds is { } known && known != condition.IsNegated;
    }

    /// <summary>The rule of "option dontlog-normal".</summary>
    private static bool IsError(Session session) =>
        session.Cause != Accounting.TerminationCause.None || session.Retries > 0;

    /// <summary>A line as HAProxy's: it is dropped when its reader does not keep up.</summary>
    private static bool Debug(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (SessionRows.SessionOf(source) is not { } session) return true;
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        scoped ReadOnlySpan<byte> shown = sample.Bytes;
        int length;
        switch (sample.Type)
        {
            case SampleType.Boolean or SampleType.Integer:
                _ = Utf8Formatter.TryFormat(sample.Integer, text, out length);
                shown = text[..length];
                break;
            case SampleType.IPv4 or SampleType.IPv6:
                _ = sample.Address.TryFormatAddress(text, out length);
                shown = text[..length];
                break;
            case SampleType.Binary:
                int end = sample.Bytes.IndexOf((byte)0);
                if (end >= 0) shown = shown[..end];
                break;
        }

        Write(session, (SessionLogSource)source, arguments, NameOf(sample.Type), shown);
        return true;
    }

    /// <summary>In the ring with a level and a date, as HAProxy's.</summary>
    private static void Write(
        Session session, SessionLogSource source, Arguments arguments, ReadOnlySpan<byte> type, scoped ReadOnlySpan<byte> value)
    {
        const int StandardOutput = 1;
        const int StandardError = 2;
        bool isForOutput = arguments.Text(1).SequenceEqual("stdout"u8);
        bool isForRing = !isForOutput && !arguments.Text(1).SequenceEqual("stderr"u8);
        ByteWriter line = new(stackalloc byte[LongestDebugLine]);
        if (isForRing)
            _ = line.TryWrite("<0>"u8) && source.Dates.TryWriteIso(ref line, session.Loop.WallClock) && line.TryWrite((byte)' ');
        _ = line.TryWrite("[debug] "u8);
        _ = line.WriteCut(arguments.Text(0));
        _ = line.TryWrite(": type="u8) && line.TryWrite(type) && line.TryWrite(" <"u8);
        if (value.Length > line.RoomBytes - 2) value = value[..Math.Max(0, line.RoomBytes - 2)];
        _ = line.TryWrite(value) && line.TryWrite(">\n"u8);
        if (isForRing) session.Home.Process.Events.Write(line.Written[..^1]);
        else _ = session.Loop.Kernel.Write(isForOutput ? StandardOutput : StandardError, line.Written);
    }

    private static ReadOnlySpan<byte> NameOf(SampleType type) => type switch
    {
        SampleType.Boolean => "bool"u8,
        SampleType.Integer => "sint"u8,
        SampleType.IPv4 => "ipv4"u8,
        SampleType.IPv6 => "ipv6"u8,
        SampleType.Binary => "bin"u8,
        SampleType.Method => "meth"u8,
        _ => "str"u8,
    };
}
