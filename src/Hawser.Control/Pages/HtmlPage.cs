using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>The statistics page in HTML, written a row at a time.</summary>
internal sealed class HtmlPage(
    PageContext context, StatisticsPageConfig page, string uri, PageOptions options, bool isAdmin, EventLoop loop)
{
    public IEnumerator<ServicePause> Write(ServiceBuffer output, StatFilter filter)
    {
        InfoSnapshot info = InfoSnapshot.Take(context.Set, context.Set.Model, context.Facts, loop);
        WriteHead(output, info);
        yield return PageWork.Line;
        WriteProcess(output, info);
        WriteOutcome(output);
        yield return PageWork.Line;
        StatsSnapshot snapshot = new(context.Set, loop);
        foreach (ProxyConfig proxy in context.Set.Model.Proxies)
        {
            if (proxy.IsDisabled || !filter.Takes(proxy))
                continue;
            bool hasForm = isAdmin && proxy.HasBackend && proxy.Servers.Length > 0;
            BeginProxy(output, proxy, hasForm);
            foreach (StatLine line in snapshot.Lines(filter, proxy))
            {
                HtmlRow.Write(output, line, page.ShowsLegends ? Details(proxy, line) : "", hasForm, page.ShowsModules);
                yield return PageWork.Line;
            }

            EndProxy(output, proxy, hasForm);
        }

        output.Write("</body></html>\n");
    }

    private string NodeName(InfoSnapshot info) => page.ShowsNode ? page.Node ?? info.Values[(int)InfoField.Node].Text ?? "" : "";

    private void WriteHead(ServiceBuffer output, InfoSnapshot info)
    {
        string node = NodeName(info);
        string on = node.Length > 0 ? $" on {HtmlText.Encode(node)}" : "";
        output.Write("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        output.Write($"<title>Statistics Report for HAProxy{on}</title>\n");
        output.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">\n<style>\n");
        output.Write(PageFiles.Style);
        output.Write("</style></head><body>\n<h1>Hawser");
        if (page.ShowsVersion)
            output.Write($" <small>{HtmlText.Encode(context.Facts.Version)}</small>");
        string description = page.ShowsDescription ? page.Description ?? context.Set.Model.Global.Description ?? "" : "";
        output.Write($"</h1>\n<h2>Statistics Report for pid {context.Facts.ProcessId.ToString(CultureInfo.InvariantCulture)}{on}");
        output.Write(description.Length > 0 ? $": {HtmlText.Encode(description)}</h2>\n" : "</h2>\n");
    }

    private void WriteProcess(ServiceBuffer output, InfoSnapshot info)
    {
        output.Write("<div class=\"top\"><div><h3>General process information</h3>");
        output.Write($"<b>pid</b> = {Of(info, InfoField.Pid)} (process #1, nbproc = 1, nbthread = {Of(info, InfoField.Nbthread)})<br>");
        output.Write($"<b>uptime</b> = {Of(info, InfoField.Uptime)}; <b>warnings</b> = {Of(info, InfoField.TotalWarnings)}<br>");
        long memory = info.Values[(int)InfoField.MemmaxMB].Number;
        string limit = memory > 0 ? $"{HtmlText.Number(memory)} MB" : "unlimited";
        output.Write($"<b>system limits</b>: memmax = {limit}; ulimit-n = {Of(info, InfoField.UlimitN)}<br>");
        output.Write($"<b>maxsock</b> = {Of(info, InfoField.Maxsock)}; <b>maxconn</b> = {Of(info, InfoField.Maxconn)}; ");
        output.Write($"<b>reached</b> = {Of(info, InfoField.MaxconnReached)}; <b>maxpipes</b> = {Of(info, InfoField.Maxpipes)}<br>");
        long used = info.Values[(int)InfoField.PipesUsed].Number;
        output.Write($"current conns = {Of(info, InfoField.CurrConns)}; current pipes = {HtmlText.Number(used)}/{Of(info, InfoField.PipesFree)}; ");
        output.Write($"conn rate = {Of(info, InfoField.ConnRate)}/sec; bit rate = {BitRate(info.Values[(int)InfoField.BytesOutRate].Number)}<br>");
        output.Write($"Running tasks: {Of(info, InfoField.RunQueue)}/{Of(info, InfoField.Tasks)}; idle = {Of(info, InfoField.IdlePct)} %</div>\n");
        WriteLegend(output);
        WriteLinks(output);
        output.Write("</div>\n");
    }

    private static void WriteLegend(ServiceBuffer output)
    {
        output.Write("<div class=\"legend\">");
        foreach ((string style, string text) in (ReadOnlySpan<(string, string)>)
            [
                ("active_up", "active UP"), ("backup_up", "backup UP"),
                ("active_going_down", "active UP, going down"), ("backup_going_down", "backup UP, going down"),
                ("active_going_up", "active DOWN, going up"), ("backup_going_up", "backup DOWN, going up"),
                ("active_down", "active or backup DOWN"), ("active_no_check", "not checked"),
                ("maintain", "DOWN for maintenance (MAINT)"), ("active_draining", "soft stopped for maintenance (DRAIN)"),
            ])
        {
            output.Write($"<span><i class=\"{style}\"></i>{text}</span>");
        }

        output.Write("<span class=\"wide\">\"NOLB\" and \"DRAIN\": UP, but taking no new sessions.</span></div>\n");
    }

    private void WriteLinks(ServiceBuffer output)
    {
        string up = options.HidesDown ? ";up" : "";
        string maintenance = options.HidesMaintenance ? ";no-maint" : "";
        string refresh = options.HasNoRefresh ? ";norefresh" : "";
        output.Write("<div><b>Display options</b><ul><li><form method=\"get\">Scope: ");
        output.Write($"<input name=\"scope\" size=\"8\" maxlength=\"20\" value=\"{HtmlText.Encode(options.Scope)}\"></form></li>\n");
        Link(options.HidesDown ? maintenance + refresh : ";up" + maintenance + refresh, options.HidesDown ? "Show all servers" : "Hide servers that are DOWN");
        if (!options.HidesDown)
            Link(options.HidesMaintenance ? refresh : ";no-maint" + refresh, options.HidesMaintenance ? "Show servers in maintenance" : "Hide servers in maintenance");
        if (page.RefreshSeconds > 0)
            Link(options.HasNoRefresh ? up + maintenance : up + maintenance + ";norefresh", options.HasNoRefresh ? "Enable refresh" : "Disable refresh");
        Link(up + maintenance + refresh, "Refresh now");
        Link(";csv;norefresh", "CSV export");
        Link(";json;norefresh", "JSON export");
        output.Write($"<li><a href=\"{HtmlText.Encode(uri)};json-schema\">JSON schema</a></li>");
        output.Write($"<li><a href=\"{HtmlText.Encode(uri)}/dashboard\">Dashboard</a></li></ul></div>");

        void Link(string words, string text) =>
            output.Write($"<li><a href=\"{HtmlText.Encode(options.Link(uri, words))}\">{text}</a></li>\n");
    }

    private void WriteOutcome(ServiceBuffer output)
    {
        if (options.Outcome.Length == 0)
            return;
        (string style, string text) = options.Outcome switch
        {
            "DONE" => ("active_up", "Done."),
            "NONE" => ("active_going_down", "Nothing has changed."),
            "PART" => ("active_going_down", "Done in part: some of the servers are not known in this backend."),
            "ERRP" => ("active_down", "Not done: the action, the backend or the servers are not known."),
            "EXCD" => ("active_down", "Not done: the form is longer than a buffer. Try with fewer servers at a time."),
            "DENY" => ("active_down", "Not done: you may not change anything here."),
            _ => ("active_no_check", "Unexpected outcome."),
        };
        string words = (options.HidesDown ? ";up" : "") + (options.HidesMaintenance ? ";no-maint" : "") + (options.HasNoRefresh ? ";norefresh" : "");
        output.Write($"<p class=\"outcome {style}\"><a href=\"{HtmlText.Encode(options.Link(uri, words))}\" title=\"close\">&#10005;</a> {text}</p>\n");
    }

    private void BeginProxy(ServiceBuffer output, ProxyConfig proxy, bool hasForm)
    {
        string name = HtmlText.Encode(proxy.Name);
        if (hasForm)
            output.Write("<form method=\"post\">");
        output.Write($"<section><h3 id=\"{name}\"><a href=\"#{name}\">{name}</a>");
        if (page.ShowsLegends)
        {
            string sides = proxy.HasFrontend && proxy.HasBackend ? "proxy" : proxy.HasFrontend ? "frontend" : "backend";
            output.Write($" <small>{sides}, mode {CommonStats.ModeName(proxy.Mode)}, id {proxy.Id.ToString(CultureInfo.InvariantCulture)}</small>");
        }

        if (proxy.Description is { Length: > 0 } description)
            output.Write($" <small>{HtmlText.Encode(description)}</small>");
        output.Write("</h3><table>\n");
        HtmlRow.WriteHead(output, hasForm ? name : null, page.ShowsModules);
    }

    private static void EndProxy(ServiceBuffer output, ProxyConfig proxy, bool hasForm)
    {
        output.Write("</table></section>\n");
        if (!hasForm)
            return;
        output.Write("<p>Do to the checked servers: <select name=\"action\"><option value=\"\"></option>");
        foreach ((string value, string text) in (ReadOnlySpan<(string, string)>)
            [
                ("ready", "State: ready"), ("drain", "State: drain"), ("maint", "State: maintenance"),
                ("dhlth", "Health: disable checks"), ("ehlth", "Health: enable checks"), ("hrunn", "Health: up"),
                ("hnolb", "Health: no load balancing"), ("hdown", "Health: down"), ("dagent", "Agent: disable checks"),
                ("eagent", "Agent: enable checks"), ("arunn", "Agent: up"), ("adown", "Agent: down"), ("shutdown", "End all sessions"),
            ])
        {
            output.Write($"<option value=\"{value}\">{text}</option>");
        }

        output.Write($"</select><input type=\"hidden\" name=\"b\" value=\"#{proxy.Id.ToString(CultureInfo.InvariantCulture)}\"> "
            + "<input type=\"submit\" value=\"Apply\"></p></form>\n");
    }

    /// <summary>"show-legends".</summary>
    private string Details(ProxyConfig proxy, StatLine line)
    {
        switch (line.Kind)
        {
            case StatObject.Server:
                string cookie = line[StatField.Cookie].Text is { } value ? $", cookie {HtmlText.Encode(value)}" : "";
                return $"{HtmlText.Of(line[StatField.Address])}, id {HtmlText.Of(line[StatField.ObjectId])}{cookie}";
            case StatObject.Listener:
                return $"{HtmlText.Of(line[StatField.Address])}, {HtmlText.Of(line[StatField.Protocol])}, id {HtmlText.Of(line[StatField.ObjectId])}";
            case StatObject.Backend:
                string name = proxy.Http.Cookie is not null && line[StatField.Cookie].Text is { } used ? $", cookie {HtmlText.Encode(used)}" : "";
                return $"balancing: {HtmlText.Of(line[StatField.Algorithm])}{name}";
            default:
                return "";
        }
    }

    private static string Of(InfoSnapshot info, InfoField field) => HtmlText.Of(info.Values[(int)field]);

    private static string BitRate(long bytes)
    {
        double bits = bytes * 8.0;
        return bits switch
        {
            >= 1e9 => (bits / 1e9).ToString("F3", CultureInfo.InvariantCulture) + " Gbps",
            >= 1e6 => (bits / 1e6).ToString("F3", CultureInfo.InvariantCulture) + " Mbps",
            >= 1e3 => (bits / 1e3).ToString("F3", CultureInfo.InvariantCulture) + " kbps",
            _ => bits.ToString("F0", CultureInfo.InvariantCulture) + " bps",
        };
    }
}
