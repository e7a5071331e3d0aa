using System;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Logging;

/// <summary>The fetch methods of manual sections 7.3.2 to 7.3.4 that a session's log record answers.</summary>
public static class LogFetchRows
{
    private const AvailableFrom Connect = AvailableFrom.Connect;
    private const AvailableFrom Close = AvailableFrom.Close;

    public static FetchRows All { get; } = new(
    [
        // 7.3.2, from the internal state.
        Integer("act_conn", Connect, static r => r.ActiveConnections, "1.8", "connections of the process"),
        Flag("always_false", static _ => false, "1.5", "false"),
        Flag("always_true", static _ => true, "1.5", "true"),
        Row("bool", ArgumentShape.Boolean, SampleType.Boolean, Connect, Boolean, "1.6", "the argument"),
        Row("date", ArgumentShape.OptionalOffsetAndTimeUnit, SampleType.Integer, Connect, Date, "1.5", "now, with an offset, in a unit"),
        Integer("fe_conn", Connect, static r => r.FrontendConnections, "1.5", "connections of the frontend"),
        Integer("be_conn", Connect, static r => r.BackendConnections, "1.5", "connections of the backend"),
        Row("hostname", ArgumentShape.None, SampleType.String, Connect, Hostname, "1.8", "host name"),
        Row("int", ArgumentShape.Integer, SampleType.Integer, Connect, Constant, "1.6", "the argument"),
        Row("ipv4", ArgumentShape.IPv4, SampleType.Address, Connect, ConstantAddress, "1.6", "the argument"),
        Row("ipv6", ArgumentShape.IPv6, SampleType.Address, Connect, ConstantAddress, "1.6", "the argument"),
        Row("pid", ArgumentShape.None, SampleType.Integer, Connect, ProcessId, "2.9", "process id"),
        Row("str", ArgumentShape.Text, SampleType.String, Connect, Text, "1.6", "the argument"),
        Integer("txn.id32", Connect, static r => r.RequestCounter, "3.0", "number of the session in the process"),
        Row("txn.sess_term_state", ArgumentShape.None, SampleType.String, Connect, TerminationState, "3.0", "termination state"),

        // 7.3.3, at layer 4.
        Row("accept_date", ArgumentShape.OptionalTimeUnit, SampleType.Integer, Connect, AcceptDate, "3.0", "accept date in a unit"),
        Integer("bc.timer.connect", Connect, static r => r.ConnectMs, "3.0", "milliseconds to connect to the server"),
        Integer("bc_be_queue", Connect, static r => r.BackendQueue, "3.0", "requests before this one in the backend's queue"),
        Integer("bc_srv_queue", Connect, static r => r.ServerQueue, "3.0", "requests before this one in the server's queue"),
        Address("bc_dst", Connect, static r => r.ServerAddress, "1.9", "server address"),
        Port("bc_dst_port", Connect, static r => r.ServerAddress, "1.9", "server port"),
        Address("bc_src", Connect, static r => r.BackendSource, "1.9", "source address towards the server"),
        Port("bc_src_port", Connect, static r => r.BackendSource, "1.9", "source port towards the server"),
        Name("be_name", Connect, static r => r.BackendName, "1.8", "backend"),
        Integer("bytes_in", Close, static r => r.RequestBytesIn, "1.8", "bytes from the client"),
        Integer("bytes_out", Close, static r => r.ResponseBytesIn, "1.8", "bytes to the client"),
        Address("dst", Connect, static r => r.FrontendAddress, "1.3", "address the client connected to"),
        Port("dst_port", Connect, static r => r.FrontendAddress, "1.3", "port the client connected to"),
        Integer("fc.timer.handshake", Connect, static r => r.HandshakeMs, "3.0", "milliseconds of the handshakes"),
        Integer("fc.timer.total", Close, static r => r.TotalMs, "3.0", "milliseconds from accept to close"),
        Name("fe_name", Connect, static r => r.FrontendName, "1.8", "frontend"),
        Integer("req.bytes_in", Close, static r => r.RequestBytesIn, "3.3", "bytes received from the client"),
        Integer("req.bytes_out", Close, static r => r.RequestBytesOut, "3.3", "bytes sent to the server"),
        Integer("res.bytes_in", Close, static r => r.ResponseBytesIn, "3.3", "bytes received from the server"),
        Integer("res.bytes_out", Close, static r => r.ResponseBytesOut, "3.3", "bytes sent to the client"),
        Integer("req.timer.queue", Connect, static r => r.QueueMs, "3.0", "milliseconds in queues"),
        Integer("res.timer.data", Close, static _ => SessionLogRecord.NotReached, "3.0", "milliseconds of the response's data; a TCP session has no response"),
        Address("src", Connect, static r => r.Client, "1.3", "client address"),
        Port("src_port", Connect, static r => r.Client, "1.3", "client port"),
        Row("srv_name", ArgumentShape.None, SampleType.String, Connect, ServerName, "1.8", "server"),
        Integer("txn.conn_retries", Connect, static r => r.Retries, "3.0", "connection retries"),
        Flag("txn.redispatched", static r => r.IsRedispatched, "3.0", "redispatched"),
        Integer("txn.timer.user", Close, static r => r.UserMs, "3.0", "milliseconds as the user sees them"),
        Row("unique-id", ArgumentShape.None, SampleType.String, Connect, UniqueId, "1.8", "unique id"),

        // Hawser's own: what was lost between the two sides.
        Integer("req.bytes_lost", Close, static r => r.RequestBytesLost, "", "bytes of the client never delivered to the server"),
        Integer("res.bytes_lost", Close, static r => r.ResponseBytesLost, "", "bytes of the server never delivered to the client"),
        Integer("req.bytes_unconfirmed", Close, static r => r.RequestBytesUnconfirmed, "", "bytes sent to the server, not acknowledged at close"),
        Integer("res.bytes_unconfirmed", Close, static r => r.ResponseBytesUnconfirmed, "", "bytes sent to the client, not acknowledged at close"),
    ]);

