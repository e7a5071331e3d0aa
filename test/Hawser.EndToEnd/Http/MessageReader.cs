using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Http;

/// <summary>Takes whole messages off a connection, by what their heads say of their length.</summary>
/// <param name="socket">The connection.</param>
/// <param name="blockBytes">Longest message.</param>
internal sealed class MessageReader(Socket socket, int blockBytes = 65536)
{
    /// <summary>Stands behind the last message of a connection.</summary>
    public const string End = "<end>";

    private readonly byte[] _block = new byte[blockBytes];
    private int _length;

    /// <summary>The connection has ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The next message; informational responses come with the one that follows them. Empty at the end.</summary>
    /// <param name="hasBody">False for the answer to HEAD.</param>
    public async Task<string> Next(bool hasBody)
    {
        int at = 0;
        while (true)
        {
            int head = await HeadEnd(at).ConfigureAwait(false);
            if (head < 0) return Take(_length);
            string text = Encoding.Latin1.GetString(_block, at, head - at);
            if (text.StartsWith("HTTP/1.1 103", StringComparison.Ordinal))
            {
                at = head;
                continue;
            }

            int end = await BodyEnd(text, head, hasBody).ConfigureAwait(false);
            bool isLast = text.StartsWith("HTTP/", StringComparison.Ordinal) && text.Contains("\r\nconnection: close\r\n", StringComparison.OrdinalIgnoreCase);
            if (isLast)
            {
                while (await Receive().ConfigureAwait(false))
                {
                }

                end = _length;
            }

            return Take(end);
        }
    }

    private async Task<int> HeadEnd(int from)
    {
        while (true)
        {
            int found = _block.AsSpan(from, _length - from).IndexOf("\r\n\r\n"u8);
            if (found >= 0) return from + found + 4;
            if (!await Receive().ConfigureAwait(false)) return -1;
        }
    }

    private async Task<int> BodyEnd(string head, int at, bool hasBody)
    {
        bool isBodyless = !hasBody || head.StartsWith("HTTP/1.1 204", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 304", StringComparison.Ordinal);
        if (isBodyless) return at;
        int field = head.IndexOf("\r\ncontent-length:", StringComparison.OrdinalIgnoreCase);
        if (field >= 0)
        {
            int end = head.IndexOf("\r\n", field + 2, StringComparison.Ordinal);
            int whole = at + int.Parse(head.AsSpan(field + 17, end - field - 17).Trim(), null);
            while (_length < whole && await Receive().ConfigureAwait(false))
            {
            }

            return Math.Min(whole, _length);
        }

        if (head.Contains("\r\ntransfer-encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            int end;
            while ((end = ChunksEnd(at)) < 0 && await Receive().ConfigureAwait(false))
            {
            }

            return end < 0 ? _length : end;
        }

        if (!head.StartsWith("HTTP/", StringComparison.Ordinal)) return at;
        while (await Receive().ConfigureAwait(false))
        {
        }

        return _length;
    }

    /// <summary>Behind the empty line that follows the last chunk and its trailers; -1 while that has not come.</summary>
    private int ChunksEnd(int at)
    {
        while (LineEnd(at) is >= 0 and var next)
        {
            string size = Encoding.Latin1.GetString(_block, at, next - at).TrimEnd().Split(';')[0];
            // Whatever is no size is compared as it came.
            if (!int.TryParse(size, NumberStyles.HexNumber, null, out int bytes)) return _length;
            if (bytes == 0) return TrailersEnd(next);
            at = next + bytes + 2;
            if (at > _length) return -1;
        }

        return -1;
    }

    private int TrailersEnd(int at)
    {
        while (LineEnd(at) is >= 0 and var next)
        {
            if (next - at == 2) return next;
            at = next;
        }

        return -1;
    }

    private int LineEnd(int at)
    {
        int found = _block.AsSpan(at, _length - at).IndexOf("\r\n"u8);
        return found < 0 ? -1 : at + found + 2;
    }

    private string Take(int length)
    {
        string text = Encoding.Latin1.GetString(_block, 0, length);
        _block.AsSpan(length, _length - length).CopyTo(_block);
        _length -= length;
        return IsClosed && _length == 0 ? text + End : text;
    }

    private async Task<bool> Receive()
    {
        if (IsClosed) return false;
        using CancellationTokenSource limit = new(Patience.LimitMs);
        int received = 0;
        try
        {
            received = await socket.ReceiveAsync(_block.AsMemory(_length), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new PatienceException($"waited in vain for more than {Encoding.Latin1.GetString(_block, 0, _length)}");
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // A reset ends it as well.
        }

        _length += received;
        IsClosed = received == 0;
        return received > 0;
    }
}
