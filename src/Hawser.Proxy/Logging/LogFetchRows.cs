using System;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;
using Hawser.Expressions.Fetches;
using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Logging;

/// <summary>The fetch methods of manual sections 7.3.2 to 7.3.4 that a session's log record answers.</summary>
public static class LogFetchRows
{
    private const AvailableFrom Connect = AvailableFrom.Connect;
    private const AvailableFrom Close = AvailableFrom.Close;

    public static FetchRows All { get; } = new(
    [
        .. FetchFamilies.All,

        // 7.3.2, from the internal state.
        Integer("act_conn", FetchContexts.Anywhere, Connect, static r => r.ActiveConnections, "1.8", "connections of the process"),
        Row("hostname", SampleType.String, FetchContexts.Anywhere, Connect, Hostname, "1.8", "host name"),
        Row("pid", SampleType.Integer, FetchContexts.Anywhere, Connect, ProcessId, "2.9", "process id"),
        OfStream("txn.id32", FetchContexts.Running, Connect, static r => r.RequestCounter, "3.0", "number of the session in the process"),
        Row("txn.sess_term_state", SampleType.String, FetchContexts.Running, Connect, TerminationState, "3.0", "termination state"),

        // 7.3.3, at layer 4.
        new("accept_date", ArgumentSignature.Optional(ArgumentType.Text), SampleType.Integer, FetchContexts.Connected, AcceptDate, "3.0", "accept date in a unit")
        {
            Prepare = static (arguments, _) => DateFetches.PrepareUnit(arguments, 0),
        },
        Integer("bc.timer.connect", FetchContexts.ServerConnected, Connect, static r => r.ConnectMs, "3.0", "milliseconds to connect to the server"),
        Integer("bc_be_queue", FetchContexts.ServerConnected, Connect, static r => r.BackendQueue, "3.0", "requests before this one in the backend's queue"),
        Integer("bc_srv_queue", FetchContexts.ServerConnected, Connect, static r => r.ServerQueue, "3.0", "requests before this one in the server's queue"),
        Address("bc_dst", FetchContexts.ServerConnected, Connect, static r => r.ServerAddress, "1.9", "server address"),
        Port("bc_dst_port", FetchContexts.ServerConnected, Connect, static r => r.ServerAddress, "1.9", "server port"),
        Address("bc_src", FetchContexts.ServerConnected, Connect, static r => r.BackendSource, "1.9", "source address towards the server"),
        Port("bc_src_port", FetchContexts.ServerConnected, Connect, static r => r.BackendSource, "1.9", "source port towards the server"),
        Name("be_name", FetchContexts.BackendChosen, Connect, static r => r.BackendName, "1.8", "backend"),
        Integer("bytes_in", FetchContexts.Stream, Close, static r => r.RequestBytesIn, "1.8", "bytes from the client"),
        Integer("bytes_out", FetchContexts.ServerTransfer, Close, static r => r.ResponseBytesIn, "1.8", "bytes to the client"),
        Address("dst", FetchContexts.Connected, Connect, static r => r.FrontendAddress, "1.3", "address the client connected to"),
        Port("dst_port", FetchContexts.Connected, Connect, static r => r.FrontendAddress, "1.3", "port the client connected to"),
        Integer("fc.timer.handshake", FetchContexts.Connected, Connect, static r => r.HandshakeMs, "3.0", "milliseconds of the handshakes"),
        OfStream("fc.timer.total", FetchContexts.Client, Close, static r => r.TotalMs, "3.0", "milliseconds from accept to close"),
        Name("fe_name", FetchContexts.Client, Connect, static r => r.FrontendName, "1.8", "frontend"),
        Integer("req.bytes_in", FetchContexts.Stream, Close, static r => r.RequestBytesIn, "3.3", "bytes received from the client"),
        Integer("req.bytes_out", FetchContexts.Stream, Close, static r => r.RequestBytesOut, "3.3", "bytes sent to the server"),
        Integer("res.bytes_in", FetchContexts.ServerTransfer, Close, static r => r.ResponseBytesIn, "3.3", "bytes received from the server"),
        Integer("res.bytes_out", FetchContexts.ServerTransfer, Close, static r => r.ResponseBytesOut, "3.3", "bytes sent to the client"),
        Integer("req.timer.queue", FetchContexts.ServerConnected, Connect, static r => r.QueueMs, "3.0", "milliseconds in queues"),
        Integer("res.timer.data", FetchContexts.ServerTransfer, Close, static r => r.Http is null ? SessionLogRecord.NotReached : r.DataMs, "3.0", "milliseconds of the response's data; a TCP session has no response"),
        Address("src", FetchContexts.Connected, Connect, static r => r.Client, "1.3", "client address"),
        Port("src_port", FetchContexts.Connected, Connect, static r => r.Client, "1.3", "client port"),
        Row("srv_name", SampleType.String, FetchContexts.ServerChosen, Connect, ServerName, "1.8", "server"),
        Integer("txn.conn_retries", FetchContexts.ServerConnected, Connect, static r => r.Retries, "3.0", "connection retries"),
        Flag("txn.redispatched", FetchContexts.ServerConnected, static r => r.IsRedispatched, "3.0", "redispatched"),
        Integer("txn.timer.user", FetchContexts.Stream, Close, static r => r.UserMs, "3.0", "milliseconds as the user sees them"),
        Row("unique-id", SampleType.String, FetchContexts.Anywhere, Connect, UniqueId, "1.8", "unique id"),

        // Hawser's own: what was lost between the two sides.
        Integer("req.bytes_lost", FetchContexts.Log, Close, static r => r.RequestBytesLost, "", "bytes of the client never delivered to the server"),
        Integer("res.bytes_lost", FetchContexts.Log, Close, static r => r.ResponseBytesLost, "", "bytes of the server never delivered to the client"),
        Integer("req.bytes_unconfirmed", FetchContexts.Log, Close, static r => r.RequestBytesUnconfirmed, "", "bytes sent to the server, not acknowledged at close"),
        Integer("res.bytes_unconfirmed", FetchContexts.Log, Close, static r => r.ResponseBytesUnconfirmed, "", "bytes sent to the client, not acknowledged at close"),
    ]);

