using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Hawser.Control.Stats;

namespace Hawser.Control.Pages;

/// <summary>The parameters of the exporter: what is to be exported.</summary>
internal sealed class PrometheusQuery
{
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwanted = new(StringComparer.Ordinal);

    /// <summary>"scope=global" and its kin; all without.</summary>
    public bool HasProcess { get; private set; } = true;

    /// <summary>In the order in which they are exported.</summary>
    public List<StatObject> Kinds { get; private set; } = [StatObject.Frontend, StatObject.Listener, StatObject.Backend, StatObject.Server];

    /// <summary>"no-maint": without servers in maintenance.</summary>
    public bool HidesMaintenance { get; private set; }

    /// <summary>"extra-counters": those of modules too.</summary>
    public bool HasExtraCounters { get; private set; }

    /// <summary>"desc-labels": "description" lines as labels.</summary>
    public bool HasDescriptions { get; private set; }

    /// <summary>Null for a parameter that is known and wrong; what is unknown is ignored.</summary>
    public static PrometheusQuery? Read(string target)
    {
        PrometheusQuery query = new();
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
            return query;
        HashSet<string>? scopes = null;
        foreach (string parameter in target[(mark + 1)..].Split('#')[0].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? parameter : parameter[..equals];
            string? value = equals < 0 ? null : Decode(parameter[(equals + 1)..]);
            switch (name)
            {
                case "scope" when value is null or not ("" or "*" or "global" or "frontend" or "listener" or "backend" or "server" or "sticktable"):
                    return null;
                case "scope":
                    (scopes ??= new HashSet<string>(StringComparer.Ordinal)).Add(value);
                    if (value.Length == 0)
                        scopes.Clear();
                    break;
                case "metrics":
                    query.ReadMetrics(value ?? "");
                    break;
                case "no-maint":
                    query.HidesMaintenance = true;
                    break;
                case "extra-counters":
                    query.HasExtraCounters = true;
                    break;
                case "desc-labels":
                    query.HasDescriptions = true;
                    break;
            }
        }

        if (scopes is not null && !scopes.Contains("*"))
        {
            query.HasProcess = scopes.Contains("global");
            query.Kinds.RemoveAll(kind => !scopes.Contains(ScopeOf(kind)));
        }

        return query;
    }

    /// <summary>"metrics": names that are wanted, or with a minus those that are not.</summary>
    public bool Takes(string metric) => !_unwanted.Contains(metric) && (_wanted.Count == 0 || _wanted.Contains(metric));

    private void ReadMetrics(string list)
    {
        foreach (string item in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (item.StartsWith('-'))
                _unwanted.Add(item[1..]);
            else
                _wanted.Add(item);
        }
    }

    private static string ScopeOf(StatObject kind) => kind switch
    {
        StatObject.Frontend => "frontend",
        StatObject.Listener => "listener",
        StatObject.Backend => "backend",
        _ => "server",
    };

    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        StringBuilder decoded = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                decoded.Append((char)value);
                i += 2;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }
}
