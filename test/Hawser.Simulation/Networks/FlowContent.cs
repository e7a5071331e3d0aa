using System;
using Hawser.Base.Network;
using Hawser.Protocols.ProxyProtocol;

namespace Hawser.Simulation.Networks;

/// <summary>
/// What the bytes of a flow are: a PROXY header where one is due, then an actor's stream. An actor's flow knows its
/// stream from the start; of a proxy's flow it is found out from its first bytes, and every byte is compared. In mode
/// http an actor's flow has a speech instead, and a proxy's flow a reader of messages.
/// </summary>
internal sealed class FlowContent(Flow flow)
{
    private const int HeaderMaximum = 600;

    private byte[] _header = [];
    private uint _id;
    private int _idBytes;

    public int HeaderBytes { get; private set; }

    /// <summary>A PROXY header is due, or not complete.</summary>
    public bool AwaitsHeader { get; private set; }

    /// <summary>What an actor says here that speaks of messages; null of all others.</summary>
    public Speech? Speech { get; private set; }

    /// <summary>Who reads what a proxy says here; null where it is compared with a stream.</summary>
    public FlowReader? Reader { get; set; }

    /// <summary>Null until known.</summary>
    public ByteStream? Stream { get; private set; }

    public long Written => Math.Max(0, flow.Written - HeaderBytes);

    public long Arrived => Math.Max(0, flow.Arrived - HeaderBytes);

    public long Read => Math.Max(0, flow.Read - HeaderBytes);

    /// <summary>Who the PROXY header says the client is; unspecified without one.</summary>
    public NetworkAddress Claimed { get; private set; }

    private Network Network => flow.From.Connection.Network;

    /// <summary>An actor speaks; its header is counted as written by the caller.</summary>
    public void Begin(ByteStream stream, ReadOnlySpan<byte> header)
    {
        Stream = stream;
        _header = header.ToArray();
        HeaderBytes = header.Length;
    }

    /// <summary>An actor speaks of messages.</summary>
    public void Begin(Speech speech, ReadOnlySpan<byte> header)
    {
        Speech = speech;
        _header = header.ToArray();
        HeaderBytes = header.Length;
    }

    /// <summary>A proxy speaks, and is to begin with a PROXY header.</summary>
    public void ExpectHeader() => AwaitsHeader = true;

    /// <summary>Produces what the receiver reads from where it stands.</summary>
    public void Copy(long offset, Span<byte> target)
    {
        while (target.Length > 0 && offset < HeaderBytes)
        {
            target[0] = _header[offset++];
            target = target[1..];
        }

        if (Speech is { } speech)
        {
            speech.Write(offset - HeaderBytes, target);
            return;
        }

        if (Stream is { } stream)
        {
            stream.Write(Network.Noise, offset - HeaderBytes, target);
            return;
        }

        for (int i = 0; i < target.Length; i++)
            target[i] = (byte)(_id >> (int)(8 * (offset - HeaderBytes + i)));
    }

    /// <summary>What a proxy sends next: its place is behind all that was written.</summary>
    public void Check(ReadOnlySpan<byte> bytes)
    {
        if (AwaitsHeader)
            bytes = bytes[TakeHeader(bytes)..];
        long offset = flow.Written - HeaderBytes;
        if (AwaitsHeader)
            return;
        if (Reader is { } reader)
        {
            reader.Take(bytes);
            return;
        }

        if (offset < 0)
            offset = 0;
        while (Stream is null && bytes.Length > 0)
        {
            _id |= (uint)bytes[0] << (8 * _idBytes);
            bytes = bytes[1..];
            offset++;
            if (++_idBytes == ByteStream.IdBytes)
                Identify(Network.FindStream((int)_id));
            if (Network.World.Violation is not null)
                return;
        }

        if (Stream is not { } stream || bytes.IsEmpty)
            return;
        long accepted = stream.Spoken.Content.Arrived;
        if (offset + bytes.Length > accepted)
        {
            Fail($"byte {offset + bytes.Length} is sent, but its sender has sent {accepted} only");
            return;
        }

        int difference = stream.FirstDifference(Network.Noise, offset, bytes);
        if (difference >= 0)
            Fail($"byte {offset + difference} is not what its sender sent there");
    }

    /// <summary>As <see cref="Check"/> for bytes that never were in user space: they stand for a piece of a flow.</summary>
    public void CheckSpliced(Flow source, long sourceOffset, int length)
    {
        if (Reader is { } reader)
        {
            byte[] piece = new byte[length];
            source.Content.Copy(sourceOffset, piece);
            reader.Take(piece);
            return;
        }

        if (Stream is null || source.Content.Stream is null)
        {
            Span<byte> bytes = stackalloc byte[Math.Min(length, 64)];
            source.Content.Copy(sourceOffset, bytes);
            Check(bytes);
            return;
        }

        long content = sourceOffset - source.Content.HeaderBytes;
        if (Stream != source.Content.Stream)
            Fail("bytes of another session are spliced into it");
        else if (content != flow.Written - HeaderBytes)
            Fail($"byte {content} is spliced where byte {flow.Written - HeaderBytes} is due");
    }

    private int TakeHeader(ReadOnlySpan<byte> bytes)
    {
        int before = HeaderBytes;
        byte[] all = new byte[Math.Min(HeaderMaximum, before + bytes.Length)];
        _header.AsSpan(0, before).CopyTo(all);
        bytes[..(all.Length - before)].CopyTo(all.AsSpan(before));
        ProxyHeaderResult result = ProxyHeaderParser.Parse(all, HeaderMaximum, out ProxyHeader header);
        if (result == ProxyHeaderResult.NeedMore)
        {
            _header = all;
            HeaderBytes = all.Length;
            return bytes.Length;
        }

        if (result != ProxyHeaderResult.Ok)
        {
            Fail($"a PROXY header was due: {result}");
            return bytes.Length;
        }

        AwaitsHeader = false;
        _header = all[..header.LengthBytes];
        HeaderBytes = header.LengthBytes;
        if (header.HasEndpoints)
        {
            Claimed = header.Source;
            flow.From.Connection.Claimed = header.Source;
            if (flow.To.Owner is IOwnedByProxy next)
                Network.Remember(next.ProxyIndex, flow.From.Connection);
        }

        return header.LengthBytes - before;
    }

    private void Identify(ByteStream? stream)
    {
        if (stream is null)
        {
            Fail($"it begins with bytes that nobody has sent ({_id:x8})");
            return;
        }

        Stream = stream;
        TcpConnection origin = stream.Spoken.From.Connection;
        if (origin.Client >= 0)
            flow.From.Connection.Client = origin.Client;
        else if (flow.From.Connection.Client >= 0)
            origin.Client = flow.From.Connection.Client;
        int proxy = Network.ProxyOf(flow.From);
        if (stream.Carriers[proxy] is { } other && other != flow)
            Fail($"its bytes are sent to connection #{other.From.Connection.Number} already");
        stream.Carriers[proxy] = flow;
        if (Claimed.IsInternet && !Claimed.Equals(origin.Claimed))
            Fail($"the PROXY header says {Claimed}, the client is {origin.Claimed}");
    }

    private void Fail(string what) =>
        Network.World.Fail(Invariants.InvariantNames.ByteOrder, what, flow.From.Connection.Number);
}
