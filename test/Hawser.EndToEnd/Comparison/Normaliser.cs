using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Hawser.EndToEnd.Comparison;

/// <summary>Masks what differs from run to run: dates, pid, ports, durations. -1 timers stay: they carry meaning.</summary>
public static partial class Normaliser
{
    /// <summary>HAProxy starts, stops and dumps proxies of its own (its HTTP client); nobody configured them.</summary>
    public static bool IsInternal(string line) =>
        line.Contains("<HTTPCLIENT>", StringComparison.Ordinal) || line.Contains("<OCSP-UPDATE>", StringComparison.Ordinal);

    public static string Line(string line, IEnumerable<(int Port, string Name)> ports, bool countBytes)
    {
        foreach ((int port, string name) in ports)
            line = Regex.Replace(line, $@"(?<![\d.]){port}(?!\d)", $"PORT({name})");
        line = SyslogHeader().Replace(line, "$1DATE TAG[PID]:");
        line = OtherTag().Replace(line, "$1DATE $2[PID]:");
        line = StructuredHeader().Replace(line, "$1DATE $2 $3 PID");
        line = IsoDate().Replace(line, "DATE");
        line = ClfNumbers().Replace(line, "[DATE]$1PORT MS$2T T T T$3");
        line = AcceptDate().Replace(line, "[DATE]");
        line = AddressPort().Replace(line, "$1:PORT");
        line = Timers().Replace(line, m => " " + Digits().Replace(m.Groups[1].Value, "T") + m.Groups[2].Value
            + (countBytes ? m.Groups[3].Value : "BYTES") + m.Groups[4].Value);
        line = Folder().Replace(line, "DIR/");
        line = Milliseconds().Replace(line, "Nms");
        line = NamedTimes().Replace(line, "$1=T");
        return line.Replace("\n", "<LF>", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(<\d+>)\w{3} [ \d]\d \d\d:\d\d:\d\d (?:haproxy|hawser)\[\d+\]:")]
    private static partial Regex SyslogHeader();

    [GeneratedRegex(@"^(<\d+>)\w{3} [ \d]\d \d\d:\d\d:\d\d ((?:\w+ )?\w+)\[\d+\]:")]
    private static partial Regex OtherTag();

    /// <summary>RFC 5424: version, date, host, program, process.</summary>
    [GeneratedRegex(@"^(<\d+>1 )\S+ (\S+) (\S+) \d+")]
    private static partial Regex StructuredHeader();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d")]
    private static partial Regex IsoDate();

    /// <summary>The common log format of a TCP session: client port and ms after two empty strings, then the times.</summary>
    [GeneratedRegex(@"\[[^]]+\]( .* """" """" )\d+ \d+( .*"" )\d+ \d+ \d+ \d+( )")]
    private static partial Regex ClfNumbers();

    [GeneratedRegex(@"\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d(\.\d{3})?\]")]
    private static partial Regex AcceptDate();

    [GeneratedRegex(@"((?:\d+\.\d+\.\d+\.\d+)|(?:::ffff:\d+\.\d+\.\d+\.\d+)|(?:::1)):\d+")]
    private static partial Regex AddressPort();

    /// <summary>Tw/Tc/Tt with an optional + (logasap), then the bytes with an optional +, then the state.</summary>
    [GeneratedRegex(@" (-?\d+/-?\d+/\+?-?\d+)( \+?)(\d+)( .. \d+/)")]
    private static partial Regex Timers();

    [GeneratedRegex(@"(?<![-\d])\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"/\S*hawser-e2e-\w+/")]
    private static partial Regex Folder();

    [GeneratedRegex(@"\b\d+ms")]
    private static partial Regex Milliseconds();

    /// <summary>Times in a scenario's own log-format are written Tx=%Tx.</summary>
    [GeneratedRegex(@"\b(T\w*|cp|bp)=\+?\d[\d/:.\w]*")]
    private static partial Regex NamedTimes();
}
