using System;
using System.Globalization;

namespace Hawser.Control.Lab;

/// <summary>
/// The log line of a case: the fields of <c>option tcplog</c> (manual, 8.2.2), then what the case adds. Bytes.
/// </summary>
public sealed record SessionLine(string Text)
{
    /// <summary>The name of the only proxy; the server's is in <see cref="ServerName"/>.</summary>
    public const string ProxyName = "lab";
    public const string ServerName = "app";

    private const string Tcplog =
        "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";
    private const string Uploaded = "U=";
    private const string Lost = "lost=";
    private const string Unconfirmed = "unconfirmed=";
    private const int BytesAfterServer = 2;
    private const int StateAfterServer = 3;

    /// <summary>Any HAProxy's.</summary>
    public const string Format = $"{Tcplog} {Uploaded}%U";

    /// <summary>With Hawser's ledger, the request's direction before the response's.</summary>
    public const string LedgerFormat =
        $"{Format} {Lost}%[req.bytes_lost]/%[res.bytes_lost] "
        + $"{Unconfirmed}%[req.bytes_unconfirmed]/%[res.bytes_unconfirmed]";

    private readonly string[] _words = Text.Split(' ');

    /// <summary>Two letters; empty when the line is not a session's.</summary>
    public string State => AfterServer(StateAfterServer);

    /// <summary><c>%B</c>: written to the client.</summary>
    public long Downloaded => Number(AfterServer(BytesAfterServer));

    /// <summary><c>%U</c>: read from the client.</summary>
    public long UploadedBytes => Number(After(Uploaded));

    public long RequestLost => Number(Part(After(Lost), 0));

    public long ResponseLost => Number(Part(After(Lost), 1));

    public long RequestUnconfirmed => Number(Part(After(Unconfirmed), 0));

    public long ResponseUnconfirmed => Number(Part(After(Unconfirmed), 1));

    /// <summary>False for the lines about listeners and servers that the same log gets.</summary>
    public static bool IsSession(string text) =>
        text.Contains($" {ProxyName}/{ServerName} ", StringComparison.Ordinal)
        && text.Contains($" {Uploaded}", StringComparison.Ordinal);

    private string AfterServer(int offset)
    {
        int server = Array.IndexOf(_words, $"{ProxyName}/{ServerName}");
        return server >= 0 && server + offset < _words.Length ? _words[server + offset] : "";
    }

    private string After(string prefix)
    {
        foreach (string word in _words)
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal)) return word[prefix.Length..];
        }
        return "";
    }

    private static string Part(string pair, int index)
    {
        string[] parts = pair.Split('/');
        return index < parts.Length ? parts[index] : "";
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
