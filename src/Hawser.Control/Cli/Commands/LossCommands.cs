using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show loss": what was accepted and not delivered, in all and in the last sessions it happened to.</summary>
internal static class LossCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show loss", "bytes that were not delivered, and the last sessions that lost some", CliLevel.Operator, Show),
    ];

    private static IEnumerator<CliPause> Show(CliCall call)
    {
        call.Output.WriteLine("# name lossy_sessions req_bytes_lost res_bytes_lost req_bytes_unconfirmed res_bytes_unconfirmed");
        foreach (Frontend frontend in call.Context.Set.Frontends)
        {
            WriteTotals(call.Output, $"frontend {frontend.Name}", TrafficCounters.Sum(frontend.Counters));
            yield return CliPause.Room;
        }

        foreach (Backend backend in call.Context.Set.Backends)
        {
            WriteTotals(call.Output, $"backend {backend.Name}", TrafficCounters.Sum(backend.Counters));
            foreach (Server server in backend.Servers)
            {
                TrafficCounters sum = TrafficCounters.Sum(server.Counters);
                if (sum.LossySessions > 0)
                    WriteTotals(call.Output, $"server {ServerStateMessages.Path(server)}", sum);
                yield return CliPause.Room;
            }
        }

        List<LossRecord> records = [];
        for (int loop = 0; loop < call.Context.Set.Loops.Length; loop++)
        {
            bool hasAnswered = false;
            LossSurvey survey = new(call.Context.Set.Loops[loop], call.Loop, () =>
            {
                hasAnswered = true;
                call.Wake();
            });
            survey.Ask();
            while (!hasAnswered)
                yield return CliPause.Wake;
            records.AddRange(survey.Found);
        }

        records.Sort(static (left, right) => right.Date.Microseconds.CompareTo(left.Date.Microseconds));
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# last sessions with loss, newest first: {records.Count}"));
        foreach (LossRecord record in records)
        {
            Write(call.Output, record);
            yield return CliPause.Room;
        }
    }

    private static void WriteTotals(CliOutput output, string name, TrafficCounters sum) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name} {sum.LossySessions} {sum.RequestBytesLost} {sum.ResponseBytesLost} {sum.RequestBytesUnconfirmed} "
        + $"{sum.ResponseBytesUnconfirmed}"));

    private static void Write(CliOutput output, in LossRecord record)
    {
        string way = record.Server is { } server
            ? $"{record.Frontend} {record.Backend}/{server}"
            : $"{record.Frontend} {record.Backend ?? "<NONE>"}/<NOSRV>";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"0x{record.Number:x} {CliDates.Of(record.Date)} src={AddressColumns.Host(record.Client)}:{record.Client.Port} {way} "
            + $"ts={(char)record.Cause}{(char)record.Phase} {Ledger("req", record.Request)} {Ledger("res", record.Response)}"
            + $" cause=\"{Cause(record)}\""));
    }

    private static string Ledger(string direction, in LossLedger ledger) => string.Create(
        CultureInfo.InvariantCulture,
        $"{direction}[buffered={ledger.Buffered},unread={ledger.Unread},late={ledger.Late},unconfirmed={ledger.Unconfirmed}]");

    /// <summary>Who ended it, and where the configuration sets the timer that did.</summary>
    private static string Cause(in LossRecord record)
    {
        TimeoutsConfig front = record.FrontendTimeouts;
        TimeoutsConfig back = record.BackendTimeouts;
        return record.Cause switch
        {
            TerminationCause.ClientTimeout => Timer("timeout client", back.TunnelMs ?? front.ClientMs, back.TunnelMs is not null),
            TerminationCause.ServerTimeout when record.Phase == TerminationPhase.Connect => Timer("timeout connect", back.ConnectMs, false),
            TerminationCause.ServerTimeout when record.Phase == TerminationPhase.Queue => Timer("timeout queue", back.QueueMs ?? back.ConnectMs, false),
            TerminationCause.ServerTimeout => Timer("timeout server", back.TunnelMs ?? back.ServerMs, back.TunnelMs is not null),
            TerminationCause.ClientAbort => "the client broke off",
            TerminationCause.ServerAbort => "the server broke off or could not be reached",
            TerminationCause.ServerDown => "the server went down (on-marked-down)",
            TerminationCause.ServerUp => "a server came up (on-marked-up)",
            TerminationCause.Killed => "an operator or a stop ended it",
            TerminationCause.Resource => "descriptors, ports or memory ran out",
            TerminationCause.Proxy => "a rule refused it",
            TerminationCause.Local => "it was answered here",
            _ => "it was closed with data under way",
        };
    }

    private static string Timer(string name, Located<int>? timeout, bool isTunnel)
    {
        string timer = isTunnel ? "timeout tunnel" : name;
        return timeout is { } set && set.Origin.IsKnown ? $"{timer} {set.Value}ms [{set.Origin}]" : timer;
    }
}