    private static FetchRow Row(
        string name,
        ArgumentShape arguments,
        SampleType type,
        AvailableFrom from,
        FetchEvaluator evaluate,
        string since,
        string description) => new(name, arguments, type, from, evaluate, since, description);

    private static FetchRow Integer(
        string name, AvailableFrom from, Func<SessionLogRecord, long> read, string since, string description)
    {
        bool Evaluate(SampleSource source, in FetchArguments arguments, ref Sample sample)
        {
            sample.SetInteger(read(Of(source).Record));
            return true;
        }

        return Row(name, ArgumentShape.None, SampleType.Integer, from, Evaluate, since, description);
    }

    private static FetchRow Flag(string name, Func<SessionLogRecord, bool> read, string since, string description)
    {
        bool Evaluate(SampleSource source, in FetchArguments arguments, ref Sample sample)
        {
            sample.SetBoolean(read(Of(source).Record));
            return true;
        }

        return Row(name, ArgumentShape.None, SampleType.Boolean, Connect, Evaluate, since, description);
    }

    private static FetchRow Name(
        string name, AvailableFrom from, Func<SessionLogRecord, byte[]> read, string since, string description)
    {
        bool Evaluate(SampleSource source, in FetchArguments arguments, ref Sample sample)
        {
            sample.SetText(read(Of(source).Record));
            return true;
        }

        return Row(name, ArgumentShape.None, SampleType.String, from, Evaluate, since, description);
    }

    /// <summary>Has a value for internet addresses only.</summary>
    private static FetchRow Address(
        string name, AvailableFrom from, Func<SessionLogRecord, NetworkAddress> read, string since, string description)
    {
        bool Evaluate(SampleSource source, in FetchArguments arguments, ref Sample sample)
        {
            NetworkAddress address = read(Of(source).Record);
            sample.SetAddress(in address);
            return address.IsInternet;
        }

        return Row(name, ArgumentShape.None, SampleType.Address, from, Evaluate, since, description);
    }

    /// <inheritdoc cref="Address"/>
    private static FetchRow Port(
        string name, AvailableFrom from, Func<SessionLogRecord, NetworkAddress> read, string since, string description)
    {
        bool Evaluate(SampleSource source, in FetchArguments arguments, ref Sample sample)
        {
            NetworkAddress address = read(Of(source).Record);
            sample.SetInteger(address.Port);
            return address.IsInternet;
        }

        return Row(name, ArgumentShape.None, SampleType.Integer, from, Evaluate, since, description);
    }

    private static bool Boolean(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetBoolean(arguments.Integer != 0);
        return true;
    }

    private static bool Constant(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetInteger(arguments.Integer);
        return true;
    }

    private static bool ConstantAddress(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetAddress(arguments.Address);
        return true;
    }

    private static bool Text(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetText(arguments.Text.Span);
        return true;
    }

    private static bool Date(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetInteger((Of(source).Now.Microseconds + (arguments.Integer * (long)TimeUnit.Seconds)) / (long)arguments.Unit);
        return true;
    }

    private static bool AcceptDate(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetInteger(Of(source).Record.AcceptDate.Microseconds / (long)arguments.Unit);
        return true;
    }

    private static bool Hostname(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetText(Of(source).Process.Hostname);
        return true;
    }

    private static bool ProcessId(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetInteger(Of(source).Process.ProcessId);
        return true;
    }

    private static bool ServerName(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        SessionLogRecord record = Of(source).Record;
        sample.SetText(record.ServerName);
        return record.HasServer;
    }

    private static bool TerminationState(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        sample.SetText(Of(source).Record.TerminationState);
        return true;
    }

    private static bool UniqueId(SampleSource source, in FetchArguments arguments, ref Sample sample)
    {
        ReadOnlyMemory<byte> id = Of(source).Record.UniqueId;
        sample.SetText(id.Span);
        return !id.IsEmpty;
    }

    private static SessionLogSource Of(SampleSource source) => (SessionLogSource)source;
}
