using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show errors": the last request and response of each proxy that broke the protocol, byte by byte.</summary>
internal static class ErrorCommands
{
    /// <summary>Lines of at most 79 characters, nine of them the position (manual, "show errors").</summary>
    private const int TextColumns = 70;

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show errors", "the last invalid requests and responses", CliLevel.Operator, Show, "[<px>] [request|response]"),
    ];

    private static IEnumerator<CliPause>? Show(CliCall call)
    {
        int next = 0;
        ProxyConfig? only = null;
        bool isNone = false;
        if (!call.Arguments.IsEmpty && call.Argument(0) is not ("request" or "response"))
        {
            next = 1;
            if (call.Argument(0) != "-1")
            {
                only = Lookup.ProxyOf(call.Context.Model, call.Argument(0));
                // As in HAProxy nobody needs to have a number that is asked for.
                isNone = only is null && int.TryParse(call.Argument(0), NumberStyles.None, CultureInfo.InvariantCulture, out _);
                if (only is null && !isNone)
                {
                    call.Error("No such proxy.");
                    return null;
                }
            }
        }

        string kind = call.Argument(next);
        return Write(call, only, requests: !isNone && kind != "response", responses: !isNone && kind != "request");
    }

    private static IEnumerator<CliPause> Write(CliCall call, ProxyConfig? only, bool requests, bool responses)
    {
        call.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Total events captured on {CliDates.Of(call.Loop.WallClock)} : {call.Context.Set.Process.Faults}"));
        foreach (ProxyConfig proxy in call.Context.Model.Proxies)
        {
            if (only is not null && proxy != only) continue;
            Frontend? frontend = requests ? Array.Find(call.Context.Set.Frontends, one => one.Config == proxy) : null;
            Backend? backend = responses ? Array.Find(call.Context.Set.Backends, one => one.Config == proxy) : null;
            foreach (ErrorCapture? capture in (ErrorCapture?[])[frontend?.RefusedRequests, backend?.RefusedResponses])
            {
                if (capture is null) continue;
                CapturedFault fault;
                byte[] bytes;
                while (!capture.TryCopy(out fault, out bytes)) yield return CliPause.Room;
                if (bytes.Length == 0) continue;
                foreach (string line in Lines(fault, bytes, isRequest: capture == frontend?.RefusedRequests))
                {
                    call.Output.WriteLine(line);
                    yield return CliPause.Room;
                }
            }
        }
    }

    /// <summary>HAProxy's own flags of its parser have no counterpart here: they are 0.</summary>
    private static IEnumerable<string> Lines(CapturedFault fault, byte[] bytes, bool isRequest)
    {
        IFormatProvider invariant = CultureInfo.InvariantCulture;
        string server = fault.ServerName is null ? "<NONE> (#-1)" : string.Create(invariant, $"{fault.ServerName} (#{fault.ServerId})");
        string frontend = string.Create(invariant, $"{fault.FrontendName} (#{fault.FrontendId})");
        string backend = fault.BackendName is null ? "<NONE> (#-1)" : string.Create(invariant, $"{fault.BackendName} (#{fault.BackendId})");
        string source = string.Create(invariant, $"server {server}, event #{fault.Number}, src {fault.Client}");
        yield return " ";
        yield return isRequest
            ? $"{CliDates.Of(fault.Date)} frontend {frontend}: invalid request"
            : $"{CliDates.Of(fault.Date)} backend {backend}: invalid response";
        yield return isRequest ? $"  backend {backend}, {source}" : $"  frontend {frontend}, {source}";
        yield return string.Create(invariant, $"  buffer starts at 0 (including 0 out), {fault.BlockBytes - bytes.Length} free,");
        yield return string.Create(invariant, $"  len {bytes.Length}, wraps at {fault.BlockBytes}, error at position {fault.ErrorAt}");
        yield return "  H1 connection flags 0x00000000, H1 stream flags 0x00000000";
        yield return $"  H1 msg state {State(fault, isRequest)}, H1 msg flags 0x00000000";
        yield return string.Create(invariant, $"  H1 chunk len {fault.ChunkBytes} bytes, H1 body len {fault.BodyBytes} bytes :");
        yield return "  ";
        for (int at = 0; at < bytes.Length;)
        {
            bool isContinued = at > 0 && bytes[at - 1] != '\n';
            StringBuilder line = new();
            line.Append(invariant, $"  {at:D5}{(isContinued ? '+' : ' ')} ");
            int columns = 0;
            while (at < bytes.Length)
            {
                string text = Text(bytes[at]);
                if (columns + text.Length > TextColumns) break;
                line.Append(text);
                columns += text.Length;
                if (bytes[at++] == '\n') break;
            }

            yield return line.ToString();
        }
    }

    private static string Text(byte value) => value switch
    {
        (byte)'\t' => "\\t",
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        0x1B => "\\e",
        (byte)'\\' => "\\\\",
        >= 0x20 and < 0x7F => ((char)value).ToString(),
        _ => $"\\x{value:X2}",
    };

    /// <summary>Where HAProxy's parser would have been.</summary>
    private static string State(in CapturedFault fault, bool isRequest) => fault.Error switch
    {
        Http1Error.None when fault.Framing == BodyFraming.Chunked => "MSG_CHUNK_SIZE(26)",
        Http1Error.None when fault.Framing == BodyFraming.UntilClose || fault.ChunkBytes > 0 => "MSG_DATA(27)",
        Http1Error.None or Http1Error.WebSocket => "MSG_DONE(30)",
        Http1Error.Trailer => "MSG_TRAILERS(29)",
        Http1Error.Method or Http1Error.TargetForm => "MSG_RQMETH(2)",
        Http1Error.TargetByte or Http1Error.Fragment => "MSG_RQURI(4)",
        Http1Error.Version => isRequest ? "MSG_RQVER(6)" : "MSG_DATA(27)",
        Http1Error.StatusCode => "MSG_RPCODE(12)",
        Http1Error.LineEnd => "MSG_RQLINE_END(7)",
        Http1Error.FieldNameByte or Http1Error.FieldNameMissing or Http1Error.FoldedFirstField => "MSG_HDR_NAME(17)",
        Http1Error.FieldValueByte or Http1Error.HeadTooLarge => "MSG_HDR_VAL(22)",
        Http1Error.HostConflict => "MSG_LAST_LF(25)",
        Http1Error.ChunkSize or Http1Error.ChunkExtension => "MSG_CHUNK_SIZE(26)",
        Http1Error.ChunkEnd => "MSG_CHUNK_CRLF(28)",
        Http1Error.TransferCodingUnknown => "MSG_DATA(27)",
        _ => "MSG_HDR_L2_LWS(24)",
    };
}
