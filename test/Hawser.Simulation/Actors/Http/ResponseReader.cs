using System;
using System.Text;
using Hawser.Simulation.Invariants;

namespace Hawser.Simulation.Actors.Http;

/// <summary>
/// Reads what a proxy writes to one client: each request is answered once, in order, with what a server has said to it or
/// with what the proxy may say by itself.
/// </summary>
internal sealed class ResponseReader(HttpClient client, ExchangeBook book) : MessageReader
{
    private int _next;
    private Inquiry? _current;
    private bool _isInterim;

    /// <summary>It was told that its request cannot be read, or is too late.</summary>
    private bool _hasLastWord;
    private long _tunnelBytes;

    /// <summary>The server has agreed to a tunnel, and its agreement was passed on.</summary>
    public Inquiry? Tunnel { get; private set; }

    protected override bool IsRequest => false;

    protected override void OnBegin()
    {
        if (_hasLastWord)
            Fail("it is told more after an answer that was to be the last");
        // What the proxy has not begun to read it cannot answer.
        bool hasCome = _next < client.Inquiries.Count && client.Inquiries[_next].At < client.End.Out.Content.Read;
        _current = hasCome ? client.Inquiries[_next] : null;
        if (_next >= client.Inquiries.Count && _next > 0 && !client.IsWild)
            Fail("it is told more than it has asked for");
    }

    protected override BodyEnding OnHead(MessageHead head, int headBytes)
    {
        _isInterim = head.Status is >= 100 and < 200 and not 101;
        if (head.Serial > 0)
            return OfServer(head);
        if (_isInterim && head.Status != 103)
            Fail($"an interim {head.Status} that no server has said");
        else if (!_isInterim && !MayAnswer(head.Status))
            Fail($"a {head.Status} that no server has said");
        if (_isInterim)
            return BodyEnding.None;
        // Where the request ends nobody knows, so that no other one can be found behind it. A server's 400 has no body.
        if (head is { Status: 400 or 408, SaysClose: false, ContentLength: > 0 })
            Fail($"a {head.Status} after which the connection is to go on");
        _hasLastWord |= head is { Status: 400 or 408, ContentLength: > 0 } && _current is not { IsHeadOnly: true };
        // Behind something that is not quite a request it may as well be a part of a body.
        if (_current is null && client.IsWild)
            book.Doubtful++;
        else
            book.Heads[head.Status / 100]++;
        if (_current is null)
        {
            // A word of the proxy's own before there was a request.
            _next = client.Inquiries.Count;
            return Ending(head, isHeadOnly: false);
        }

        _current.Status = head.Status;
        // Before its head was there nobody could know that it wants no body.
        return Ending(head, _current.IsHeadOnly && _current.HeadEnd <= client.End.Out.Content.Read);
    }

    protected override void OnBody(ReadOnlySpan<byte> bytes)
    {
        if (_current is null)
            return;
        if (_current.Answer is { } execution)
        {
            int difference = book.Network.Noise.FirstDifference(execution.Place + _current.AnswerBytes, bytes);
            if (difference >= 0 || _current.AnswerBytes + bytes.Length > execution.BodyBytes)
                Fail($"byte {_current.AnswerBytes + Math.Max(0, difference)} of the answer to request {_current.Id} is not what its server has said");
        }

        _current.AnswerBytes += bytes.Length;
    }

    protected override void OnTrailers(ReadOnlySpan<byte> text)
    {
        if (_current?.Answer is { } execution && !BodyText.IsTrailer(Encoding.Latin1.GetString(text), execution.Serial, execution.HasTrailers))
            Fail($"trailers that its server has not said: {Encoding.Latin1.GetString(text)}");
    }

    protected override void OnEnd()
    {
        if (_isInterim || _current is not { } inquiry)
            return;
        inquiry.IsAnswered = true;
        inquiry.AnswerEnd = Offset;
        _next++;
        if (inquiry.Answer is not { } execution || IsUntilCloseAnswer(execution))
            return;
        if (!execution.IsWhole)
            Fail($"the answer to request {inquiry.Id} is told as a whole one, its server has not finished it ({execution.Trouble})");
        else if (!inquiry.IsHeadOnly && inquiry.AnswerBytes != execution.BodyBytes)
            Fail($"the answer to request {inquiry.Id} ends with byte {inquiry.AnswerBytes} of {execution.BodyBytes}");
    }

