using System.Collections.Immutable;

namespace Hawser.Control.Lab;

/// <summary>
/// The cases in the order in which they are best read: the article, how its bytes get lost, how the same log line
/// means nothing, and the two cures. A second here is about ten of the article's.
/// </summary>
public static class LabCases
{
    private const int ShortMs = 1000;
    private const int LongMs = 4000;
    private const int LateMs = 1500;
    private const int EndMs = 2500;
    private const int GreetingBytes = 10;
    private const int Pieces = 6;
    private const int PieceBytes = 1000;
    private const int PauseMs = 40;
    private const int AllPieces = Pieces * PieceBytes;
    private const string DrainWords = "drain 3s";
    private const string ResetWords = "reset";

    public static readonly ImmutableArray<LabCase> Rows =
    [
        new("article", "The server echoes byte by byte; the client writes, reads, sleeps, and leaves.")
        {
            TimeoutClientMs = LongMs,
            TimeoutServerMs = ShortMs,
            Client = static client =>
            {
                for (int i = 1; i <= 3; i++)
                {
                    client.Send(GreetingBytes);
                    client.Read(GreetingBytes, i * 150);
                    client.SleepUntil(i * 150);
                }
                client.SleepUntil(EndMs);
                client.ReadUntil(EndMs + 100);
                client.Close();
            },
            Server = static server =>
            {
                server.EchoByteByByte(EndMs + 300);
                server.Close();
            },
            State = "sD",
        },
        Late("late", "timeout server < timeout client; the server is silent, then writes."),
        Mirror("mirror", "timeout client < timeout server; the client is silent, then writes."),
        new("stalled", "The server stops reading; the client goes on writing.")
        {
            TimeoutClientMs = LongMs,
            TimeoutServerMs = ShortMs,
            Client = static client =>
            {
                client.SendAllThatFits(EndMs);
                client.Close();
            },
            Server = static server =>
            {
                server.Read(GreetingBytes, ShortMs);
                server.SleepUntil(EndMs + 500);
                server.ReadUntil(EndMs + 700);
                server.Close();
            },
            State = "sD",
            MissingRequest = LabCase.SomeBytes,
        },
        Quiet("quiet-server", "timeout server fires and nobody sends any more: nothing is lost.", ShortMs, LongMs, "sD"),
        Quiet("quiet-client", "timeout client fires and nobody sends any more: nothing is lost.", LongMs, ShortMs, "cD"),
        Late("late-reset", "The late server again; its write fails instead of vanishing.") with
        {
            OnTimeout = ResetWords,
            MissingResponse = 0,
            Told = LabParty.Server,
        },
        Mirror("mirror-reset", "The late client again; its write fails instead of vanishing.") with
        {
            OnTimeout = ResetWords,
            MissingRequest = 0,
            Told = LabParty.Client,
        },
        Late("late-drain", "The late server again; what it writes is still delivered.") with
        {
            OnTimeout = DrainWords,
            MissingResponse = 0,
        },
        Mirror("mirror-drain", "The late client again; what it writes is still delivered.") with
        {
            OnTimeout = DrainWords,
            MissingRequest = 0,
        },
    ];

    /// <summary>Null when there is no such case.</summary>
    public static LabCase? Find(string name)
    {
        foreach (LabCase row in Rows)
        {
            if (row.Name == name) return row;
        }
        return null;
    }

    private static LabCase Late(string name, string story) => new(name, story)
    {
        TimeoutClientMs = LongMs,
        TimeoutServerMs = ShortMs,
        Client = AskAndListen,
        Server = AnswerThenWriteLate,
        State = "sD",
        MissingResponse = AllPieces,
    };

    private static LabCase Mirror(string name, string story) => new(name, story)
    {
        TimeoutClientMs = ShortMs,
        TimeoutServerMs = LongMs,
        Client = static client =>
        {
            client.Send(GreetingBytes);
            client.Read(GreetingBytes, ShortMs / 2);
            client.SleepUntil(LateMs);
            client.SendPieces(Pieces, PieceBytes, PauseMs);
            client.ReadUntil(EndMs);
            client.Close();
        },
        Server = static server =>
        {
            server.Read(GreetingBytes, ShortMs / 2);
            server.Send(GreetingBytes);
            server.ReadUntil(EndMs + 200);
            server.Close();
        },
        State = "cD",
        MissingRequest = AllPieces,
    };

    private static LabCase Quiet(string name, string story, int timeoutServerMs, int timeoutClientMs, string state) =>
        new(name, story)
        {
            TimeoutClientMs = timeoutClientMs,
            TimeoutServerMs = timeoutServerMs,
            Client = AskAndListen,
            Server = static server =>
            {
                server.Read(GreetingBytes, ShortMs / 2);
                server.Send(GreetingBytes);
                server.ReadUntil(EndMs + 200);
                server.Close();
            },
            State = state,
        };

    private static void AskAndListen(Endpoint client)
    {
        client.Send(GreetingBytes);
        client.ReadUntil(EndMs);
        client.Close();
    }

    private static void AnswerThenWriteLate(Endpoint server)
    {
        server.Read(GreetingBytes, ShortMs / 2);
        server.Send(GreetingBytes);
        server.SleepUntil(LateMs);
        server.SendPieces(Pieces, PieceBytes, PauseMs);
        server.ReadUntil(EndMs + 200);
        server.Close();
    }
}
