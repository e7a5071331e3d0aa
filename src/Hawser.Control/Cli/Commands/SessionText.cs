using System;
using System.Globalization;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>A session as "show sess" writes it: HAProxy's names where the thing exists, and no others.</summary>
internal static class SessionText
{
    public static void Write(CliOutput output, in SessionSummary session, Instant now, bool isLarge)
    {
        if (isLarge)
            WriteLarge(output, session, now);
        else
            WriteShort(output, session, now);
    }

    private static void WriteShort(CliOutput output, in SessionSummary session, Instant now) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"0x{session.Number:x}: proto={Protocol(session.Client)} src={Source(session.Client)} fe={session.Frontend.Name} "
        + $"be={session.Backend?.Name ?? "<NONE>"} srv={session.Target?.Name ?? "<none>"} ts={(int)session.Phase:x2} epoch=0 "
        + $"age={DurationText.Of(now - session.AcceptedAt)} calls=0 rate=0 cpu=0 lat=0 "
        + $"rq[f=0h,i={session.RequestBytesIn - session.RequestBytesOut},an=00h,ax=] "
        + $"rp[f=0h,i={session.ResponseBytesIn - session.ResponseBytesOut},an=00h,ax=] "
        + $"scf=[8,0h,fd={session.Loop + 1}/{session.ClientDescriptor},rex=,wex=] "
        + $"scb=[8,0h,fd={session.Loop + 1}/{session.ServerDescriptor},rex=,wex=] exp={Until(session.Expires, now)} "
        + $"rc={session.Retries} c_exp="));

    private static void WriteLarge(CliOutput output, in SessionSummary session, Instant now)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"0x{session.Number:x}: [{LogDate(session.AcceptDate)}] id={session.Number} proto={Protocol(session.Client)} "
            + $"source={Source(session.Client)}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  phase={session.Phase} thread={session.Loop + 1} age={DurationText.Of(now - session.AcceptedAt)} "
            + $"exp={Until(session.Expires, now)} retries={session.Retries}"));
        output.WriteLine(
            $"  frontend={session.Frontend.Name} (id={session.Frontend.Config.Id} mode={CommonModeName(session.Frontend.Config.Mode)})");
        output.WriteLine(session.Backend is { } backend
            ? $"  backend={backend.Name} (id={backend.Config.Id} mode={CommonModeName(backend.Config.Mode)})"
            : "  backend=<NONE> (id=-1 mode=-)");
        output.WriteLine(session.Target is { } server
            ? $"  server={server.Name} (id={server.Id}) addr={Source(session.Server)}"
            : "  server=<NONE> (id=-1)");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  client: fd={session.ClientDescriptor} idle={DurationText.Of(now - session.ClientActivity)} "
            + $"fin_sent={(session.IsClientFinSent ? 1 : 0)}"));
        output.WriteLine(session.ServerDescriptor < 0
            ? "  server: fd=-1"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  server: fd={session.ServerDescriptor} idle={DurationText.Of(now - session.ServerActivity)} "
                + $"fin_sent={(session.IsServerFinSent ? 1 : 0)}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  req: in={session.RequestBytesIn} out={session.RequestBytesOut} res: in={session.ResponseBytesIn} "
            + $"out={session.ResponseBytesOut} spliced={(session.IsSpliced ? 1 : 0)}"));
    }

    private static string CommonModeName(ProxyMode mode) => mode == ProxyMode.Http ? "http" : "tcp";

    private static string Protocol(in NetworkAddress client) => client.Family switch
    {
        AddressFamily.IPv4 => "tcpv4",
        AddressFamily.IPv6 => "tcpv6",
        _ => "unix_stream",
    };

    private static string Source(in NetworkAddress address)
    {
        if (address.IsUnix)
            return $"unix:{address.UnixListenerId}";
        return $"{AddressColumns.Host(address)}:{address.Port}";
    }

    private static string Until(Instant deadline, Instant now) =>
        deadline.IsNever ? "" : DurationText.Of(new Milliseconds(Math.Max(0, (deadline - now).Value)));

    private static string LogDate(UnixTime time) =>
        DateTime.UnixEpoch.AddTicks(time.Microseconds * 10).ToString("dd/MMM/yyyy:HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
