using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Hawser.Simulation.Actors.Http;

/// <summary>
/// The head of one message, read as strictly as can be: what a proxy lets through must be plain to everybody
/// (RFC 9112). Nothing of the product is used for it.
/// </summary>
internal sealed class MessageHead
{
    private readonly List<(string Name, string Value)> _fields = [];

    public string StartLine { get; private set; } = "";

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Problem { get; private set; }

    public bool IsOldVersion { get; private set; }

    /// <summary>Of a response.</summary>
    public int Status { get; private set; }

    /// <summary>Of a request.</summary>
    public string Method { get; private set; } = "";

    public bool IsChunked { get; private set; }

    /// <summary>-1 without.</summary>
    public long ContentLength { get; private set; } = -1;

    /// <summary>"x-id": the request's number; 0 without.</summary>
    public int Id { get; private set; }

    /// <summary>"x-serial": the answer's number; 0 without.</summary>
    public int Serial { get; private set; }

    public bool SaysClose { get; private set; }

    /// <param name="bytes">With the empty line.</param>
    public static MessageHead Read(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        MessageHead head = new();
        string[] lines = Encoding.Latin1.GetString(bytes).Split("\r\n");
        head.StartLine = lines[0];
        if (isRequest)
            head.ReadRequestLine();
        else
            head.ReadStatusLine();
        for (int i = 1; i < lines.Length - 2 && head.Problem is null; i++)
            head.ReadField(lines[i]);
        if (head.IsChunked && head.ContentLength >= 0)
            head.Problem = "both content-length and transfer-encoding";
        // A request like that is passed on, as HAProxy does, and its connection is not used again.
        if (head.IsChunked && head.IsOldVersion && !isRequest)
            head.Problem = "chunks in HTTP/1.0";
        return head;
    }

    public string? Find(string name)
    {
        foreach ((string one, string value) in _fields)
        {
            if (one == name)
                return value;
        }

        return null;
    }

    private void ReadRequestLine()
    {
        string[] words = StartLine.Split(' ');
        if (words.Length != 3 || words[0].Length == 0 || words[1].Length == 0)
            Problem = "a request line has three words";
        else if (words[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            Problem = "an unknown version";
        else
            (Method, IsOldVersion) = (words[0], words[2] == "HTTP/1.0");
    }

    private void ReadStatusLine()
    {
        bool isKnown = StartLine.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || StartLine.StartsWith("HTTP/1.0 ", StringComparison.Ordinal);
        if (!isKnown || StartLine.Length < 12 || !int.TryParse(StartLine.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            Problem = "a status line says a version and a status";
            return;
        }

        Status = status;
        IsOldVersion = StartLine[7] == '0';
    }

    private void ReadField(string line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t\r\n\0\"(),/;<=>?@[\\]{}") || line.AsSpan().ContainsAny("\r\n\0"))
        {
            Problem = $"no field: '{line}'";
            return;
        }

        string name = line[..colon].ToLowerInvariant();
        string value = line[(colon + 1)..].Trim(' ', '\t');
        _fields.Add((name, value));
        switch (name)
        {
            case "content-length":
                if (ContentLength >= 0)
                    Problem = "two lengths";
                else if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
                    ContentLength = length;
                else
                    Problem = $"a length that is no number: '{value}'";
                break;
            case "transfer-encoding":
                if (IsChunked || !value.Equals("chunked", StringComparison.OrdinalIgnoreCase))
                    Problem = $"an encoding that nobody knows: '{value}'";
                IsChunked = true;
                break;
            case "x-id":
                _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int id);
                Id = id;
                break;
            case "x-serial":
                _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int serial);
                Serial = serial;
                break;
            case "connection":
                SaysClose |= value.Contains("close", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }
}
