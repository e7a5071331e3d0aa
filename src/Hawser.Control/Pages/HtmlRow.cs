using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using Hawser.Control.Stats;

namespace Hawser.Control.Pages;

/// <summary>One row of a proxy's table, in the order of the columns that HAProxy's users know.</summary>
internal static class HtmlRow
{
    /// <summary>The same for every table, and there are as many of these as proxies.</summary>
    private static readonly byte[] s_titles = Encoding.ASCII.GetBytes(string.Concat(Array.ConvertAll(
        [
            "Cur", "Max", "Limit", "Cur", "Max", "Limit", "Cur", "Max", "Limit", "Total", "LbTot", "Last", "In", "Out",
            "Req", "Resp", "Req", "Conn", "Resp", "Retr", "Redis", "Status", "LastChk", "Wght", "Act", "Bck", "Chk", "Dwn",
            "Dwntme", "Thrtle",
        ],
        static title => $"<th>{title}</th>")));

    private static readonly string[] s_responses =
        ["Responses 1xx", "Responses 2xx", "Responses 3xx", "Responses 4xx", "Responses 5xx", "Other responses"];

    /// <summary>The first two lines of a table.</summary>
    /// <param name="selects">The form's column: the proxy's name when there is a form, null otherwise.</param>
    public static void WriteHead(IBufferWriter<byte> output, string? selects, bool showsModules)
    {
        output.Write("<tr class=\"head\"><th rowspan=\"2\">");
        if (selects is not null)
        {
            output.Write("<input type=\"checkbox\" aria-label=\"all servers\" onclick=\"for (const box of this.closest('table').querySelectorAll('[name=s]')) "
                + "box.checked = this.checked\">");
        }

        output.Write("</th><th rowspan=\"2\"></th><th colspan=\"3\">Queue</th><th colspan=\"3\">Session rate</th><th colspan=\"6\">Sessions</th>"
            + "<th colspan=\"2\">Bytes</th><th colspan=\"2\">Denied</th><th colspan=\"3\">Errors</th><th colspan=\"2\">Warnings</th>"
            + "<th colspan=\"9\">Server</th>");
        if (showsModules)
            output.Write($"<th colspan=\"{ModuleStats.List.Length.ToString(CultureInfo.InvariantCulture)}\">Extra modules</th>");
        output.Write("<th colspan=\"2\">Loss</th></tr>\n<tr class=\"head\">");
        output.Write(s_titles);
        if (showsModules)
        {
            foreach (ModuleStats.Module module in ModuleStats.List)
                output.Write($"<th>{module.Name}</th>");
        }

        output.Write("<th>Bytes</th><th>Sess</th></tr>\n");
    }

    /// <param name="details">What points at the name: addresses, numbers, cookies; empty: nothing.</param>
    public static void Write(IBufferWriter<byte> output, StatLine line, string details, bool hasForm, bool showsModules)
    {
        string proxy = HtmlText.Encode(line[StatField.ProxyName].Text!);
        string name = HtmlText.Encode(line[StatField.ServerName].Text!);
        string shown = line.Kind switch { StatObject.Frontend => "Frontend", StatObject.Backend => "Backend", _ => name };
        string anchor = $"{proxy}/{(line.Kind == StatObject.Listener ? "+" : "")}{shown}";
        output.Write("<tr class=\""u8);
        output.Write(RowClass(line));
        output.Write("\"><td>"u8);
        if (hasForm && line.Kind == StatObject.Server)
            output.Write($"<input type=\"checkbox\" name=\"s\" value=\"{name}\" aria-label=\"{name}\">");
        output.Write("</td>");
        BeginCell(output, "name");
        if (details.Length > 0)
            output.Write("<u>"u8);
        output.Write("<a id=\""u8);
        output.Write(anchor);
        output.Write("\" href=\"#"u8);
        output.Write(anchor);
        output.Write("\">"u8);
        output.Write(shown);
        output.Write("</a>"u8);
        if (details.Length > 0)
            HtmlTip.WriteSentence(output, details);
        output.Write("</td>"u8);
        WriteLoad(output, line);
        WriteTraffic(output, line);
        WriteServer(output, line);
        if (showsModules)
            WriteModules(output, line);
        WriteLoss(output, line);
        output.Write("</tr>\n");
    }

