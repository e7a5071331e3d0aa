using System;
using System.Text;

namespace Hawser.Proxy.Streams.Http;

/// <summary>An answer that was made when the configuration was read: an error file, for example. Immutable.</summary>
/// <param name="Status">100 to 999.</param>
/// <param name="Head">Start line and fields, with the empty line; a valid head.</param>
/// <param name="Body">What follows it; may be empty.</param>
public sealed record PreparedAnswer(int Status, byte[] Head, byte[] Body)
{
    /// <summary>An answer that says nothing: the connection is closed without one ("errorfile 408 /dev/null").</summary>
    public bool IsSilent => Head.Length == 0;

    /// <summary>HAProxy's own page for a status.</summary>
    /// <param name="closes">The client's connection ends with it.</param>
    public static PreparedAnswer Page(int status, string reason, string text, bool closes = false)
    {
        byte[] body = Encoding.ASCII.GetBytes($"<html><body><h1>{status} {reason}</h1>\n{text}\n</body></html>\n");
        string head = $"HTTP/1.1 {status} {reason}\r\ncontent-length: {body.Length}\r\ncache-control: no-cache\r\n"
            + (closes ? "connection: close\r\n" : "") + "content-type: text/html\r\n\r\n";
        return new PreparedAnswer(status, Encoding.ASCII.GetBytes(head), body);
    }
}
