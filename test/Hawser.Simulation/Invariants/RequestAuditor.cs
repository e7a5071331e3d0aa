using System;
using System.Collections.Generic;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Io.Sockets;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// Keeps the books of a proxy's requests: compares each log line with what the actors saw, and looks at the end whether
/// none is missing.
/// </summary>
internal sealed class RequestAuditor(World world, Network network, SimKernel kernel, ExchangeBook book, TroubleBook trouble)
{
    private readonly NameTable _names = new();
    private readonly Dictionary<(string Backend, string Server), int> _serverIndexes = [];

    public ExchangeBook Book => book;

    /// <summary>Lines read.</summary>
    public long Count { get; private set; }

    public void Learn(ProxySet set)
    {
        foreach (Backend backend in set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                uint address = SocketAddresses.ToNetworkAddress(server.Address, 0).IPv4Value;
                _serverIndexes[(backend.Name, server.Name)] = (int)(address - FirstServer);
            }
        }
    }

    /// <summary>10.100.0.1: where the scenarios' servers begin.</summary>
    private const uint FirstServer = 0x0A640001;

    /// <param name="timeouts">Of a frontend and a backend, by their names.</param>
    /// <returns>False: it is no line of a request.</returns>
    public bool TryTake(ReadOnlySpan<byte> text, Func<string, string, TimeoutBook> timeouts, out RequestFacts facts)
    {
        facts = default;
        if (!RequestLine.TryRead(text, _names, out RequestLine line))
            return false;
        Count++;
        book.Broken += line.Cause is 'C' or 'c' or 'K' or 'D' or 'U' ? 1 : 0;
        TcpConnection? connection = network.FindByClient(kernel.Index, line.Client);
        if (connection?.Near.Owner is not HttpClient client)
        {
            world.Fail(InvariantNames.RequestLog, $"the log tells of a request of {line.Client}, which has sent none");
            return false;
        }

        TcpEnd? server = line.ServerPort > 0 ? kernel.FindByLocalPort(line.ServerPort)?.Near : null;
        Inquiry? inquiry = Find(client, line);
        // A connection that was closed before the answer has no port any more to be told.
        server ??= inquiry?.Executions is { Count: > 0 } executions ? executions[^1].Peer.End.Peer : null;
        facts = new RequestFacts(line, client, inquiry, server, timeouts(line.Frontend, line.Backend));
        if (inquiry is not null)
            Note(facts, inquiry);
        else if (!client.IsWild)
            NoteEmpty(facts);
        if (world.Violation is null && !client.IsWild && inquiry is not { IsSpoiled: true })
            Check(facts);
        return true;
    }

    /// <summary>The frontends count every response that clients were written the head of, by its first digit.</summary>
    public void CheckCounters(ProxySet set)
    {
        long[] counted = new long[6];
        foreach (Frontend frontend in set.Frontends)
        {
            TrafficCounters sum = TrafficCounters.Sum(frontend.Counters);
            for (int digit = 0; digit < counted.Length; digit++)
                counted[digit] += sum.Responses[digit];
        }

        for (int digit = 1; digit < counted.Length; digit++)
        {
            // A head that a broken connection did not take is counted all the same.
            if (counted[digit] < book.Heads[digit] || counted[digit] > book.Heads[digit] + book.Broken + book.Doubtful)
                world.Fail(InvariantNames.Counters, $"{counted[digit]} responses {digit}xx counted, clients were written {book.Heads[digit]}");
        }
    }

    /// <summary>When everything is quiet: nothing that was answered, or that a server got, is missing in the log.</summary>
    public void AfterLast()
    {
        foreach (Inquiry inquiry in book.Inquiries)
        {
            if (book.Mix.ServesAll && inquiry is not { IsAnswered: true, Answer: not null } && book.Takeovers?.IsPassing(inquiry.Client) != true)
                world.Fail(InvariantNames.Service, $"request {inquiry.Id} was not answered, where nothing failed", inquiry.Client.End.Connection.Number);
            if (!inquiry.IsLogged && !inquiry.Client.IsWild && (inquiry.Executions.Count > 0 || inquiry.Status != 0))
            {
                world.Fail(InvariantNames.RequestLog,
                    $"request {inquiry.Id} came to {inquiry.Executions.Count} servers, was answered with {inquiry.Status}, and has no log line",
                    inquiry.Client.End.Connection.Number);
            }
        }
    }

    private static Inquiry? Find(HttpClient client, in RequestLine line)
    {
        if (line.Id > 0)
        {
            int id = line.Id;
            return client.Inquiries.Find(one => one.Id == id);
        }

        // Its head was not read: it is the next one, if any of it has come.
        if (client.Logged >= client.Inquiries.Count)
            return null;
        Inquiry next = client.Inquiries[client.Logged];
        return next.At < client.End.Out.Content.Read ? next : null;
    }

    private static void Note(in RequestFacts facts, Inquiry inquiry)
    {
        HttpClient client = facts.Client;
        if (inquiry.IsLogged)
            facts.Fail(InvariantNames.RequestLog, "a second line for one request");
        else if (client.Inquiries[client.Logged] != inquiry && !client.IsWild)
            facts.Fail(InvariantNames.RequestLog, $"the line of request {client.Inquiries[client.Logged].Id} is missing");
        inquiry.IsLogged = true;
        client.Logged = client.Inquiries.IndexOf(inquiry) + 1;
    }

    private static void NoteEmpty(in RequestFacts facts)
    {
        if (facts.Line.Id > 0)
            facts.Fail(InvariantNames.RequestLog, $"a line of request {facts.Line.Id}, which this client has not sent");
        else if (facts.Client.IsEmptyLogged || facts.Client.Logged > 0)
            facts.Fail(InvariantNames.RequestLog, "a line without a request, on a connection that has one already");
        facts.Client.IsEmptyLogged = true;
    }

    private void Check(in RequestFacts facts)
    {
        if (facts.Inquiry is { } inquiry)
        {
            CheckAnswer(facts, inquiry);
            CheckLoss(facts, inquiry);
        }

        RequestTermination.Check(facts, trouble, book.Mix);
        if (book.Mix.ServesAll && facts is { Inquiry: { } asked, Line.Cause: not '-' })
            facts.Fail(InvariantNames.Service, $"request {asked.Id} failed where nothing did");
    }

    private void CheckAnswer(in RequestFacts facts, Inquiry inquiry)
    {
        RequestLine line = facts.Line;
        if (inquiry.Status != 0 && line.Status != inquiry.Status)
            facts.Fail(InvariantNames.RequestLog, $"the client was answered {inquiry.Status}");
        else if (inquiry.Answer is { } answer && (!_serverIndexes.TryGetValue((line.Backend, line.Server), out int index) || index != answer.Server))
            facts.Fail(InvariantNames.RequestLog, $"the answer came from server {answer.Server + 1}");
        else if (inquiry.Executions.Count - 1 > line.Retries)
            facts.Fail(InvariantNames.RequestLog, $"{inquiry.Executions.Count} servers got it, and {line.Retries} retries are told");
        else if (line.Cause == '-' && !IsComplete(inquiry))
            facts.Fail(InvariantNames.RequestLog, $"a good end, and the client has {inquiry.AnswerBytes} bytes of its answer");
        else if (line.Cause == '-' && line.RequestLost + line.ResponseLost > 0)
            facts.Fail(InvariantNames.Conservation, $"a good end with {line.RequestLost} and {line.ResponseLost} bytes lost");
    }

    /// <summary>The client has the whole answer, or it is one whose end is the connection's.</summary>
    private static bool IsComplete(Inquiry inquiry) => inquiry.Answer is { Ending: BodyEnding.Close } answer
        ? inquiry.IsHeadOnly || inquiry.AnswerBytes == answer.SaidBytes
        : inquiry.IsAnswered;

    /// <summary>
    /// Of plain bodies: what was read of them and not written on, or never read, is in the ledger, byte for byte. Of chunks,
    /// whose frames are not told apart there: something is, when something is missing.
    /// </summary>
    private static void CheckLoss(in RequestFacts facts, Inquiry inquiry)
    {
        if (facts.Line.Cause == '-' || inquiry.Answer is not { } answer || inquiry.IsHeadOnly)
            return;
        TcpEnd server = answer.Peer.End.Peer;
        bool isMissing = server.In.Content.Read >= answer.SaidEnd && inquiry.AnswerBytes < answer.SaidBytes;
        if (answer.Ending == BodyEnding.Chunks && isMissing && facts.Line.ResponseLost == 0)
            facts.Fail(InvariantNames.Conservation, $"{answer.SaidBytes - inquiry.AnswerBytes} bytes of the answer are nowhere");
        if (answer.Ending != BodyEnding.Length)
            return;
        long read = Math.Clamp(server.In.Content.Read - answer.BodyAt, 0, answer.BodyBytes);
        long lost = read - inquiry.AnswerBytes + Math.Max(0, server.UnreadTold);
        if (facts.Line.ResponseLost != lost)
            facts.Fail(InvariantNames.Conservation, $"the answer lost {lost} bytes, the proxy says {facts.Line.ResponseLost}");
    }
}
