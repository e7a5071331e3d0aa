using System;
using System.Text;
using Hawser.Base.Network;

namespace Hawser.Simulation.Invariants;

/// <summary>What a proxy says about one session in its log, as an operator would read it.</summary>
internal struct SessionLine
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
    public long RequestIn, RequestOut, ResponseIn, ResponseOut;
    public long RequestLost, ResponseLost, RequestUnconfirmed, ResponseUnconfirmed;
    public long QueueMs, ConnectMs, TotalMs;

    /// <summary>False for lines about something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, NameTable names, out SessionLine result)
    {
        result = default;
        if (line.Length < 3 || line[0] != (byte)'S' || line[1] != (byte)' ')
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
        result.RequestIn = words.Number();
        result.RequestOut = words.Number();
        result.ResponseIn = words.Number();
        result.ResponseOut = words.Number();
        result.RequestLost = words.Number();
        result.ResponseLost = words.Number();
        result.RequestUnconfirmed = words.Number();
        result.ResponseUnconfirmed = words.Number();
        result.QueueMs = words.Number();
        result.ConnectMs = words.Number();
        result.TotalMs = words.Number();
        return true;
    }

    /// <summary>The client of a line about a refused handshake, and how many bytes of it were lost.</summary>
    public static NetworkAddress ReadRefused(ReadOnlySpan<byte> line, out long lost)
    {
        LogWords words = new(line[2..]);
        uint client = words.Address();
        ushort port = (ushort)words.Number();
        lost = words.Number();
        return NetworkAddress.FromIPv4(client, port);
    }
}

/// <summary>Turns the few names that occur in a run into strings once.</summary>
internal sealed class NameTable
{
    private readonly System.Collections.Generic.List<(byte[] Bytes, string Text)> _names = [];

    public string Get(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] bytes, string text) in _names)
        {
            if (name.SequenceEqual(bytes))
                return text;
        }

        string made = Encoding.ASCII.GetString(name);
        _names.Add((name.ToArray(), made));
        return made;
    }
}
