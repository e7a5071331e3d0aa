using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Proxy.Logging;

/// <summary>
/// Lines that real haproxy processes wrote (recorded/record.py). Each carries the values of its session in front of a
/// tilde, or in an object's members: the session is rebuilt from them and logged again with the same format.
/// </summary>
public sealed class RecordedLineTests
{
    private static readonly string[] s_values =
        ("%ci %cp %fi %fp %bi %bp %si %sp %Th %Tw %Tc %Td %Tt %Tu %B %U %f %ft %b %s %ts "
        + "%ac %fc %bc %sc %rc %sq %bq %lc %rt %pid %H %Ts %ms").Split(' ');

    [Theory]
    [InlineData("haproxy-2.6.txt", 100)]
    [InlineData("haproxy-3.5.txt", 170)]
    public void A_line_is_the_one_the_real_program_wrote(string file, int atLeast)
    {
        List<string> differences = [];
        int count = 0;
        foreach ((string zone, string format, string line) in Read(file))
        {
            count++;
            string written = Write(zone, format, line);
            if (written != line) differences.Add($"format {format}\nwanted {line}\ngot    {written}");
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.True(count >= atLeast, $"{count} lines");
    }

    private static string Write(string zone, string format, string line)
    {
        bool isObject = format.Contains("+json}o", StringComparison.Ordinal);
        string[] values = isObject ? Members(line) : line[..line.IndexOf('~')].Split('|');
        LogProcess process = new()
        {
            ProcessId = Number(values[30]),
            Hostname = Bytes(values[31]),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(zone),
        };
        SessionLogSource source = new(Session(values), process, new Scratch(16384));
        List<CompileFinding> findings = [];
        LogFormat? compiled = LogFormatCompiler.Compile(
            isObject ? format + NamedValues() : string.Join('|', s_values) + "~" + format, LogVariableRows.All, new CompileContext(SessionVocabulary.All), findings);
        if (compiled is null) return $"{findings[0]}";
        byte[] buffer = new byte[65_535];
        int length = compiled.Write(source, buffer);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string NamedValues() => string.Concat(s_values.Select((value, i) => $" %(z{i}){value[1..]}"));

    /// <summary>The members z0 to z33; an absent value is an empty string there.</summary>
    private static string[] Members(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return [.. s_values.Select((_, i) => document.RootElement.GetProperty($"z{i}").ToString() is { Length: > 0 } text ? text : "-")];
    }

    private static SessionLogRecord Session(string[] values)
    {
        SessionLogRecord record = new();
        record.Reset();
        record.Client = Endpoint(values[0], values[1]);
        record.FrontendAddress = Endpoint(values[2], values[3]);
        record.BackendSource = Endpoint(values[4], values[5]);
        record.ServerAddress = Endpoint(values[6], values[7]);
        record.HandshakeMs = Number(values[8]);
        record.QueueMs = Number(values[9]);
        record.ConnectMs = Number(values[10]);
        record.DataMs = Number(values[11]);
        record.TotalMs = Number(values[12]);
        record.UserMs = Number(values[13]);
        record.ResponseBytesIn = Number(values[14]);
        record.ResponseBytesOut = record.ResponseBytesIn;
        record.RequestBytesIn = Number(values[15]);
        record.RequestBytesOut = record.RequestBytesIn;
        record.FrontendName = Bytes(values[16]);
        record.FrontendTransportName = Bytes(values[17]);
        record.BackendName = Bytes(values[18]);
        if (values[19] != "<NOSRV>") record.ServerName = Bytes(values[19]);
        record.TerminationCause = (byte)values[20][0];
        record.TerminationPhase = (byte)values[20][1];
        record.ActiveConnections = Number(values[21]);
        record.FrontendConnections = Number(values[22]);
        record.BackendConnections = Number(values[23]);
        record.ServerConnections = Number(values[24]);
        record.Retries = Number(values[25]);
        record.IsRedispatched = values[25].StartsWith('+');
        record.ServerQueue = Number(values[26]);
        record.BackendQueue = Number(values[27]);
        record.LogCounter = (uint)Number(values[28]);
        record.RequestCounter = (uint)Number(values[29]);
        record.AcceptDate = new UnixTime(((long)Number(values[32]) * 1_000_000) + (Number(values[33]) * 1000L));
        record.IsLogAsap = values[12].StartsWith('+');
        record.Origin = record.IsLogAsap ? LogOrigin.Connect : LogOrigin.Close;
        return record;
    }

    private static IEnumerable<(string Zone, string Format, string Line)> Read(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), file));
        for (int i = 1; i + 2 < lines.Length; i += 3)
            yield return (lines[i][7..], lines[i + 1][7..], lines[i + 2][7..]);
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "recorded");

    private static NetworkAddress Endpoint(string address, string port) => address switch
    {
        "-" => default,
        "unix" => NetworkAddress.FromUnix((uint)Number(port)),
        _ => LogSamples.Address(address, (ushort)Number(port)),
    };

    private static int Number(string text) => int.Parse(text.TrimStart('+'), CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