    protected override void OnTunnel(ReadOnlySpan<byte> bytes)
    {
        Execution execution = Tunnel!.Answer!;
        int difference = book.Network.Noise.FirstDifference(execution.Place + _tunnelBytes, bytes);
        if (difference >= 0)
            Fail($"byte {_tunnelBytes + difference} of the tunnel is not what the server has said");
        _tunnelBytes += bytes.Length;
    }

    protected override void OnProblem(string problem) => book.Network.World.Fail(
        InvariantNames.Answers,
        $"client {client.Index}: {problem} ({_current?.ToString() ?? "nothing asked"}; {_current?.Answer?.ToString() ?? "no server's answer"})",
        client.End.Connection.Number);

    private BodyEnding OfServer(MessageHead head)
    {
        if (book.FindExecution(head.Serial) is not { } execution || !execution.IsBegun)
        {
            Fail($"an answer {head.Serial} that nobody has given");
            return BodyEnding.None;
        }

        bool isRight = client.IsWild ? execution.Inquiry.Client == client : execution.Inquiry == _current;
        // Unasked bytes were taken for the answer before, so that the answers of that connection come one too late.
        if (!isRight && !_isInterim && _current is { IsSpoiled: true } && execution.Inquiry.IsSpoiled && execution.Ending != BodyEnding.Tunnel)
        {
            book.Heads[head.Status / 100]++;
            _current.Status = head.Status;
            return Ending(head, _current.IsHeadOnly);
        }

        if (!isRight)
            Fail($"the answer to request {execution.Inquiry.Id} where that to {_current?.Id ?? 0} is due");
        else if (head.Status != (_isInterim ? execution.InterimStatus : execution.Status))
            Fail($"a status {head.Status}, the server has said {execution.Status}");
        else if (!_isInterim && execution.Inquiry.Executions[^1] != execution)
            Fail($"the answer of server {execution.Server} to request {execution.Inquiry.Id}, which has been sent to another one since");
        if (_isInterim)
        {
            execution.Inquiry.WasContinued |= head.Status == 100;
            return BodyEnding.None;
        }

        book.Heads[head.Status / 100]++;
        _current = execution.Inquiry;
        _current.Status = head.Status;
        _current.Answer = execution;
        bool isTunnel = execution.Ending == BodyEnding.Tunnel;
        if (isTunnel)
        {
            Tunnel = _current;
            _current.IsAnswered = true;
            _current.AnswerEnd = Offset;
            _next++;
            return BodyEnding.Tunnel;
        }

        BodyEnding ending = Ending(head, _current.IsHeadOnly);
        if (ending == BodyEnding.Length && head.ContentLength != execution.BodyBytes)
            Fail($"{head.ContentLength} bytes are announced for the answer to request {_current.Id}, its server has announced {execution.BodyBytes}");
        return ending;
    }

    private static BodyEnding Ending(MessageHead head, bool isHeadOnly)
    {
        if (isHeadOnly || head.Status is < 200 or 204 or 304)
            return BodyEnding.None;
        if (head.IsChunked)
            return BodyEnding.Chunks;
        return head.ContentLength >= 0 ? BodyEnding.Length : BodyEnding.Close;
    }

    /// <summary>Its end is the connection's: whether that is the whole of it only the log can tell.</summary>
    private static bool IsUntilCloseAnswer(Execution execution) => execution.Ending == BodyEnding.Close;

    /// <summary>What the proxy says by itself: what rules have it say, and what errors there are.</summary>
    private bool MayAnswer(int status)
    {
        if (_current is null)
            return status is 400 or 408 || client.IsWild;
        if (_current.Path is { OwnStatus: > 0 } path && status == path.OwnStatus)
            return true;
        if (_current.IsSpoiled && status == 200)
            return true;
        if (status is 400 or 408 or 500 or 502 or 503 or 504)
            return true;
        return client.IsWild && status is 405 or 413 or 414 or 422 or 431 or 501;
    }
}