    private static string RowClass(StatLine line)
    {
        switch (line.Kind)
        {
            case StatObject.Frontend:
                return "frontend";
            case StatObject.Listener:
                return "socket";
            case StatObject.Backend:
                return line[StatField.Status].Text == "DOWN" ? "backend backend_down" : "backend";
        }

        string status = line[StatField.Status].Text ?? "";
        if (status.StartsWith("MAINT", StringComparison.Ordinal))
            return "maintain";
        bool isChanging = status.Contains('/', StringComparison.Ordinal);
        string state = status.Split(' ')[0] switch
        {
            "UP" => isChanging ? "going_down" : "up",
            "DOWN" => isChanging ? "going_up" : "down",
            "DRAIN" => "draining",
            "NOLB" => "nolb",
            _ => "no_check",
        };
        return (line[StatField.Backup].Number > 0 ? "backup_" : "active_") + state;
    }

    private static void WriteLoad(IBufferWriter<byte> output, StatLine line)
    {
        if (line.Kind is StatObject.Backend or StatObject.Server)
        {
            Cell(output, HtmlText.Of(line[StatField.QueueNow]));
            Cell(output, HtmlText.Of(line[StatField.QueueMaximum]));
            Cell(output, line.Kind == StatObject.Server ? HtmlText.Limit(line[StatField.QueueLimit]) : "");
        }
        else
        {
            Empty(output, 3);
        }

        if (line.Kind == StatObject.Listener)
        {
            Empty(output, 3);
        }
        else
        {
            WriteRates(output, line, StatField.ConnectionRate, StatField.Rate, StatField.RequestRate);
            WriteRates(output, line, StatField.ConnectionRateMaximum, StatField.RateMaximum, StatField.RequestRateMaximum);
            Cell(output, line.Kind == StatObject.Frontend ? HtmlText.Limit(line[StatField.RateLimit]) : "");
        }

        if (line.Kind == StatObject.Server)
            WriteConnections(output, line);
        else
            Cell(output, HtmlText.Of(line[StatField.SessionsNow]));
        Cell(output, HtmlText.Of(line[StatField.SessionsMaximum]));
        Cell(output, HtmlText.Limit(line[StatField.SessionsLimit]));
        WriteTotals(output, line);
        bool hasServer = line.Kind is StatObject.Backend or StatObject.Server;
        Cell(output, HtmlText.Of(line[StatField.Balanced]));
        Cell(output, hasServer ? HtmlText.Age(line[StatField.LastSession].Number) : "");
    }

    private static void WriteRates(IBufferWriter<byte> output, StatLine line, StatField connections, StatField sessions, StatField requests)
    {
        string shown = HtmlText.Of(line[sessions]);
        if (line.Kind != StatObject.Frontend)
        {
            Cell(output, shown);
            return;
        }

        HtmlTip tip = HtmlTip.Begin(output, shown);
        tip.Row("Connections per second", line[connections]).Row("Sessions per second", line[sessions]);
        if (IsHttp(line))
            tip.Row("Requests per second", line[requests]);
        tip.End();
    }

    private static void WriteConnections(IBufferWriter<byte> output, StatLine line) => HtmlTip
        .Begin(output, HtmlText.Of(line[StatField.SessionsNow]))
        .Row("Active connections", line[StatField.SessionsNow])
        .Row("Connections in use", line[StatField.UsedConnections])
        .Row("Idle connections", line[StatField.IdleConnections])
        .Row("of these unsafe", line[StatField.UnsafeIdleConnections])
        .Row("of these safe", line[StatField.SafeConnections])
        .Row("Private idle connections", line[StatField.PrivateIdleConnections])
        .Row("Connections needed, estimated", line[StatField.NeededConnections])
        .End();

    private static void WriteTotals(IBufferWriter<byte> output, StatLine line)
    {
        string shown = HtmlText.Of(line[StatField.SessionsTotal]);
        if (line.Kind == StatObject.Listener)
        {
            Cell(output, shown);
            return;
        }

        HtmlTip tip = HtmlTip.Begin(output, shown);
        if (line.Kind == StatObject.Frontend)
            tip.Row("Connections", line[StatField.Connections]);
        tip.Row("Sessions", line[StatField.SessionsTotal]);
        if (line.Kind == StatObject.Frontend && IsHttp(line))
        {
            tip.Row("of HTTP/1", line[StatField.Http1Sessions]).Row("of HTTP/2", line[StatField.Http2Sessions])
                .Row("of HTTP/3", line[StatField.Http3Sessions]).Row("others", line[StatField.SessionsOther]);
        }
        else if (line.Kind != StatObject.Frontend)
        {
            long tried = line[StatField.ConnectionAttempts].Number;
            long reused = line[StatField.ConnectionReuses].Number;
            tip.Row("New connections", line[StatField.ConnectionAttempts])
                .Row("Connections used again", HtmlText.Number(reused), HtmlText.Share(reused, tried + reused));
        }

        if (IsHttp(line))
            Responses(tip, line);
        if (line.Kind != StatObject.Frontend)
            Times(tip, line);
        tip.End();
    }