    private static FetchRow Row(
        string name,
        SampleType type,
        FetchContexts contexts,
        AvailableFrom from,
        FetchEvaluator evaluate,
        string since,
        string description) =>
        new(name, ArgumentSignature.None, type, contexts, evaluate, since, description) { AvailableFrom = from };

    private static FetchRow Integer(
        string name, FetchContexts contexts, AvailableFrom from, Func<SessionLogRecord, long> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetInteger(read(Of(source).Record));
            return true;
        }

        return Row(name, SampleType.Integer, contexts, from, Evaluate, since, description);
    }

    /// <summary>Has no value in the rules of connection and session: what they look at is no stream yet.</summary>
    private static FetchRow OfStream(
        string name, FetchContexts contexts, AvailableFrom from, Func<SessionLogRecord, long> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            SessionLogRecord record = Of(source).Record;
            sample.SetInteger(read(record));
            return record.IsOfStream;
        }

        return Row(name, SampleType.Integer, contexts, from, Evaluate, since, description);
    }

    private static FetchRow Flag(string name, FetchContexts contexts, Func<SessionLogRecord, bool> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetBoolean(read(Of(source).Record));
            return true;
        }

        return Row(name, SampleType.Boolean, contexts, Connect, Evaluate, since, description);
    }

    private static FetchRow Name(
        string name, FetchContexts contexts, AvailableFrom from, Func<SessionLogRecord, byte[]> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            sample.SetString(read(Of(source).Record));
            return true;
        }

        return Row(name, SampleType.String, contexts, from, Evaluate, since, description);
    }

    /// <summary>Has a value for internet addresses only.</summary>
    private static FetchRow Address(
        string name, FetchContexts contexts, AvailableFrom from, Func<SessionLogRecord, NetworkAddress> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            NetworkAddress address = read(Of(source).Record);
            sample.SetAddress(in address);
            return address.IsInternet;
        }

        return Row(name, SampleType.Address, contexts, from, Evaluate, since, description);
    }

    /// <inheritdoc cref="Address"/>
    private static FetchRow Port(
        string name, FetchContexts contexts, AvailableFrom from, Func<SessionLogRecord, NetworkAddress> read, string since, string description)
    {
        bool Evaluate(SampleSource source, Arguments arguments, ref Sample sample)
        {
            NetworkAddress address = read(Of(source).Record);
            sample.SetInteger(address.Port);
            return address.IsInternet;
        }

        return Row(name, SampleType.Integer, contexts, from, Evaluate, since, description);
    }

    private static bool AcceptDate(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(DateFetches.InUnit(Of(source).Record.AcceptDate, arguments));
        return true;
    }

    private static bool Hostname(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(Of(source).Process.Hostname);
        return true;
    }

    private static bool ProcessId(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger(Of(source).Process.ProcessId);
        return true;
    }

    private static bool ServerName(SampleSource source, Arguments arguments, ref Sample sample)
    {
        SessionLogRecord record = Of(source).Record;
        sample.SetString(record.ServerName);
        return record.HasServer;
    }

    private static bool TerminationState(SampleSource source, Arguments arguments, ref Sample sample)
    {
        sample.SetString(Of(source).Record.TerminationState);
        return Of(source).Record.IsOfStream;
    }

    private static bool UniqueId(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlyMemory<byte> id = Of(source).Record.UniqueId;
        sample.SetString(id.Span);
        return !id.IsEmpty;
    }

    private static SessionLogSource Of(SampleSource source) => (SessionLogSource)source;
}
