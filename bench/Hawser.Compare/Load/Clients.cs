using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Hawser.Compare.Load;

/// <summary>Blocking threads, one per connection, each with one exchange under way: the proxy is always behind.</summary>
internal sealed class Clients
{
    private const int StackBytes = 128 * 1024;

    private readonly IPEndPoint _proxy;
    private readonly Exchange _exchange;
    private readonly Thread[] _threads;
    private readonly Counter[] _counters;
    private volatile bool _isStopping;
    private volatile Exception? _failure;

    private sealed class Counter
    {
        public long Units;
    }

    private Clients(IPEndPoint proxy, Exchange exchange, int connections)
    {
        _proxy = proxy;
        _exchange = exchange;
        _threads = new Thread[connections];
        _counters = new Counter[connections];
        for (int i = 0; i < connections; i++)
        {
            Counter counter = _counters[i] = new Counter();
            _threads[i] = new Thread(() => Run(counter), StackBytes) { IsBackground = true };
        }
    }

    /// <summary>Exchanges completed and found right.</summary>
    public long Units
    {
        get
        {
            long sum = 0;
            foreach (Counter counter in _counters) sum += Volatile.Read(ref counter.Units);
            return sum;
        }
    }

    public static Clients Start(IPEndPoint proxy, Exchange exchange, int connections)
    {
        Clients clients = new(proxy, exchange, connections);
        foreach (Thread thread in clients._threads) thread.Start();
        return clients;
    }

    /// <summary>Ends after the exchange under way. Throws what a client met: a wrong, missing or extra byte.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (Thread thread in _threads) thread.Join();
        if (_failure is { } failure) throw new InvalidOperationException($"load: {failure.Message}", failure);
    }

    private void Run(Counter counter)
    {
        byte[] answer = new byte[_exchange.AnswerBytes];
        try
        {
            do
            {
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
                {
                    NoDelay = true,
                };
                socket.Connect(_proxy);
                do
                {
                    Talk(socket, answer);
                    Volatile.Write(ref counter.Units, counter.Units + 1);
                }
                while (!_exchange.ClosesAfterAnswer && !_isStopping);
            }
            while (!_isStopping);
        }
        catch (Exception error)
        {
            _failure = error;
        }
    }

    private void Talk(Socket socket, byte[] answer)
    {
        WholeBlock.Send(socket, _exchange.Request);
        if (!WholeBlock.TryReceive(socket, answer)) throw new InvalidOperationException("closed without an answer");
        if (!answer.AsSpan().SequenceEqual(_exchange.Answer))
            throw new InvalidOperationException("the answer arrived with other bytes");
        if (_exchange.ClosesAfterAnswer && socket.Receive(answer) != 0)
            throw new InvalidOperationException("more bytes than the origin sent");
    }
}