    private static void Responses(HtmlTip tip, StatLine line)
    {
        long requests = line[StatField.Requests].Number;
        tip.Row("Requests", line[StatField.Requests]);
        for (int i = 0; i < 6; i++)
        {
            StatValue count = line.Values[(int)StatField.Responses1xx + i];
            tip.Row(s_responses[i], HtmlText.Of(count), HtmlText.Share(count.Number, requests));
        }

        if (line[StatField.Intercepted].IsSet)
            tip.Row("Answered here", line[StatField.Intercepted]);
        if (line[StatField.CacheLookups].IsSet)
        {
            tip.Row("Cache lookups", line[StatField.CacheLookups])
                .Row("Cache hits", HtmlText.Of(line[StatField.CacheHits]), HtmlText.Share(line[StatField.CacheHits].Number, line[StatField.CacheLookups].Number));
        }

        tip.Row("Failed rewritings", line[StatField.FailedRewrites]).Row("Internal errors", line[StatField.InternalErrors]);
    }

    private static void Times(HtmlTip tip, StatLine line)
    {
        tip.Row("Longest, mean of the last 1024", "", "");
        Time(tip, "in the queue", line[StatField.QueueTimeMaximum], line[StatField.QueueTime]);
        Time(tip, "to connect", line[StatField.ConnectTimeMaximum], line[StatField.ConnectTime]);
        if (IsHttp(line))
            Time(tip, "to the response", line[StatField.ResponseTimeMaximum], line[StatField.ResponseTime]);
        Time(tip, "in total", line[StatField.TotalTimeMaximum], line[StatField.TotalTime]);
    }

    private static void Time(HtmlTip tip, string name, in StatValue longest, in StatValue mean) =>
        tip.Row(name, HtmlText.Of(longest), " / ", HtmlText.Of(mean), "ms");

    private static void WriteTraffic(IBufferWriter<byte> output, StatLine line)
    {
        Cell(output, HtmlText.Of(line[StatField.BytesIn]));
        Cell(output, HtmlText.Of(line[StatField.BytesOut]));
        Cell(output, HtmlText.Of(line[StatField.DeniedRequests]));
        Cell(output, HtmlText.Of(line[StatField.DeniedResponses]));
        Cell(output, HtmlText.Of(line[StatField.RequestErrors]));
        Cell(output, HtmlText.Of(line[StatField.ConnectionErrors]));
        bool hasServer = line.Kind is StatObject.Backend or StatObject.Server;
        BeginCell(output, "");
        if (hasServer)
        {
            output.Write("<u>"u8);
            output.Write(HtmlText.Of(line[StatField.ResponseErrors]));
            HtmlTip.WriteSentence(
                output, "Broken off while data flowed: ", HtmlText.Of(line[StatField.ClientAborts]), " by clients, ",
                HtmlText.Of(line[StatField.ServerAborts]), " by servers");
        }
        else
        {
            output.Write(HtmlText.Of(line[StatField.ResponseErrors]));
        }

        output.Write("</td>"u8);
        Cell(output, HtmlText.Of(line[StatField.Retries]));
        Cell(output, HtmlText.Of(line[StatField.Redispatches]));
    }

