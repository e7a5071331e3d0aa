using System;
using Hawser.Base.Network;

namespace Hawser.Simulation.Invariants;

/// <summary>What a proxy says about one request in its log, as an operator would read it.</summary>
internal struct RequestLine
{
    public NetworkAddress Client;
    public int ServerPort;
    public string Frontend;
    public string Backend;
    public string Server;
    public char Cause;
    public char Phase;
    public int Retries;
    public bool IsRedispatched;
    public int Status;

    /// <summary>The number that names the request; 0 when its head was not read.</summary>
    public int Id;
    public long RequestLost, ResponseLost, RequestUnconfirmed, ResponseUnconfirmed;
    public long QueueMs, ConnectMs, ResponseMs, TotalMs;

    /// <summary>False for lines about something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, NameTable names, out RequestLine result)
    {
        result = default;
        if (line.Length < 3 || line[0] != (byte)'R' || line[1] != (byte)' ')
            return false;
        LogWords words = new(line[2..]);
        uint client = words.Address();
        result.Client = NetworkAddress.FromIPv4(client, (ushort)words.Number());
        result.ServerPort = (int)words.Number();
        result.Frontend = names.Get(words.Next());
        result.Backend = names.Get(words.Next());
        result.Server = names.Get(words.Next());
        ReadOnlySpan<byte> state = words.Next();
        result.Cause = (char)state[0];
        result.Phase = (char)state[1];
        ReadOnlySpan<byte> retries = words.Next();
        result.IsRedispatched = retries[0] == (byte)'+';
        result.Retries = (int)LogWords.NumberOf(result.IsRedispatched ? retries[1..] : retries);
        result.Status = (int)words.Number();
        result.Id = (int)words.Number();
        result.RequestLost = words.Number();
        result.ResponseLost = words.Number();
        result.RequestUnconfirmed = words.Number();
        result.ResponseUnconfirmed = words.Number();
        result.QueueMs = words.Number();
        result.ConnectMs = words.Number();
        result.ResponseMs = words.Number();
        result.TotalMs = words.Number();
        return true;
    }
}
