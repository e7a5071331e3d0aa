using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>
/// <c>log &lt;target&gt; [len &lt;n&gt;] [format &lt;f&gt;] [sample &lt;ranges&gt;:&lt;size&gt;] [profile &lt;p&gt;] &lt;facility&gt;
/// [&lt;level&gt; [&lt;minlevel&gt;]]</c> (manual, 4.2 "log"), the same in global and in proxies.
/// </summary>
internal static class LogTargetParser
{
    private const int DefaultPort = 514;
    private const int MinLength = 80;
    private const int MaxLength = 65535;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const string RingPrefix = "ring@";
    private const string BackendPrefix = "backend@";

    /// <summary>In the order of <see cref="LogHeaderFormat"/>.</summary>
    private static readonly string[] Formats =
        ["local", "rfc3164", "rfc5424", "priority", "short", "timed", "iso", "raw"];

    /// <summary>Null when something was wrong, which has been reported.</summary>
    public static LogTargetConfig? Parse(LineCursor line, string globalHint)
    {
        if (line.Remaining < 2)
        {
            line.Reject(DiagnosticCodes.MissingArgument, line.KeywordOrigin,
                $"log : expects <address> and <facility> {globalHint} as arguments");
            return null;
        }
        line.TryTake(out Word target);
        LogTargetConfig? log = ParseTarget(line, target);
        if (log is not null) log = ParseOptions(line, log);
        if (log is not null) log = ParseLevels(line, log);
        return log is not null && line.TryEnd() ? log : null;
    }

    private static LogTargetConfig? ParseTarget(LineCursor line, Word word)
    {
        LogTargetConfig log = new() { Kind = LogTargetKind.Address, Origin = line.KeywordOrigin };
        if (word.Text == "stdout") return log with { Kind = LogTargetKind.StandardOutput, FileDescriptor = StandardOutput };
        if (word.Text == "stderr") return log with { Kind = LogTargetKind.StandardError, FileDescriptor = StandardError };
        bool isLater = word.Text.StartsWith(RingPrefix, StringComparison.Ordinal)
            || word.Text.StartsWith(BackendPrefix, StringComparison.Ordinal);
        if (isLater)
        {
            line.Reject(DiagnosticCodes.NotImplemented, word.Origin,
                $"log : the target '{word.Text}' is not implemented yet.");
            return null;
        }
        const AddressRules Rules = AddressRules.DatagramAllowed | AddressRules.StreamAllowed
            | AddressRules.DatagramByDefault | AddressRules.FileDescriptorAllowed | AddressRules.UnixAllowed
            | AddressRules.HostNameAllowed;
        AddressConfig? address = AddressText.Parse(line, word.Text, word.Origin, Rules, out string error, out bool isNotYet);
        if (address is { Transport: AddressTransport.Stream, Kind: not AddressKind.FileDescriptor })
        {
            isNotYet = true;
            error = $"logging over a stream to '{word.Text}' is not implemented yet";
        }
        if (error.Length > 0)
        {
            line.Reject(isNotYet ? DiagnosticCodes.NotImplemented : DiagnosticCodes.BadAddress, word.Origin,
                $"log : {error}");
            return null;
        }
        if (address!.Kind == AddressKind.FileDescriptor)
        {
            LogTargetKind kind = address.FileDescriptor switch
            {
                StandardOutput => LogTargetKind.StandardOutput,
                StandardError => LogTargetKind.StandardError,
                _ => LogTargetKind.FileDescriptor,
            };
            return log with { Kind = kind, FileDescriptor = address.FileDescriptor };
        }
        bool needsPort = address.IsIP && (address.PortKind == PortKind.None || address.PortLow == 0);
        if (needsPort)
            address = address with { PortKind = PortKind.Fixed, PortLow = DefaultPort, PortHigh = DefaultPort };
        return log with { Address = address };
    }

    private static LogTargetConfig? ParseOptions(LineCursor line, LogTargetConfig log)
    {
        if (line.TakeIf("len"))
        {
            if (!line.TryExpect("log : expects a length after 'len'.", out Word word)) return null;
            bool isGood = NumberText.TryParse(word.Text, out long length) && length is >= MinLength and <= MaxLength;
            if (!isGood)
            {
                line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                    $"log : invalid log length '{word.Text}', must be between {MinLength} and {MaxLength}");
                return null;
            }
            log = log with { MaxLength = (int)length };
        }
        if (line.TakeIf("format"))
        {
            if (!line.TryExpect("log : expects a format after 'format'.", out Word word)) return null;
            int format = Array.IndexOf(Formats, word.Text);
            if (format < 0)
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"log : unknown log format '{word.Text}'",
                    Suggestion.Hint(word.Text, Formats));
                return null;
            }
            log = log with { Format = (LogHeaderFormat)format, HasExplicitFormat = true };
        }
        if (line.TakeIf("sample"))
        {
            if (!line.TryExpect("log : expects ranges and a size after 'sample'.", out Word word)) return null;
            LogSampleConfig? sample = ParseSample(word.Text, out string error);
            if (sample is null)
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"log : {error}");
                return null;
            }
            log = log with { Sample = sample };
        }
        if (line.TakeIf("profile"))
        {
            if (!line.TryExpect("log : expects the name of a log-profile section after 'profile'.", out Word word)) return null;
            log = log with { Profile = new Located<string>(word.Text, word.Origin) };
        }
        return log;
    }

    private static LogSampleConfig? ParseSample(string text, out string error)
    {
        string[] parts = text.Split(':');
        error = $"wrong sample '{text}', expects <ranges>:<size>";
        if (parts.Length != 2) return null;
        bool hasSize = int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        if (!hasSize || size == 0) return null;

        List<(int Low, int High)> ranges = [];
        foreach (string part in parts[0].Split(','))
        {
            string[] ends = part.Split('-');
            int high = 0;
            bool isGood = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int low) && low > 0;
            if (ends.Length == 1) high = low;
            else
            {
                isGood &= ends.Length == 2
                    && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out high) && high >= low;
            }
            if (!isGood)
            {
                error = $"wrong sample range '{part}'";
                return null;
            }
            ranges.Add((low, high));
        }
        ranges.Sort();
        for (int index = 1; index < ranges.Count; index++)
        {
            if (ranges[index].Low > ranges[index - 1].High) continue;
            error = $"sample ranges overlap in '{parts[0]}'";
            return null;
        }
        int limit = ranges.Max(static range => range.High);
        if (size < limit)
        {
            error = $"sample size {size} should be greater or equal to {limit} the maximum of the high ranges limits";
            return null;
        }
        return new LogSampleConfig(ranges.ToImmutableArray(), size);
    }

    private static LogTargetConfig? ParseLevels(LineCursor line, LogTargetConfig log)
    {
        if (!line.TryExpect("log : expects a facility.", out Word word)) return null;
        int facility = Find(line, SyslogNames.Facilities, word, "log facility");
        if (facility < 0) return null;
        log = log with { Facility = facility };
        if (!line.TryTake(out word)) return log;
        int level = Find(line, SyslogNames.Levels, word, "optional log level");
        if (level < 0) return null;
        log = log with { MaxLevel = level };
        if (!line.TryTake(out word)) return log;
        int minimum = Find(line, SyslogNames.Levels, word, "optional minimum log level");
        return minimum < 0 ? null : log with { MinLevel = minimum };
    }

    private static int Find(LineCursor line, ImmutableArray<string> names, Word word, string what)
    {
        int index = names.IndexOf(word.Text);
        if (index < 0)
        {
            line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"log : unknown {what} '{word.Text}'",
                Suggestion.Hint(word.Text, names));
        }
        return index;
    }
}