    private static void WriteServer(IBufferWriter<byte> output, StatLine line)
    {
        string status = HtmlText.Of(line[StatField.Status]);
        if (line.Kind is StatObject.Frontend or StatObject.Listener)
        {
            Cell(output, status, "mid");
            Empty(output, 8);
            return;
        }

        BeginCell(output, "mid");
        output.Write(HtmlText.Age(line[StatField.LastChange].Number));
        output.Write(" "u8);
        output.Write(status);
        output.Write(Arrow(line));
        output.Write("</td>"u8);
        Cell(output, LastCheck(line), "mid");
        BeginCell(output, "mid");
        output.Write(HtmlText.Of(line[StatField.Weight]));
        output.Write("/"u8);
        output.Write(HtmlText.Of(line[StatField.UserWeight]));
        output.Write("</td>"u8);
        bool isServer = line.Kind == StatObject.Server;
        Cell(output, isServer ? (line[StatField.Active].Number > 0 ? "Y" : "-") : HtmlText.Of(line[StatField.Active]), "mid");
        Cell(output, isServer ? (line[StatField.Backup].Number > 0 ? "Y" : "-") : HtmlText.Of(line[StatField.Backup]), "mid");
        if (line[StatField.Tracked].Text is { } tracked)
        {
            string target = HtmlText.Encode(tracked);
            output.Write($"<td class=\"mid\" colspan=\"3\"><a href=\"#{target}\">via {target}</a></td>");
        }
        else
        {
            Cell(output, line[StatField.CheckFailures].IsSet
                ? HtmlTip.Sentence(HtmlText.Of(line[StatField.CheckFailures]), "Failed health checks")
                : "");
            Cell(output, HtmlText.Of(line[StatField.CheckDowns]));
            Cell(output, line[StatField.Downtime].IsSet ? HtmlText.Age(line[StatField.Downtime].Number) : "");
        }

        Cell(output, isServer ? (line[StatField.Throttle].IsSet ? $"{HtmlText.Of(line[StatField.Throttle])} %" : "-") : "", "mid");
    }

    private static string Arrow(StatLine line) => RowClass(line) switch
    {
        "active_going_up" or "backup_going_up" => " &uarr;",
        "active_going_down" or "backup_going_down" => " &darr;",
        _ => "",
    };

    private static string LastCheck(StatLine line)
    {
        if (line[StatField.CheckStatus].Text is not { } status)
            return "";
        string shown = HtmlText.Encode(status);
        if (line[StatField.CheckCode].IsSet)
            shown += $"/{HtmlText.Of(line[StatField.CheckCode])}";
        if (line[StatField.CheckDuration].IsSet)
            shown += $" in {HtmlText.Of(line[StatField.CheckDuration])}ms";
        string text = HtmlText.Of(line[StatField.CheckDescription]);
        string detail = HtmlText.Of(line[StatField.LastCheck]);
        return HtmlTip.Sentence(shown, detail.Length > 0 ? $"{text}: {detail}" : text);
    }

    private static void WriteModules(IBufferWriter<byte> output, StatLine line)
    {
        foreach (ModuleStats.Module module in ModuleStats.List)
        {
            if (!line[module.First].IsSet)
            {
                Cell(output, "");
                continue;
            }

            HtmlTip tip = HtmlTip.Begin(output, module.Name, "mid");
            for (StatField field = module.First; field <= module.Last; field++)
                tip.Row(StatFields.List[(int)field].Text, line[field]);
            tip.End();
        }
    }

    private static void WriteLoss(IBufferWriter<byte> output, StatLine line)
    {
        long lost = line[StatField.RequestBytesLost].Number + line[StatField.ResponseBytesLost].Number;
        HtmlTip.Begin(output, HtmlText.Number(lost), lost > 0 ? "lost" : "")
            .Row("Lost from clients", line[StatField.RequestBytesLost])
            .Row("Lost from servers", line[StatField.ResponseBytesLost])
            .Row("Unconfirmed by servers", line[StatField.RequestBytesUnconfirmed])
            .Row("Unconfirmed by clients", line[StatField.ResponseBytesUnconfirmed])
            .End();
        Cell(output, HtmlText.Of(line[StatField.LossySessions]), lost > 0 ? "lost" : "");
    }

    private static bool IsHttp(StatLine line) => line[StatField.Mode].Text == "http";

    public static void BeginCell(IBufferWriter<byte> output, string style)
    {
        if (style.Length == 0)
        {
            output.Write("<td>"u8);
            return;
        }

        output.Write("<td class=\""u8);
        output.Write(style);
        output.Write("\">"u8);
    }

    private static void Cell(IBufferWriter<byte> output, string html, string style = "")
    {
        HtmlPiece piece = new(output, html.Length + style.Length);
        if (style.Length == 0)
        {
            piece.Add("<td>"u8);
        }
        else
        {
            piece.Add("<td class=\""u8);
            piece.Add(style);
            piece.Add("\">"u8);
        }

        piece.Add(html);
        piece.Add("</td>"u8);
        piece.End();
    }

    private static void Empty(IBufferWriter<byte> output, int columns)
    {
        output.Write("<td colspan=\""u8);
        output.Write((long)columns);
        output.Write("\"></td>"u8);
    }
}
