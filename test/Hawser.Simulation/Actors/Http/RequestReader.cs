using System;
using System.Text;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>
/// Reads what a proxy writes to one server's connection: whole requests of clients, one after the other, each on a
/// connection whose last exchange is over, and no more often than the configuration lets it be sent.
/// </summary>
internal sealed class RequestReader(HttpServerPeer peer, ExchangeBook book) : MessageReader
{
    /// <summary>Between the arrival of bytes and the moment a proxy must have heard of them.</summary>
    private const long NoticeUs = 4000;

    private Execution? _current;
    private bool _isWild;

    /// <summary>Bytes that nobody asked for came at the very moment when the proxy used the connection again.</summary>
    private bool _isSpoiled;
    private long _tunnelBytes;

    protected override bool IsRequest => true;

    protected override void OnBegin()
    {
        _current = null;
        TcpEnd end = peer.End;
        if (peer.Last is { } last)
        {
            // What came unasked before was taken for that answer, which the proxy may not know.
            if (!_isSpoiled && (last.IsLast || last.Ending == BodyEnding.Close))
                Fail("another request, after an answer that was to be the last");
            else if (!_isSpoiled && end.Out.Content.Read < last.End)
                Fail("another request, before the last answer was read to its end");
            else if (!last.IsRequestWhole)
                Fail("another request, in the middle of the last one");
        }

        _isSpoiled |= peer.Last is { Trouble: AnswerTrouble.Excess };
        TcpEnd proxy = end.Peer;
        if (proxy.Readable > 0 && IsNoticed(proxy.ReadableSinceUs) && peer.Last is not null)
            Fail($"another request, on a connection with {proxy.Readable} bytes that nobody has read");
        else if (proxy.IsPeerFinHere && IsNoticed(proxy.FinArrivedUs) && peer.Last is not null)
            Fail("another request, on a connection that its server has closed");
    }

    protected override BodyEnding OnHead(MessageHead head, int headBytes)
    {
        BodyEnding ending = head.IsChunked ? BodyEnding.Chunks : head.ContentLength > 0 ? BodyEnding.Length : BodyEnding.None;
        _isWild = book.FindInquiry(head.Id) is not { IsWild: false };
        if (book.FindInquiry(head.Id) is not { } inquiry)
        {
            if (!book.HasWild)
                Fail($"a request that nobody has sent: {head.StartLine}");
            peer.TakeStray(Offset);
            return ending;
        }

        if (!_isWild)
            Check(inquiry, ending, head);
        inquiry.IsSpoiled |= _isSpoiled;
        _current = peer.Take(inquiry, head, Offset);
        return _current.Ending == BodyEnding.Tunnel ? BodyEnding.Tunnel : ending;
    }

    protected override void OnBody(ReadOnlySpan<byte> bytes)
    {
        if (_current is not { } execution || _isWild)
            return;
        Inquiry inquiry = execution.Inquiry;
        int difference = book.Network.Noise.FirstDifference(inquiry.Place + execution.RequestBytes, bytes);
        if (difference >= 0)
            Fail($"byte {execution.RequestBytes + difference} of request {inquiry.Id} is not what its client has sent");
        execution.RequestBytes += bytes.Length;
    }

    protected override void OnTrailers(ReadOnlySpan<byte> text)
    {
        if (_current is { } execution && !_isWild
            && !BodyText.IsTrailer(Encoding.Latin1.GetString(text), execution.Inquiry.Id, execution.Inquiry.HasTrailers))
        {
            Fail($"trailers that its client has not sent: {Encoding.Latin1.GetString(text)}");
        }
    }

    protected override void OnEnd()
    {
        if (_current is not { } execution)
            return;
        execution.IsRequestWhole = true;
        execution.RequestEnd = Offset;
        Inquiry inquiry = execution.Inquiry;
        if (_isWild)
            return;
        if (execution.RequestBytes != inquiry.BodyBytes || inquiry.End > inquiry.Client.End.Out.Content.Read)
            Fail($"request {inquiry.Id} is told as a whole one: {execution.RequestBytes} of {inquiry.BodyBytes} bytes");
    }

    protected override void OnTunnel(ReadOnlySpan<byte> bytes)
    {
        Inquiry inquiry = _current!.Inquiry;
        int difference = book.Network.Noise.FirstDifference(inquiry.Place + _tunnelBytes, bytes);
        if (difference >= 0)
            Fail($"byte {_tunnelBytes + difference} of the tunnel is not what the client has said");
        _tunnelBytes += bytes.Length;
    }

    protected override void OnProblem(string problem) =>
        book.Network.World.Fail(InvariantNames.Requests, $"server {peer.Server + 1}: {problem}", peer.End.Connection.Number);

    /// <summary>What came then has been told to the loop in an earlier turn.</summary>
    private bool IsNoticed(long arrivedUs) =>
        arrivedUs < book.LastTurnUs && book.Network.World.NowUs - Math.Max(arrivedUs, book.AwakeSinceUs) > NoticeUs;

    private void Check(Inquiry inquiry, BodyEnding ending, MessageHead head)
    {
        peer.End.Connection.Client = inquiry.Client.Index;
        BodyEnding due = inquiry is { Ending: BodyEnding.Length, BodyBytes: 0 } ? BodyEnding.None : inquiry.Ending;
        if (inquiry.HeadEnd > inquiry.Client.End.Out.Content.Read)
            Fail($"request {inquiry.Id}, before its client has sent all of its head");
        else if (ending != due)
            Fail($"request {inquiry.Id} with a body of kind {ending}, it was {due}");
        else if (inquiry.Path is { OwnStatus: > 0 })
            Fail($"request {inquiry.Id}, which the proxy was to answer by itself");
        else if (book.Takeovers?.Problem(inquiry, head) is { } problem)
            book.Network.World.Fail(InvariantNames.Reloads, $"request {inquiry.Id} {problem}", inquiry.Client.End.Connection.Number);
        else if (inquiry.Status != 0)
            Fail($"request {inquiry.Id} again, when its client has been answered");
        else if (inquiry.Executions.Count > 0)
            CheckAgain(inquiry);
    }

    private void CheckAgain(Inquiry inquiry)
    {
        if (!book.Mix.MayRetry(inquiry.Executions[^1]))
            Fail($"request {inquiry.Id} again ({inquiry.Executions[^1].Trouble}, {inquiry.Executions[^1].Status}), which no retry-on allows");
        else if (inquiry.Executions.Count > book.Mix.RetriesMaximum)
            Fail($"request {inquiry.Id} for the {inquiry.Executions.Count + 1}th time");
    }
}
